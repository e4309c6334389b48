//! The comparison of both sides, every night: what is missing, different or left over here is repaired, and reported.
//!
//! Streams bring what changes. What a fault on either side has lost without a trace is found by this alone.

use std::collections::HashMap;

use noren_domain::customer::{Customer, Inspection, MaintenanceRecord, Purchase};
use noren_domain::results::{Sale, StockPurchase};
use noren_domain::staff_record::StaffRecord;
use noren_domain::sync::{Revision, Stream, comparison_is_due, too_much_left_over};
use noren_domain::vehicle::Vehicle;
use noren_extreme as gateway;
use noren_persistence::Error;
use noren_persistence::copies;
use noren_persistence::extreme::{self, Comparison, Lease};

use super::Link;
use super::streams::Streamed;
use super::sync::{LIFE, Trouble, leased, pages, system};
use crate::app::App;

/// Keys that are read at once on our side.
const CHUNK: u64 = 10_000;

/// What is not the same on both sides.
#[derive(Default)]
struct Difference {
    /// Keys that are missing here, or older, with what they are there.
    wanted: HashMap<String, Revision>,
    missing: u64,
    /// Keys that are not there.
    left_over: Vec<String>,
    /// Keys of which this side knows a later state than EXTREME itself, as after a backup was restored there, with what they are there.
    ahead: HashMap<String, Revision>,
    there: u64,
    /// How many EXTREME says that there are.
    counted: u64,
    here: u64,
}

/// Compares the streams that have not been compared since last night.
pub async fn all_that_are_due(app: &App, link: &Link) {
    match extreme::all(&app.db).await {
        Ok(streams) => {
            let now = app.clock.now();
            let is_due = |state: &extreme::StreamState| {
                state.is_whole && comparison_is_due(state.comparison.as_ref().map(|comparison| comparison.at), now)
            };
            let due: Vec<Stream> = streams.iter().filter(|state| is_due(state)).map(|state| state.stream).collect();
            compare_these(app, link, &due).await;
        }
        Err(error) => tracing::warn!(error = %error, "extreme.not_compared"),
    }
}

/// Compares all streams, one after the other.
pub async fn compare_all(app: &App, link: &Link) {
    compare_these(app, link, Stream::ALL).await;
}

async fn compare_these(app: &App, link: &Link, due: &[Stream]) {
    let _round = link.round.lock().await;
    compare::<StaffRecord>(app, link, due).await;
    compare::<Vehicle>(app, link, due).await;
    compare::<Customer>(app, link, due).await;
    compare::<Purchase>(app, link, due).await;
    compare::<Inspection>(app, link, due).await;
    compare::<MaintenanceRecord>(app, link, due).await;
    compare::<Sale>(app, link, due).await;
    compare::<StockPurchase>(app, link, due).await;
}

async fn compare<T: Streamed>(app: &App, link: &Link, due: &[Stream]) {
    if !due.contains(&T::STREAM) {
        return;
    }
    leased(app, link, T::STREAM, async |lease| {
        let mut found = difference::<T>(app, link, lease).await?;
        if !found.is_none() {
            // What has changed while it was compared arrives by the stream and is no difference.
            pages::<T>(app, link, lease).await?;
            found.settle::<T>(app).await?;
        }
        repair::<T>(app, link, lease, &found).await?;
        let comparison = found.report(app.clock.now());
        tracing::info!(stream = T::STREAM.as_str(), ?comparison, "extreme.compared");
        let noted = app.db.write(system(app), async |tx| extreme::compared(tx, lease.stream, &comparison).await);
        Ok(noted.await?)
    })
    .await;
}

async fn difference<T: Streamed>(app: &App, link: &Link, lease: Lease) -> Result<Difference, Trouble> {
    let mut ours = ours::<T>(app).await?;
    let mut found = Difference { here: ours.len() as u64, ..Difference::default() };
    let mut after: Option<String> = None;
    loop {
        let page = link.gateway.revisions(T::STREAM, after.as_deref()).await?;
        app.db.write(system(app), async |tx| extreme::renew(tx, lease, LIFE).await).await?;
        if page.items.first().map(|(key, _)| key) <= after.as_ref() && !page.items.is_empty() {
            return Err(gateway::Error::Hostile(gateway::Cause::Form).into());
        }
        after = page.items.last().map(|(key, _)| key.clone());
        found.counted = page.count;
        for (key, revision) in page.items {
            found.there += 1;
            match ours.remove(&key) {
                Some(kept) if kept == revision => {}
                Some(kept) if kept > revision => {
                    found.ahead.insert(key, revision);
                }
                kept => {
                    found.missing += u64::from(kept.is_none());
                    found.wanted.insert(key, revision);
                }
            }
        }
        if !page.more || after.is_none() {
            break;
        }
    }
    found.left_over = ours.into_keys().collect();
    Ok(found)
}

async fn ours<T: Streamed>(app: &App) -> Result<HashMap<String, Revision>, Error> {
    let mut ours = HashMap::new();
    let mut after: Option<String> = None;
    loop {
        let chunk = copies::revisions::<T>(&app.db, after.as_deref(), CHUNK).await?;
        let Some((last, _)) = chunk.last() else { return Ok(ours) };
        after = Some(last.clone());
        ours.extend(chunk);
    }
}

impl Difference {
    fn is_none(&self) -> bool {
        self.wanted.is_empty() && self.left_over.is_empty() && self.ahead.is_empty()
    }

    /// Whether so much is left over here that a person is to look first, or fewer were listed than EXTREME itself counts. It stays, and
    /// the report says so.
    fn is_suspicious(&self) -> bool {
        self.there < self.counted || too_much_left_over(self.left_over.len() as u64, self.here)
    }

    /// Takes out what has come, or gone, meanwhile, and what is left out because nobody understands it: that is said by itself, and
    /// would be no other when it was read anew.
    async fn settle<T: Streamed>(&mut self, app: &App) -> Result<(), Error> {
        let ours = ours::<T>(app).await?;
        for refused in extreme::refusals(&app.db).await?.into_iter().filter(|refused| refused.stream == T::STREAM) {
            self.wanted.remove(&refused.key);
        }
        self.ahead.retain(|key, revision| ours.get(key).is_some_and(|kept| kept > revision));
        self.wanted.retain(|key, revision| ours.get(key).is_none_or(|kept| kept < revision));
        self.missing = self.wanted.keys().filter(|key| !ours.contains_key(*key)).count() as u64;
        self.left_over.retain(|key| ours.contains_key(key));
        Ok(())
    }

    fn report(&self, at: noren_domain::Timestamp) -> Comparison {
        Comparison {
            at,
            there: self.there,
            here: self.here,
            missing: self.missing,
            different: (self.wanted.len() + self.ahead.len()) as u64 - self.missing,
            left_over: self.left_over.len() as u64,
        }
    }
}

/// Reads the whole stream anew for what is wanted, which changes nothing of the rest, and drops what is left over, within reason.
async fn repair<T: Streamed>(app: &App, link: &Link, lease: Lease, found: &Difference) -> Result<(), Trouble> {
    if found.is_suspicious() {
        tracing::error!(stream = T::STREAM.as_str(), left_over = found.left_over.len(), "extreme.too_much_left_over");
    } else if !found.left_over.is_empty() {
        let keys: Vec<&str> = found.left_over.iter().map(String::as_str).collect();
        let dropped = app.db.write(system(app), async |tx| {
            extreme::renew(tx, lease, LIFE).await?;
            copies::drop_left_over::<T>(tx, &keys).await
        });
        dropped.await?;
    }
    if !found.wanted.is_empty() {
        let keys: Vec<&str> = found.wanted.keys().map(String::as_str).collect();
        let begun = app.db.write(system(app), async |tx| {
            extreme::renew(tx, lease, LIFE).await?;
            copies::raise(tx, T::STREAM, &keys).await?;
            extreme::begin_anew(tx, T::STREAM).await
        });
        begun.await?;
        pages::<T>(app, link, lease).await?;
    }
    Ok(())
}
