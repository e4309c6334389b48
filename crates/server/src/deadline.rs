//! A deadline for request bodies. actix-web has none: a body that trickles in would hold its connection for ever.

use std::pin::Pin;
use std::time::Duration;

use actix_web::HttpMessage;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::stream::{self, Stream, StreamExt};
use tokio::time::Instant;

/// How long a body may take.
#[derive(Clone, Copy)]
pub struct Pace {
    /// Altogether.
    pub limit: Duration,
    /// What must have come of it by then: nothing for a short one, so many bytes a second for a large one, which `grace` starts.
    pub steady: Option<Steady>,
}

/// A body that keeps coming.
#[derive(Clone, Copy)]
pub struct Steady {
    pub grace: Duration,
    pub bytes_per_second: u32,
}

impl Pace {
    /// A file over a tablet's network: minutes, if it keeps coming.
    pub const UPLOAD: Self = Self {
        limit: Duration::from_secs(300),
        steady: Some(Steady { grace: Duration::from_secs(15), bytes_per_second: 8 * 1024 }),
    };

    /// By when more must have come of a body that began to come at `from`.
    fn due(&self, from: Instant, received: usize) -> Instant {
        let steady = self.steady.map(|Steady { grace, bytes_per_second }| {
            let seconds = received as u64 / u64::from(bytes_per_second.max(1));
            from + grace + Duration::from_secs(seconds)
        });
        let until = from + self.limit;
        steady.map_or(until, |due| due.min(until))
    }
}

/// Ends the body with an error unless it arrives at its pace; `false` where there is no body.
pub fn on_body(request: &mut ServiceRequest, pace: Pace) -> bool {
    let body = request.take_payload();
    if matches!(body, Payload::None) {
        return false;
    }
    let from = Instant::now();
    let timed = stream::unfold(Some((body, 0)), move |state| async move {
        let (mut body, received) = state?;
        match tokio::time::timeout_at(pace.due(from, received), body.next()).await {
            Ok(chunk) => {
                let chunk = chunk?;
                let received = received + chunk.as_ref().map_or(0, Bytes::len);
                Some((chunk, Some((body, received))))
            }
            Err(_elapsed) => Some((Err(late()), None)),
        }
    });
    let timed: Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>> = Box::pin(timed);
    request.set_payload(Payload::Stream { payload: timed });
    true
}

fn late() -> PayloadError {
    PayloadError::Io(std::io::ErrorKind::TimedOut.into())
}

/// Whether a body ended because of the deadline.
pub fn is_late(error: &PayloadError) -> bool {
    matches!(error, PayloadError::Io(io) if io.kind() == std::io::ErrorKind::TimedOut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_may_take_minutes_while_it_keeps_coming() {
        let (from, seconds) = (Instant::now(), Duration::from_secs);
        let due = |received: usize| Pace::UPLOAD.due(from, received) - from;
        assert_eq!(due(0), seconds(15));
        assert_eq!(due(8 * 1024 * 100), seconds(115));
        assert_eq!(due(8 * 1024 * 1024), seconds(300));
        let short = Pace { limit: seconds(15), steady: None };
        assert_eq!(short.due(from, 1_000_000) - from, seconds(15));
    }
}
