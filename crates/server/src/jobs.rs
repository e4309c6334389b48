//! What runs beside the requests: loading the postal codes once, and keeping house every hour.

use std::time::Duration;

use actix_web::web::Data;
use chrono::TimeDelta;
use noren_persistence::{Actor, idempotency, postal_codes, sessions};

use crate::app::App;
use crate::{Error, postal_data};

const HOUR: Duration = Duration::from_secs(3600);
/// Tablets queue offline, so answers are kept for long.
const ANSWERS_KEPT: TimeDelta = TimeDelta::days(30);
const SESSIONS_KEPT: TimeDelta = TimeDelta::days(30);
/// Rows in one unit of work: short, because SQLite has one writer.
const CHUNK: usize = 6_000;

/// Runs until the server stops.
pub async fn run(app: Data<App>) {
    if app.config.postal_codes
        && let Err(error) = load_postal_codes(&app).await
    {
        tracing::error!(error = %error, "postal_codes.failed");
    }
    loop {
        tokio::time::sleep(HOUR).await;
        app.limits.shrink();
        if let Err(error) = keep_house(&app).await {
            tracing::error!(error = %error, "housekeeping.failed");
        }
    }
}

/// Loads Japan Post's data if this edition is not there yet. The server is ready before; what fails is tried again at
/// the next start.
async fn load_postal_codes(app: &App) -> Result<(), Error> {
    if postal_codes::edition(&app.db).await?.as_deref() == Some(postal_data::EDITION) {
        return Ok(());
    }
    let actor = || Actor::system(app.clock.now());
    let tx = app.db.begin(actor()).await?;
    postal_codes::clear(&tx).await?;
    tx.commit().await?;
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
        let tx = app.db.begin(actor()).await?;
        postal_codes::insert(&tx, &chunk, stored).await?;
        tx.commit().await?;
        stored += chunk.len();
        tokio::task::yield_now().await;
    }
    let tx = app.db.begin(actor()).await?;
    postal_codes::set_edition(&tx, postal_data::EDITION).await?;
    tx.commit().await?;
    tracing::info!(rows = stored, edition = postal_data::EDITION, "postal_codes.loaded");
    Ok(())
}

async fn keep_house(app: &App) -> Result<(), Error> {
    let now = app.clock.now();
    let tx = app.db.begin(Actor::system(now)).await?;
    let answers = idempotency::purge(&tx, now - ANSWERS_KEPT).await?;
    let ended = sessions::purge(&tx, now - SESSIONS_KEPT).await?;
    tx.commit().await?;
    let found = noren_persistence::audit::heads(&app.db).await?;
    for (chain, sequence, hash) in found {
        tracing::info!(chain, sequence, hash, "audit.head");
    }
    tracing::info!(answers, sessions = ended, "housekeeping.done");
    Ok(())
}
