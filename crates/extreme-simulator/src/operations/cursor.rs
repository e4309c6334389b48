//! Cursors: of which stream, after which position, and when they were given, so that an old one can be told from a new one.

use std::fmt;

use crate::clock::Time;
use crate::config::Settings;
use crate::problem::Problem;
use crate::stream::Stream;

/// `stream.position.seconds`, which nobody but us reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub stream: Stream,
    pub position: u64,
    /// When it was given, in seconds.
    pub given: i64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.stream.name(), self.position, self.given)
    }
}

impl Cursor {
    /// Reads a cursor of that stream.
    ///
    /// # Errors
    /// 400 for what is none, of another stream or from a future that has not been; 410 for one that is too old.
    pub fn read(text: &str, stream: Stream, head: u64, now: Time, settings: &Settings) -> Result<Self, Problem> {
        let cursor = Self::parse(text).filter(|cursor| cursor.stream == stream && cursor.position <= head);
        let cursor = cursor.ok_or_else(|| Problem::bad_request("cursor.invalid"))?;
        let age = u64::try_from(now.timestamp() - cursor.given).unwrap_or_default();
        if age > settings.cursor_seconds {
            return Err(Problem::new(actix_web::http::StatusCode::GONE, "cursor.expired"));
        }
        Ok(cursor)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let stream = Stream::named(parts.next()?)?;
        let (position, given) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        parts.next().is_none().then_some(Self { stream, position, given })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_good_for_its_stream_and_its_time() {
        let now: Time = "2026-11-23T10:00:00+09:00".parse().unwrap();
        let settings = Settings { cursor_seconds: 60, ..Settings::default() };
        let cursor = Cursor { stream: Stream::Vehicles, position: 5, given: now.timestamp() };
        let read = |text: &str, seconds| {
            let later = now + chrono::TimeDelta::seconds(seconds);
            Cursor::read(text, Stream::Vehicles, 5, later, &settings).map_err(|problem| problem.code)
        };
        assert_eq!(read(&cursor.to_string(), 60), Ok(cursor));
        assert_eq!(read(&cursor.to_string(), 61), Err("cursor.expired"));
        for wrong in ["", "vehicles", "vehicles.5", "sales.5.1", "vehicles.6.1", "vehicles.x.1", "vehicles.5.1.1"] {
            assert_eq!(read(wrong, 0), Err("cursor.invalid"), "{wrong}");
        }
    }
}
