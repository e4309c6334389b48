//! One record, asked of EXTREME with somebody waiting for it.

use std::time::Duration;

use noren_domain::sync::{Changes, Recorded, Revision};
use noren_domain::viewer::Viewer;
use noren_extreme as gateway;
use noren_persistence::Actor;
use noren_persistence::copies::{self, Copied};

use super::Link;
use crate::app::App;

/// How long the answer waits until what EXTREME has just said is kept; the stream brings it anyway.
const PATIENCE: Duration = Duration::from_millis(300);

/// What EXTREME says of a record.
pub enum Said<T> {
    /// It is another state than was known.
    Changed(Box<Recorded<T>>),
    AsKnown,
    /// There is no such record.
    Gone,
    /// It cannot be asked just now.
    Nothing,
}

/// The way to EXTREME for this viewer. What integrators ask, however much that is, costs EXTREME nothing that a customer would wait for.
pub fn link<'a>(app: &'a App, viewer: &Viewer) -> Option<&'a Link> {
    app.extreme.as_ref().filter(|_| viewer.staff_id().is_some())
}

/// What an answer says of the record with this key, of which a state may be known; what is newer is kept.
pub async fn heard<T: Copied + Clone>(
    app: &App,
    (key, known): (&str, Option<Revision>),
    answer: Result<Option<Recorded<T>>, gateway::Error>,
) -> Said<T> {
    match answer {
        // An older state than is known, or another record than was asked for, says nothing of how this one is now.
        Ok(Some(live)) if Some(live.revision) < known || live.record.key() != key => Said::Nothing,
        Ok(Some(live)) => {
            keep(app, vec![live.clone()]).await;
            Said::Changed(Box::new(live))
        }
        Ok(None) => Said::AsKnown,
        Err(gateway::Error::NotFound) => Said::Gone,
        Err(error) => {
            tracing::debug!(error = %error, "extreme.not_live");
            Said::Nothing
        }
    }
}

/// Whether the copies are now as an answer says of several records; what is newer is kept.
pub async fn heard_all<T: Copied + Clone>(app: &App, answer: Result<Vec<Recorded<T>>, gateway::Error>) -> bool {
    match answer {
        Ok(live) => keep(app, live).await,
        Err(error) => {
            tracing::debug!(error = %error, "extreme.not_live");
            false
        }
    }
}

/// Keeps what was just said beside what the stream brings; the higher revision stays, whoever is first. Whether it is kept by now.
async fn keep<T: Copied + Clone>(app: &App, items: Vec<Recorded<T>>) -> bool {
    let stream = T::STREAM.as_str();
    let news = Changes { items, tombstones: Vec::new(), next: String::new(), more: false };
    let kept = app.db.write(Actor::system(app.clock.now()), async |tx| copies::keep(tx, &news, tx.at()).await);
    match tokio::time::timeout(PATIENCE, kept).await {
        Ok(Ok(_)) => return true,
        Ok(Err(error)) => tracing::warn!(stream, error = %error, "extreme.live_not_kept"),
        Err(_elapsed) => tracing::warn!(stream, "extreme.live_kept_later"),
    }
    false
}
