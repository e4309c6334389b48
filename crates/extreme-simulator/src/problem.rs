//! Problems as the contract has them: the only place that knows which code goes with which status.

use actix_web::http::StatusCode;
use serde_json::{Map, Value, json};

use crate::store;

/// Why an operation is not done. It becomes `application/problem+json`.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub status: StatusCode,
    pub code: &'static str,
    /// Members beside those that every problem has.
    pub members: Map<String, Value>,
    /// Headers that belong to it.
    pub headers: Vec<(&'static str, String)>,
}

/// One wrong member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub field: String,
    pub code: &'static str,
}

impl Problem {
    pub fn new(status: StatusCode, code: &'static str) -> Self {
        Self { status, code, members: Map::new(), headers: Vec::new() }
    }

    /// It cannot be read.
    pub fn bad_request(code: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code)
    }

    /// No token or key, or one that is not good any more.
    pub fn unauthorized(code: &'static str) -> Self {
        let challenge = if code == "token.missing" { "Bearer" } else { "Bearer error=\"invalid_token\"" };
        Self::new(StatusCode::UNAUTHORIZED, code).with_header("www-authenticate", challenge.to_owned())
    }

    /// The caller has no such scope.
    pub fn forbidden(scope: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "scope.missing").with("detail", scope.into())
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found")
    }

    pub fn conflict(code: &'static str) -> Self {
        Self::new(StatusCode::CONFLICT, code)
    }

    /// Members are wrong.
    pub fn invalid(wrong: &[Wrong]) -> Self {
        let errors = wrong.iter().map(|wrong| json!({"field": wrong.field, "code": wrong.code})).collect();
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "validation.failed").with("errors", Value::Array(errors))
    }

    /// One member is wrong.
    pub fn wrong(field: &str, code: &'static str) -> Self {
        Self::invalid(&[Wrong { field: field.to_owned(), code }])
    }

    /// More requests than allowed.
    pub fn too_many(retry_after: u64) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "rate.limited").with_header("retry-after", retry_after.to_string())
    }

    /// Not to be had for a while.
    pub fn unavailable(retry_after: u64) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "maintenance").with_header("retry-after", retry_after.to_string())
    }

    #[must_use]
    pub fn with(mut self, member: &str, value: Value) -> Self {
        self.members.insert(member.to_owned(), value);
        self
    }

    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The body, for the request of that id.
    pub fn body(&self, request_id: &str) -> Value {
        let mut body = self.members.clone();
        body.insert("type".to_owned(), "about:blank".into());
        body.insert("title".to_owned(), title(self.status).into());
        body.insert("status".to_owned(), self.status.as_u16().into());
        body.insert("code".to_owned(), self.code.into());
        body.insert("instance".to_owned(), request_id.into());
        Value::Object(body)
    }
}

/// RFC 9110 names 422 anew; the library still has the older name.
fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNPROCESSABLE_ENTITY => "Unprocessable Content",
        status => status.canonical_reason().unwrap_or("Error"),
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        eprintln!("extreme-simulator: {error}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal")
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        store::Error::from(error).into()
    }
}
