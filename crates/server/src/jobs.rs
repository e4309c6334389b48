//! What runs beside the requests: loading the postal codes once, indexing anew, and keeping house every hour.

use std::time::Duration;

use actix_web::web::Data;
use chrono::TimeDelta;
use noren_persistence::audit::{self, Head};
use noren_persistence::{
    Actor, access, audit_verifications, challenges, events, form_submissions, idempotency, invitations, leads, outbox,
    postal_codes, sessions, throttles,
};

use crate::app::App;
use crate::{Error, postal_data};

const HOUR: Duration = Duration::from_secs(3600);
/// Tablets queue offline, so answers are kept for long.
const ANSWERS_KEPT: TimeDelta = TimeDelta::days(30);
const SESSIONS_KEPT: TimeDelta = TimeDelta::days(30);
const INVITATIONS_KEPT: TimeDelta = TimeDelta::days(30);
/// Long enough to answer whether a mail was sent.
const SENT_KEPT: TimeDelta = TimeDelta::days(30);
/// What nobody meant was worth looking at once.
const DISMISSED_KEPT: TimeDelta = TimeDelta::days(30);
/// A screen that was away for longer looks at everything anew.
const CHANGES_KEPT: TimeDelta = TimeDelta::days(3);
/// Counters of sign-ins that were not touched for a day count nothing any more, unless the account is under attack.
const THROTTLES_KEPT: TimeDelta = TimeDelta::days(1);
const UNDER_ATTACK: i64 = 10;
/// A year of results, and a little more for whoever compares it with the one before.
const VERIFICATIONS_KEPT: TimeDelta = TimeDelta::days(400);
/// Rows in one unit of work: short, because SQLite has one writer.
const CHUNK: usize = 6_000;

/// Runs until the server stops.
pub async fn run(app: Data<App>) {
    if app.config.postal_codes {
        match load_postal_codes(&app).await {
            Ok(()) => {}
            Err(Error::Persistence(noren_persistence::Error::Conflict(_))) => {
                tracing::info!("postal_codes.loaded_elsewhere");
            }
            Err(error) => tracing::error!(error = %error, "postal_codes.failed"),
        }
    }
    if let Err(error) = index_leads(&app).await {
        tracing::error!(error = %error, "leads.indexing_failed");
    }
    loop {
        app.limits.shrink();
        keep_house(&app).await;
        tokio::time::sleep(HOUR).await;
    }
}

/// Loads Japan Post's data if this edition is not there yet. The server is ready before; what fails is tried again at
/// the next start.
async fn load_postal_codes(app: &App) -> Result<(), Error> {
    if postal_codes::edition(&app.db).await?.as_deref() == Some(postal_data::EDITION) {
        return Ok(());
    }
    let actor = || Actor::system(app.clock.now());
    app.db.write(actor(), async |tx| postal_codes::clear(tx).await).await?;
    let mut rows = postal_data::places();
    let mut stored = 0;
    loop {
        let chunk = rows
            .by_ref()
            .take(CHUNK)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| Error::Internal(error.to_string()))?;
        if chunk.is_empty() {
            break;
        }
        app.db.write(actor(), async |tx| postal_codes::insert(tx, &chunk, stored).await).await?;
        stored += chunk.len();
        tokio::task::yield_now().await;
    }
    app.db.write(actor(), async |tx| postal_codes::set_edition(tx, postal_data::EDITION).await).await?;
    tracing::info!(rows = stored, edition = postal_data::EDITION, "postal_codes.loaded");
    Ok(())
}

/// Indexes leads that an earlier build has written with other search keys.
async fn index_leads(app: &App) -> Result<(), Error> {
    if leads::is_indexed(&app.db).await? {
        return Ok(());
    }
    let mut after = None;
    loop {
        after = app.db.write(Actor::system(app.clock.now()), async |tx| leads::index_again(tx, after).await).await?;
        if after.is_none() {
            tracing::info!("leads.indexed");
            return Ok(());
        }
    }
}

/// Each step by itself, so that one that fails does not keep the others from their work.
async fn keep_house(app: &App) {
    let now = app.clock.now();
    if let Err(error) = app.db.empty_log().await {
        tracing::error!(error = %error, "log.not_emptied");
    }
    let system = || Actor::system(now);
    let answers = app.db.write(system(), async |tx| idempotency::purge(tx, now - ANSWERS_KEPT).await);
    done("answers", answers.await);
    let sessions = app.db.write(system(), async |tx| sessions::purge(tx, now - SESSIONS_KEPT).await);
    done("sessions", sessions.await);
    let invitations = app.db.write(system(), async |tx| invitations::purge(tx, now - INVITATIONS_KEPT).await);
    done("invitations", invitations.await);
    let challenges = app.db.write(system(), async |tx| challenges::purge(tx, now).await);
    done("challenges", challenges.await);
    let throttles = app.db.write(system(), async |tx| throttles::purge(tx, now - THROTTLES_KEPT, UNDER_ATTACK).await);
    done("throttles", throttles.await);
    let dismissed = app.db.write(system(), async |tx| form_submissions::purge(tx, now - DISMISSED_KEPT).await);
    done("dismissed_submissions", dismissed.await);
    let sent = app.db.write(system(), async |tx| outbox::purge(tx, now - SENT_KEPT).await);
    done("sent_messages", sent.await);
    let changes = app.db.write(system(), async |tx| events::purge(tx, now - CHANGES_KEPT).await);
    done("changes", changes.await);
    let verifications =
        app.db.write(system(), async |tx| audit_verifications::purge(tx, now - VERIFICATIONS_KEPT).await);
    done("audit_verifications", verifications.await);
    let looks = app.db.write(system(), async |tx| {
        let (recording, _) = access::recording(tx).await?;
        access::purge(tx, recording.kept_since(now)).await
    });
    done("access_events", looks.await);
    if let Err(error) = note_audit_heads(app).await {
        tracing::error!(error = %error, "audit.heads_failed");
    }
}

fn done(what: &str, purged: Result<u64, noren_persistence::Error>) {
    match purged {
        Ok(rows) => tracing::info!(what, rows, "housekeeping.purged"),
        Err(error) => tracing::error!(what, error = %error, "housekeeping.failed"),
    }
}

/// Notes the signed ends of the audit chains in the log, apart from the database: `noren audit verify --heads` compares
/// them, because a chain alone does not show that its tail was cut.
async fn note_audit_heads(app: &App) -> Result<(), Error> {
    for head in audit::heads(&app.db).await? {
        let Head { chain, sequence, hash, signature } = head;
        tracing::info!(chain, sequence, hash, signature, "audit.head");
    }
    Ok(())
}
