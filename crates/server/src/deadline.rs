//! A deadline for request bodies. actix-web has none: a body that trickles in would hold its connection for ever.

use std::pin::Pin;
use std::time::Duration;

use actix_web::HttpMessage;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::stream::{self, Stream, StreamExt};

/// Ends the body with an error unless it has arrived within `limit`; `false` where there is no body.
pub fn on_body(request: &mut ServiceRequest, limit: Duration) -> bool {
    let body = request.take_payload();
    if matches!(body, Payload::None) {
        return false;
    }
    let until = tokio::time::Instant::now() + limit;
    let timed = stream::unfold(Some(body), move |body| async move {
        let mut body = body?;
        match tokio::time::timeout_at(until, body.next()).await {
            Ok(chunk) => chunk.map(|chunk| (chunk, Some(body))),
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
