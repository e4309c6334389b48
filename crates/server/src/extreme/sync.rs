//! Reading EXTREME's streams: page after page, each stored together with the cursor behind it.
//!
//! Whoever ends in the middle repeats at most one page, and a page that is stored twice changes nothing. One process reads a stream at
//! a time; another that has taken its lease meanwhile makes the storing of the page fail, and nothing of it is kept.

use std::collections::HashSet;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::Duration;

use actix_web::web::Data;
use chrono::TimeDelta;
use noren_domain::customer::{Customer, Inspection, MaintenanceRecord, Purchase};
use noren_domain::results::{Sale, StockPurchase};
use noren_domain::staff_record::StaffRecord;
use noren_domain::sync::Stream;
use noren_domain::vehicle::Vehicle;
use noren_extreme as gateway;
use noren_persistence::copies;
use noren_persistence::extreme::{self, Advance, Lease, Refusal};
use noren_persistence::{Actor, Error};
use tokio::sync::Notify;

use super::streams::Streamed;
use super::{Greeting, Link, compare, corrections, staff};
use crate::app::App;

/// How long a stream stays with a process that says nothing more: short, so that the next one goes on soon after a death.
pub(super) const LIFE: TimeDelta = TimeDelta::seconds(5);
/// How often a living one says so, however long a page takes.
const BEAT: Duration = Duration::from_secs(1);
/// How often EXTREME is asked how it is.
const GREETINGS: TimeDelta = TimeDelta::minutes(10);
/// How many seconds the two clocks may be apart before it is said.
const SKEW: i64 = 5;
/// How often a page with records that cannot be understood is asked for again, before they are left out and noted.
const DOUBTS: i64 = 3;

/// How often in a row a cursor may stand still.
const IDLE_PAGES: u32 = 3;

/// The code of a page with records that are not what the contract says.
const RECORDS: &str = "extreme.records";

/// Why a stream was not read to its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error(transparent)]
    Gateway(#[from] gateway::Error),
    #[error(transparent)]
    Database(#[from] Error),
    /// What the house's own rules do not allow.
    #[error(transparent)]
    House(#[from] crate::Error),
    /// Records that are not what the contract says.
    #[error("{RECORDS}")]
    Records,
}

/// Reads all streams again and again, and when somebody asks for it, until the server stops.
pub async fn run(app: Data<App>) {
    let Some(link) = app.extreme.as_ref() else { return };
    let is_by_itself = !link.pause.is_zero();
    if !is_by_itself {
        link.wanted.notified().await;
    }
    while !app.draining.load(Ordering::Relaxed) {
        read_all(&app, link).await;
        compare::all_that_are_due(&app, link).await;
        corrections::follow(&app, link).await;
        tokio::select! {
            () = link.wanted.notified() => {}
            () = tokio::time::sleep(link.pause), if is_by_itself => {}
        }
    }
}

/// Reads every stream to its end, one after the other: what others refer to first.
pub async fn read_all(app: &App, link: &Link) {
    let _round = link.round.lock().await;
    greet(app, link).await;
    leased(app, link, Stream::Staff, async |lease| {
        pages::<StaffRecord>(app, link, lease).await?;
        staff::agree_on_all(app, Some(link), lease).await
    })
    .await;
    read::<Vehicle>(app, link).await;
    read::<Customer>(app, link).await;
    read::<Purchase>(app, link).await;
    read::<Inspection>(app, link).await;
    read::<MaintenanceRecord>(app, link).await;
    read::<Sale>(app, link).await;
    read::<StockPurchase>(app, link).await;
}

/// Asks now and then how EXTREME is: how large its pages may be, and what its clock says.
async fn greet(app: &App, link: &Link) {
    let now = app.clock.now();
    let greeted = link.greeting.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|greeting| greeting.at);
    if greeted.is_some_and(|at| now - at < GREETINGS) {
        return;
    }
    match link.gateway.health().await {
        Ok(health) => {
            let skew = (health.time - now).num_seconds();
            let greeting = Greeting { at: now, version: health.version, skew_seconds: skew };
            *link.greeting.lock().unwrap_or_else(PoisonError::into_inner) = Some(greeting);
            metrics::gauge!("noren_extreme_clock_skew_seconds").set(f64::from(i32::try_from(skew).unwrap_or(i32::MAX)));
            if skew.abs() > SKEW {
                tracing::warn!(skew, "extreme.clock_is_off");
            }
        }
        Err(error) => tracing::warn!(error = %error, "extreme.not_greeted"),
    }
}

async fn read<T: Streamed>(app: &App, link: &Link) {
    leased(app, link, T::STREAM, async |lease| pages::<T>(app, link, lease).await).await;
}

/// Does something with a stream that nobody else may do meanwhile, unless somebody else is at it.
pub(super) async fn leased(
    app: &App,
    link: &Link,
    stream: Stream,
    work: impl AsyncFnOnce(Lease) -> Result<(), Trouble>,
) {
    let lease = Lease { stream, holder: link.reader };
    let outcome = match app.db.write(system(app), async |tx| extreme::take(tx, lease, LIFE).await).await {
        Ok(true) => {
            let over = Notify::new();
            let work = async {
                let outcome = work(lease).await;
                over.notify_one();
                outcome
            };
            tokio::join!(work, beat(app, lease, &over)).0
        }
        Ok(false) => return,
        Err(error) => Err(error.into()),
    };
    if let Err(trouble) = outcome {
        tracing::warn!(stream = stream.as_str(), error = %trouble, "extreme.not_read");
        metrics::counter!("noren_extreme_sync_failures_total", "stream" => stream.as_str()).increment(1);
        note(app, stream, &trouble).await;
    }
    let back = app.db.write(system(app), async |tx| extreme::give_back(tx, lease).await);
    if let Err(error) = back.await {
        tracing::warn!(stream = stream.as_str(), error = %error, "extreme.lease_kept");
    }
}

/// Renews a lease until the work is over. Whoever has lost it learns so when something is to be stored.
async fn beat(app: &App, lease: Lease, over: &Notify) {
    loop {
        tokio::select! {
            () = over.notified() => return,
            () = tokio::time::sleep(BEAT) => {}
        }
        let renewed = app.db.write(system(app), async |tx| extreme::renew(tx, lease, LIFE).await);
        if let Err(error) = renewed.await {
            tracing::warn!(stream = lease.stream.as_str(), error = %error, "extreme.lease_not_renewed");
        }
    }
}

/// Reads to the end. While a page is stored, the one behind it is on its way.
pub(super) async fn pages<T: Streamed>(app: &App, link: &Link, lease: Lease) -> Result<(), Trouble> {
    let state = extreme::find(&app.db, T::STREAM).await?;
    let doubts = state.failure.as_ref().filter(|failure| failure.code == RECORDS).map_or(0, |failure| failure.times);
    let known = left_out::<T>(app).await?;
    let is_news = |refused: &gateway::Refused| refused.key.as_ref().is_none_or(|key| !known.contains(key));
    if state.cursor.is_none() {
        let begun = app.db.write(system(app), async |tx| {
            copies::hand_over(tx, T::STREAM).await?;
            extreme::forget_nameless(tx, T::STREAM).await
        });
        begun.await?;
    }
    let mut page = T::page(&*link.gateway, state.cursor.as_deref()).await?;
    let (mut cursor, mut idle) = (state.cursor, 0);
    loop {
        if doubts < DOUBTS && page.refused.iter().any(is_news) {
            return Err(Trouble::Records);
        }
        // A page may come twice. Again and again the same one is no stream.
        idle = if cursor.as_deref() == Some(&*page.changes.next) { idle + 1 } else { 0 };
        if page.changes.more && idle > IDLE_PAGES {
            return Err(gateway::Error::Hostile(gateway::Cause::Form).into());
        }
        cursor = Some(page.changes.next.clone());
        let stop = !page.changes.more || app.draining.load(Ordering::Relaxed);
        if stop {
            return store(app, lease, &page).await;
        }
        let behind = T::page(&*link.gateway, Some(&page.changes.next));
        let (stored, following) = tokio::join!(store(app, lease, &page), behind);
        stored?;
        page = following?;
    }
}

/// The records that were left out before: that they are still what they were is no news.
async fn left_out<T: Streamed>(app: &App) -> Result<HashSet<String>, Error> {
    let refusals = extreme::refusals(&app.db).await?.into_iter();
    Ok(refusals.filter(|refusal| refusal.stream == T::STREAM).map(|refusal| refusal.key).collect())
}

/// Keeps a page, what could not be understood of it, and where to go on: all or nothing.
async fn store<T: Streamed>(app: &App, lease: Lease, page: &gateway::Page<T>) -> Result<(), Trouble> {
    let gateway::Page { changes, refused } = page;
    let kept = app.db.write(system(app), async |tx| {
        let kept = copies::keep(tx, changes, tx.at()).await?;
        let refusals = refused.iter().enumerate().map(|(at, refused)| Refusal {
            stream: lease.stream,
            key: refused.key.clone().unwrap_or_else(|| format!("?{at}")),
            field: refused.field.clone(),
            refused_at: tx.at(),
        });
        let gone = changes.tombstones.iter().map(|gone| gone.key.as_str());
        let understood: Vec<&str> = changes.items.iter().map(|recorded| recorded.record.key()).chain(gone).collect();
        extreme::understand(tx, lease.stream, &understood).await?;
        extreme::refuse(tx, &refusals.collect::<Vec<_>>()).await?;
        let (cursor, is_end) = (changes.next.as_str(), !changes.more);
        extreme::advance(tx, &Advance { lease, life: LIFE, cursor, kept, is_end }).await?;
        Ok::<_, Error>(kept)
    });
    let kept = kept.await?;
    let stream = lease.stream.as_str();
    metrics::counter!("noren_extreme_sync_taken_total", "stream" => stream).increment(kept.taken as u64);
    metrics::counter!("noren_extreme_sync_stale_total", "stream" => stream).increment(kept.stale as u64);
    Ok(())
}

/// Notes what stands in the way. A cursor that EXTREME has forgotten is forgotten here too: the stream begins anew.
async fn note(app: &App, stream: Stream, trouble: &Trouble) {
    let code = match trouble {
        Trouble::Gateway(error) => error.code(),
        Trouble::Records => trouble.to_string(),
        Trouble::Database(_) | Trouble::House(_) => "database".to_owned(),
    };
    let is_forgotten = matches!(trouble, Trouble::Gateway(gateway::Error::CursorExpired));
    let noted = app.db.write(system(app), async |tx| {
        if is_forgotten {
            extreme::begin_anew(tx, stream).await?;
        }
        extreme::fail(tx, stream, &code).await
    });
    if let Err(error) = noted.await {
        tracing::warn!(stream = stream.as_str(), error = %error, "extreme.not_noted");
    }
}

pub(super) fn system(app: &App) -> Actor {
    Actor::system(app.clock.now())
}
