//! What became of 修正依頼 that EXTREME has: asked for now and then, because no stream tells.

use chrono::TimeDelta;
use noren_persistence::{Actor, Error, correction_requests};

use super::Link;
use crate::app::App;

/// How often EXTREME is asked about one of them.
const EVERY: TimeDelta = TimeDelta::minutes(1);
/// About how many of them in one round.
const AT_ONCE: u64 = 20;

/// Asks about those that nobody has decided, the ones that were asked about longest ago first.
pub async fn follow(app: &App, link: &Link) {
    if let Err(error) = ask_about_some(app, link).await {
        tracing::error!(error = %error, "extreme.corrections_not_followed");
    }
}

async fn ask_about_some(app: &App, link: &Link) -> Result<(), Error> {
    let now = app.clock.now();
    for wish in correction_requests::undecided(&app.db, now - EVERY, AT_ONCE).await? {
        let Some(number) = &wish.correction_number else { continue };
        let said = link.gateway.correction(number).await;
        let is_away = matches!(said, Err(noren_extreme::Error::Open { .. }));
        app.db
            .write(Actor::system(now), async |tx| match &said {
                Ok(said) => correction_requests::note(tx, wish.id, said).await,
                Err(_) => correction_requests::put_off(tx, wish.id).await,
            })
            .await?;
        if let Err(error) = &said {
            tracing::warn!(error = %error, id = %wish.id, "extreme.correction_not_read");
        }
        if is_away {
            break;
        }
    }
    Ok(())
}
