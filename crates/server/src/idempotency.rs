//! Creating requests that can be repeated: the key is claimed, and the answer stored, in the transaction of the effect.

use std::pin::Pin;
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use noren_domain::viewer::Viewer;
use noren_persistence::Tx;
use noren_persistence::idempotency::{self, Answer, Claim, Key};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use validator::Validate;

use crate::Error;
use crate::app::App;
use crate::auth::Caller;
use crate::body::{json_body, parse_valid};

/// A body that creates something, with the key under which it may be repeated.
pub struct Creating<T> {
    pub body: T,
    pub key: RequestKey,
}

/// The caller's key and the fingerprint of the request.
pub struct RequestKey {
    operation: String,
    key: String,
    fingerprint: Vec<u8>,
}

/// What was made, as it is answered.
pub struct Created<T> {
    pub location: String,
    pub version: Option<i64>,
    pub body: T,
}

/// What can be made once. A repeat is answered to those alone who may still see what was made.
pub trait Repeatable: Serialize {
    /// What the making is answered with: that it is there, or, for a long work, that it was taken on.
    const STATUS: u16 = 201;

    /// The stored answer is weeks old and perhaps of an earlier release, so nothing is read of it but the id.
    ///
    /// # Errors
    /// `NotFound` when this viewer may not see it now, whoever they were when they made it.
    async fn require_visible(tx: &Tx, viewer: &Viewer, made: &Value) -> Result<(), Error>;
}

/// An id in a stored answer.
///
/// # Errors
/// `Internal` when there is none.
pub fn id_in<T: FromStr>(made: &Value, member: &str) -> Result<T, Error> {
    let id = made[member].as_str().and_then(|id| id.parse().ok());
    id.ok_or_else(|| Error::Internal(format!("a stored answer has no {member}")))
}

/// What [`RequestKey::once`] came to.
pub enum Once<T> {
    Made(Answer, T),
    /// The request was answered before; this is that answer.
    Repeated(Answer),
}

impl<T: DeserializeOwned + Serialize + Validate + 'static> FromRequest for Creating<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let key = given_key(&request)?;
            let raw = json_body(&request, payload, &["application/json"]).await?;
            let operation = format!("{} {}", request.method(), request.match_pattern().unwrap_or_default());
            let fingerprint = fingerprint(&request, &raw);
            Ok(Self { body: parse_valid(&raw)?, key: RequestKey { operation, key, fingerprint } })
        })
    }
}

/// The key of a request without a body.
impl FromRequest for RequestKey {
    type Error = Error;
    type Future = std::future::Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let operation = format!("{} {}", request.method(), request.match_pattern().unwrap_or_default());
        let fingerprint = fingerprint(request, &[]);
        std::future::ready(given_key(request).map(|key| Self { operation, key, fingerprint }))
    }
}

impl RequestKey {
    /// The key of a request whose body is no JSON, and was read by itself.
    ///
    /// # Errors
    /// `IdempotencyKeyRequired` where there is none.
    pub fn of_body(request: &HttpRequest, body: &[u8]) -> Result<Self, Error> {
        let operation = format!("{} {}", request.method(), request.match_pattern().unwrap_or_default());
        let fingerprint = fingerprint(request, body);
        given_key(request).map(|key| Self { operation, key, fingerprint })
    }
}

/// The key of a request that may go without.
///
/// # Errors
/// `IdempotencyKeyRequired` for what is there and is no key.
pub fn optional_key(request: &HttpRequest) -> Result<Option<String>, Error> {
    request.headers().contains_key("idempotency-key").then(|| given_key(request)).transpose()
}

fn given_key(request: &HttpRequest) -> Result<String, Error> {
    let key = request.headers().get("idempotency-key").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let fits = (8..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if fits { Ok(key.to_owned()) } else { Err(Error::IdempotencyKeyRequired) }
}

/// SHA-256 of method, path, sorted query and raw body.
fn fingerprint(request: &HttpRequest, body: &[u8]) -> Vec<u8> {
    let mut query: Vec<&str> = request.query_string().split('&').collect();
    query.sort_unstable();
    let mut hash = Sha256::new();
    for part in [request.method().as_str().as_bytes(), request.path().as_bytes(), query.join("&").as_bytes(), body] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}

impl RequestKey {
    /// Makes something once: the claim, the making and the stored answer are one unit of work. A repeat is answered as
    /// the first time.
    ///
    /// # Errors
    /// `IdempotencyMismatch` for another payload, `IdempotencyInProgress` when the first request takes too long, `LeadErased` when
    /// what was made was about somebody who was erased since, and whatever the making ends in; nothing is kept then.
    pub async fn once<T: Repeatable>(
        &self,
        app: &App,
        caller: &Caller,
        make: impl AsyncFn(&Tx) -> Result<Created<T>, Error>,
    ) -> Result<Once<T>, Error> {
        let key = Key {
            principal: caller.viewer.principal.to_string(),
            operation: self.operation.clone(),
            key: self.key.clone(),
        };
        let outcome = app.db.write(caller.actor(app), async |tx| match self.claim(tx, &key).await? {
            Claim::Fresh => {
                let created = make(tx).await?;
                let answer = answer_of(&created)?;
                idempotency::store(tx, &key, &answer).await?;
                Ok(Once::Made(answer, created.body))
            }
            Claim::Answered(answer) => {
                let made = serde_json::from_str(&answer.body).unwrap_or_default();
                T::require_visible(tx, &caller.viewer, &made).await?;
                Ok(Once::Repeated(answer))
            }
            Claim::Mismatch => Err(Error::IdempotencyMismatch),
            Claim::Erased => Err(noren_domain::Error::LeadErased.into()),
        });
        let outcome = outcome.await;
        count(&outcome);
        outcome
    }

    async fn claim(&self, tx: &Tx, key: &Key) -> Result<Claim, Error> {
        use noren_persistence::Error::LockTimeout;
        idempotency::claim(tx, key, &self.fingerprint).await.map_err(|error| match error {
            LockTimeout => Error::IdempotencyInProgress,
            other => other.into(),
        })
    }
}

impl<T> Once<T> {
    /// The response, whoever made it.
    pub fn respond(self) -> HttpResponse {
        match self {
            Self::Made(answer, _) => respond(&answer, false),
            Self::Repeated(answer) => respond(&answer, true),
        }
    }
}

fn answer_of<T: Repeatable>(created: &Created<T>) -> Result<Answer, Error> {
    let body = serde_json::to_string(&created.body).map_err(|error| Error::Internal(error.to_string()))?;
    let etag = created.version.map(|version| format!("\"{version}\""));
    Ok(Answer { status: T::STATUS, location: Some(created.location.clone()), etag, body })
}

fn count<T>(outcome: &Result<Once<T>, Error>) {
    let outcome = match outcome {
        Ok(Once::Made(..)) => "fresh",
        Ok(Once::Repeated(_)) => "replayed",
        Err(Error::IdempotencyMismatch) => "mismatch",
        Err(Error::IdempotencyInProgress) => "in_progress",
        Err(_) => return,
    };
    metrics::counter!("noren_idempotency_total", "outcome" => outcome).increment(1);
}

fn respond(answer: &Answer, replayed: bool) -> HttpResponse {
    let mut response = HttpResponse::build(StatusCode::from_u16(answer.status).unwrap_or(StatusCode::CREATED));
    response.insert_header((header::CONTENT_TYPE, "application/json; charset=utf-8"));
    if let Some(location) = &answer.location {
        response.insert_header((header::LOCATION, location.as_str()));
    }
    if let Some(etag) = &answer.etag {
        response.insert_header((header::ETAG, etag.as_str()));
    }
    if replayed {
        response.insert_header((HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static("true")));
    }
    response.body(answer.body.clone())
}
