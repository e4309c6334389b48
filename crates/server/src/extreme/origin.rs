//! How old what is shown of EXTREME is.

use noren_api::extreme::Origin;
use noren_domain::Timestamp;
use noren_domain::sync::{Freshness, Stream, Way};
use noren_persistence::extreme;

use crate::Error;
use crate::app::App;

/// Of the copies of a stream: when it was last read to its end.
///
/// # Errors
/// Database errors.
pub async fn of_copy(app: &App, stream: Stream) -> Result<Origin, Error> {
    let state = extreme::find(&app.db, stream).await?;
    Ok(copied(app, state.way(), state.read_at.filter(|_| state.is_whole)))
}

/// Of one copy, which may have been read by itself since.
///
/// # Errors
/// Database errors.
pub async fn of_record(app: &App, stream: Stream, read_at: Timestamp) -> Result<Origin, Error> {
    let of_all = of_copy(app, stream).await?;
    Ok(copied(app, of_all.way, of_all.as_of.max(Some(read_at))))
}

/// Of what EXTREME has just said.
pub fn live(app: &App) -> Origin {
    Origin { freshness: Freshness::Live, as_of: Some(app.clock.now()), way: Way::Link }
}

/// Where there is neither an EXTREME to ask nor a file of it, nothing is ever confirmed.
fn copied(app: &App, way: Way, as_of: Option<Timestamp>) -> Origin {
    let is_confirmed = app.extreme.is_some() || way == Way::File;
    let freshness = if is_confirmed { Freshness::of(way, as_of, app.clock.now()) } else { Freshness::Old };
    Origin { freshness, as_of, way }
}
