//! What an operation answers with.

use actix_web::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::problem::Problem;

pub const JSON: &str = "application/json";
pub const PROBLEM: &str = "application/problem+json";

/// A status, headers and a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub status: u16,
    pub content_type: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn of(status: StatusCode, content_type: &str, body: Vec<u8>) -> Self {
        Self { status: status.as_u16(), content_type: content_type.to_owned(), headers: Vec::new(), body }
    }

    /// JSON with that status.
    ///
    /// # Errors
    /// What cannot be JSON.
    pub fn json(status: StatusCode, body: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self::of(status, JSON, serde_json::to_vec(body)?))
    }

    /// The caller has it.
    pub fn not_modified(etag: String) -> Self {
        Self::of(StatusCode::NOT_MODIFIED, "", Vec::new()).with_header("etag", etag)
    }

    pub fn problem(problem: &Problem, request_id: &str) -> Self {
        let mut answer = Self::of(problem.status, PROBLEM, problem.body(request_id).to_string().into_bytes());
        answer.headers.extend(problem.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        answer
    }

    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// With the revision as its `ETag`.
    #[must_use]
    pub fn with_revision(self, revision: u64) -> Self {
        self.with_header("etag", quoted(revision))
    }

    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub fn is_json(&self) -> bool {
        self.content_type == JSON
    }
}

/// A revision as an `ETag` shows it.
pub fn quoted(revision: u64) -> String {
    format!("\"{revision}\"")
}
