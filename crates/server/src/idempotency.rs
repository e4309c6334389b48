//! Creating requests that can be repeated: the key is claimed, and the answer stored, in the transaction of the effect.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use noren_persistence::Tx;
use noren_persistence::idempotency::{self, Answer, Claim, Key};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use validator::Validate;

use crate::Error;
use crate::app::App;
use crate::auth::Caller;
use crate::extract::{json_body, parse_valid};

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

/// A key claimed by this request, in its transaction.
pub enum Claimed {
    Fresh(Tx, Key),
    /// The request was answered before; this is that answer.
    Answered(HttpResponse),
}

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Creating<T> {
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
    /// Opens the unit of work and claims the key in it.
    ///
    /// # Errors
    /// `IdempotencyMismatch` for another payload, `IdempotencyInProgress` when the first request takes too long.
    pub async fn claim(self, app: &App, caller: &Caller) -> Result<Claimed, Error> {
        use noren_persistence::Error::LockTimeout;
        let waited = |error| if matches!(error, LockTimeout) { Error::IdempotencyInProgress } else { error.into() };
        let tx = app.db.begin(caller.actor(app)).await?;
        let Self { operation, key, fingerprint } = self;
        let key = Key { principal: caller.viewer.principal.to_string(), operation, key };
        let claim = idempotency::claim(&tx, &key, &fingerprint).await.map_err(waited)?;
        match claim {
            Claim::Fresh => {
                metrics::counter!("noren_idempotency_total", "outcome" => "fresh").increment(1);
                Ok(Claimed::Fresh(tx, key))
            }
            Claim::Answered(answer) => {
                metrics::counter!("noren_idempotency_total", "outcome" => "replayed").increment(1);
                Ok(Claimed::Answered(respond(&answer, true)))
            }
            Claim::Mismatch => {
                metrics::counter!("noren_idempotency_total", "outcome" => "mismatch").increment(1);
                Err(Error::IdempotencyMismatch)
            }
        }
    }
}

/// Stores the answer, commits effect and answer together, and gives the answer.
///
/// # Errors
/// Whatever the commit refuses; nothing is kept then.
pub async fn commit(tx: Tx, key: &Key, created: Created<'_, impl Serialize>) -> Result<HttpResponse, Error> {
    let body = serde_json::to_string(created.body).map_err(|error| Error::Internal(error.to_string()))?;
    let etag = created.version.map(|version| format!("\"{version}\""));
    let answer = Answer { status: 201, location: Some(created.location), etag, body };
    idempotency::store(&tx, key, &answer).await?;
    tx.commit().await?;
    Ok(respond(&answer, false))
}

/// What was made, as it is answered with 201.
pub struct Created<'a, T> {
    pub location: String,
    pub version: Option<i64>,
    pub body: &'a T,
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
