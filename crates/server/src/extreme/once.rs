//! One round, told stream by stream: `noren sync`.

use std::fmt;
use std::time::Duration;

use noren_domain::sync::Stream;
use noren_persistence::Error;
use noren_persistence::extreme::{self, StreamState};

use super::{Link, read_all};
use crate::app::App;

/// What one round brought of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    pub stream: Stream,
    /// States that were newer than what was here.
    pub taken: i64,
    /// From the end of the stream before to the end of this one.
    pub took: Duration,
    /// The code of what stood in the way.
    pub failure: Option<String>,
}

impl fmt::Display for Read {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stream, taken, took, failure } = self;
        write!(f, "{:<20} {taken:>8} records {:>7.2} s", stream.as_str(), took.as_secs_f64())?;
        failure.as_ref().map_or(Ok(()), |code| write!(f, "  {code}"))
    }
}

/// Reads every stream once to its end; streams in the order in which they were read.
///
/// # Errors
/// Database errors. What stands in the way of a stream is told with it.
pub async fn read_once(app: &App, link: &Link) -> Result<Vec<Read>, Error> {
    let (before, begun) = (extreme::all(&app.db).await?, app.clock.now());
    read_all(app, link).await;
    let mut after = extreme::all(&app.db).await?;
    after.sort_by_key(|state| state.read_at);
    let mut last = begun;
    let read = |state: StreamState| {
        let known = before.iter().find(|known| known.stream == state.stream).map_or(0, |known| known.taken);
        let ended = state.read_at.filter(|at| *at >= begun).unwrap_or(last);
        let took = (ended - last).to_std().unwrap_or_default();
        last = last.max(ended);
        let failure = state.failure.filter(|failure| failure.at >= begun).map(|failure| failure.code);
        Read { stream: state.stream, taken: state.taken - known, took, failure }
    };
    Ok(after.into_iter().map(read).collect())
}
