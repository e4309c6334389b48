//! What comes back, before anybody believes it: capped, of a type that the contract says, and never followed elsewhere.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{RequestBuilder, Response};

use crate::{Cause, Error};

/// Answers are at most so large by the contract.
pub const LARGEST: usize = 8 * 1024 * 1024;
/// However long EXTREME asks to wait, it is asked again after this.
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);

/// An answer that was read to its end.
pub struct Answer {
    pub status: u16,
    pub media: Media,
    pub retry_after: Option<Duration>,
    pub body: Vec<u8>,
}

/// What an answer says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    Json,
    Problem,
    Image,
    Other,
}

/// Sends and reads to the end, or to the cap.
pub async fn read(request: RequestBuilder) -> Result<Answer, Error> {
    let mut response = request.send().await.map_err(|error| fault(&error))?;
    let (status, media) = (response.status().as_u16(), media(&response));
    let retry_after = wait(&response);
    if (300..400).contains(&status) && status != 304 {
        return Err(Error::Hostile(Cause::Redirect));
    }
    let announced = response.content_length().unwrap_or_default();
    if announced > LARGEST as u64 {
        return Err(Error::Hostile(Cause::TooLarge));
    }
    let mut body = Vec::with_capacity(usize::try_from(announced).unwrap_or_default());
    while let Some(chunk) = response.chunk().await.map_err(|error| fault(&error))? {
        if body.len() + chunk.len() > LARGEST {
            return Err(Error::Hostile(Cause::TooLarge));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, media, retry_after, body })
}

impl Answer {
    /// What an answer means that is none of those that the caller knows.
    pub fn fault(&self) -> Error {
        match self.status {
            401 => Error::Refused(Cause::Credentials),
            403 => Error::Refused(Cause::Scope),
            // A proxy's page says nothing of a record, and nothing of a cursor.
            404 | 410 if self.media != Media::Problem => Error::Hostile(Cause::ContentType),
            404 => Error::NotFound,
            408 | 425 => Error::Transient { cause: Cause::Timeout, after: self.retry_after },
            410 => Error::CursorExpired,
            429 => Error::Transient { cause: Cause::TooManyRequests, after: self.retry_after },
            500.. => Error::Transient { cause: Cause::Unavailable, after: self.retry_after },
            400..=499 => Error::Final { status: self.status },
            _ => Error::Hostile(Cause::Form),
        }
    }

    /// The body, where it is JSON by its own word.
    pub fn json(&self) -> Result<&[u8], Error> {
        if self.media == Media::Json { Ok(&self.body) } else { Err(Error::Hostile(Cause::ContentType)) }
    }
}

fn media(response: &Response) -> Media {
    let said = text(response, CONTENT_TYPE.as_str()).unwrap_or_default();
    let essence = said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/json" => Media::Json,
        "application/problem+json" => Media::Problem,
        "image/jpeg" | "image/png" | "image/webp" => Media::Image,
        _ => Media::Other,
    }
}

fn text(response: &Response, name: &str) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}

/// Seconds, as the contract says; a date is not understood and asks for nothing.
fn wait(response: &Response) -> Option<Duration> {
    let seconds: u64 = text(response, RETRY_AFTER.as_str())?.parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

/// What a failure on the way means. The error itself names the address, and is not kept.
fn fault(error: &reqwest::Error) -> Error {
    Error::transient(match () {
        () if error.is_timeout() => Cause::Timeout,
        () if error.is_connect() || error.is_builder() => Cause::Connection,
        () if error.is_body() || error.is_decode() => Cause::Cut,
        () => Cause::Connection,
    })
}
