//! One call of an operation: who calls, when, and what came with it.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::web::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::answer::quoted;
use super::check::{Member, check};
use super::{Answer, JSON_TYPES};
use crate::access::Caller;
use crate::clock::Time;
use crate::config::Settings;
use crate::extreme::Extreme;
use crate::faults::Mix;
use crate::problem::Problem;

/// What an operation is given.
pub struct Call {
    pub extreme: Arc<Extreme>,
    /// The instant at which this call happens.
    pub now: Time,
    pub caller: Caller,
    pub settings: Settings,
    /// How its page is to be mixed up.
    pub mix: Mix,
    pub sent: Sent,
}

/// What came over the wire.
pub struct Sent {
    pub path: String,
    pub segments: HashMap<String, String>,
    pub query: HashMap<String, String>,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Sent {
    /// A header's text; nothing where it is absent or no text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

impl Call {
    /// A segment of the path by its name in the contract.
    pub fn segment(&self, name: &str) -> &str {
        self.sent.segments.get(name).map_or("", String::as_str)
    }

    pub fn query(&self, name: &str) -> Option<&str> {
        self.sent.query.get(name).map(String::as_str)
    }

    /// `limit`, within what is allowed.
    ///
    /// # Errors
    /// 400 for what is no such number.
    pub fn limit(&self, usual: usize, most: usize) -> Result<usize, Problem> {
        let Some(text) = self.query("limit") else { return Ok(usual.min(most)) };
        let limit = text.parse().ok().filter(|limit| (1..=most).contains(limit));
        limit.ok_or_else(|| Problem::bad_request("limit.invalid"))
    }

    /// 304 where the caller has this already.
    pub fn unchanged(&self, etag: &str) -> Option<Answer> {
        let had = self.sent.header("if-none-match")?;
        let has = had.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == etag || one == "*");
        has.then(|| Answer::not_modified(etag.to_owned()))
    }

    /// A record with its `ETag`, or 304.
    pub fn give(&self, revision: u64, body: &impl serde::Serialize) -> Result<Answer, Problem> {
        match self.unchanged(&quoted(revision)) {
            Some(answer) => Ok(answer),
            None => Ok(Answer::json(StatusCode::OK, body)?.with_revision(revision)),
        }
    }

    /// Whether `If-Match` names that revision; 428 where it was not sent.
    pub fn matches(&self, revision: u64) -> Result<bool, Problem> {
        let missing = || Problem::new(StatusCode::PRECONDITION_REQUIRED, "if_match.missing");
        let seen = self.sent.header("if-match").ok_or_else(missing)?;
        Ok(seen.split(',').map(str::trim).any(|one| one == quoted(revision) || one == "*"))
    }

    /// The `Idempotency-Key`.
    ///
    /// # Errors
    /// 400 where it is missing or not of its form.
    pub fn idempotency_key(&self) -> Result<&str, Problem> {
        let key = self.sent.header("idempotency-key").ok_or_else(|| Problem::bad_request("idempotency.missing"))?;
        let fits = (8..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(key) } else { Err(Problem::bad_request("idempotency.invalid")) }
    }

    /// The body, when it keeps to the rules.
    ///
    /// # Errors
    /// 400 for what is no JSON, 422 with every broken rule.
    pub fn body<T: DeserializeOwned>(&self, members: &[Member]) -> Result<T, Problem> {
        let unreadable = || Problem::bad_request("body.unreadable");
        let content_type = self.sent.header("content-type").unwrap_or_default();
        let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if !JSON_TYPES.contains(&essence.as_str()) {
            return Err(unreadable());
        }
        let body: Value = serde_json::from_slice(&self.sent.body).map_err(|_| unreadable())?;
        check(&body, members)?;
        serde_json::from_value(body).map_err(|_| Problem::wrong("", "type"))
    }

    /// What tells this body at this path from another: the order of its members does not count.
    pub fn fingerprint(&self) -> Result<String, Problem> {
        let body: Value = serde_json::from_slice(&self.sent.body)?;
        Ok(hash(&format!("{}\n{}", self.sent.path, sorted(&body))))
    }
}

/// A short hash of a text.
pub fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// The JSON with the members of every object in the order of their names.
fn sorted(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let mut members: Vec<_> = object.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            let members: Vec<String> = members
                .into_iter()
                .map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), sorted(value)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(sorted).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_members_does_not_change_what_is_said() {
        let read = |text: &str| sorted(&serde_json::from_str(text).unwrap());
        assert_eq!(read(r#"{"b":[1,{"d":null,"c":"x"}],"a":2}"#), r#"{"a":2,"b":[1,{"c":"x","d":null}]}"#);
        assert_ne!(hash(&read(r#"{"a":1}"#)), hash(&read(r#"{"a":2}"#)));
    }
}
