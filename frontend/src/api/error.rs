//! Why a call failed, in three cases.

use noren_api::{FieldProblem, Problem};
use serde::de::DeserializeOwned;

use crate::json;
use crate::messages;
use crate::ui::failure::Failure;
use crate::words;

/// What came instead of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiError {
    /// Nothing came back: no network, or no answer in time.
    Offline,
    /// The server said why.
    Problem(Box<Problem>),
    /// Something else than the contract came back.
    Unexpected { request_id: Option<String> },
}

impl ApiError {
    /// The stable key of the problem, or nothing where the server did not speak.
    pub fn code(&self) -> &str {
        match self {
            Self::Problem(problem) => &problem.code,
            Self::Offline | Self::Unexpected { .. } => "",
        }
    }

    pub fn status(&self) -> u16 {
        match self {
            Self::Problem(problem) => problem.status,
            Self::Offline | Self::Unexpected { .. } => 0,
        }
    }

    /// The broken fields, where fields are the problem.
    pub fn fields(&self) -> &[FieldProblem] {
        match self {
            Self::Problem(problem) => &problem.errors,
            Self::Offline | Self::Unexpected { .. } => &[],
        }
    }

    /// What was to be written as it is now, where a write came too late.
    pub fn current<T: DeserializeOwned>(&self) -> Option<T> {
        match self {
            Self::Problem(problem) if problem.code == "stale" => {
                // By way of text: reading from a `Value` would be a second reader of every type, 20 kB of it.
                problem.current.as_ref().and_then(|current| json::read(&current.to_string()).ok())
            }
            _ => None,
        }
    }

    /// Whether an earlier sending under the same key was answered, with other content than this one's.
    pub fn is_registered_before(&self) -> bool {
        self.code() == "idempotency.mismatch"
    }

    fn request_id(&self) -> Option<String> {
        match self {
            Self::Offline => None,
            // What a person can mend needs no support.
            Self::Problem(problem) => (problem.status >= 500).then(|| problem.instance.clone()),
            Self::Unexpected { request_id } => request_id.clone(),
        }
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        let offline = error == ApiError::Offline;
        let sentence = if offline { words::problem::offline } else { messages::problem(error.code()) };
        Self { offline, sentence, request_id: error.request_id() }
    }
}
