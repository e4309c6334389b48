//! Why EXTREME did not do what was asked.

use std::time::Duration;

/// Why an operation came to nothing, and what whoever asked does then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It may succeed later; `after` is what EXTREME asked to wait.
    #[error("{cause}")]
    Transient { cause: Cause, after: Option<Duration> },
    /// Nothing was asked: EXTREME has failed too often just now.
    #[error("extreme.breaker_open")]
    Open { until: Duration },
    /// There is no such record, or none any more.
    #[error("extreme.not_found")]
    NotFound,
    /// The cursor is older than EXTREME remembers: the stream is to be read from the beginning.
    #[error("extreme.cursor_expired")]
    CursorExpired,
    /// EXTREME knows this caller no more, or not for this. A person has to mend the settings.
    #[error("{0}")]
    Refused(Cause),
    /// What it answered is not what the contract says. It is not asked again at once.
    #[error("{0}")]
    Hostile(Cause),
    /// It has said no for good, by its own code.
    #[error("extreme.{status}")]
    Final { status: u16 },
}

/// What happened, by a stable code that screens translate and metrics count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// No connection came about.
    #[error("extreme.connection")]
    Connection,
    /// It took longer than it may.
    #[error("extreme.timeout")]
    Timeout,
    /// The answer ended early.
    #[error("extreme.cut")]
    Cut,
    /// 429
    #[error("extreme.too_many_requests")]
    TooManyRequests,
    /// 503, and what else of 5xx there is.
    #[error("extreme.unavailable")]
    Unavailable,
    /// Id and secret, or the key, are wrong.
    #[error("extreme.credentials")]
    Credentials,
    /// The caller has no scope for it.
    #[error("extreme.scope")]
    Scope,
    /// The answer is larger than the contract allows.
    #[error("extreme.too_large")]
    TooLarge,
    /// The answer is of another type than the contract says, such as HTML.
    #[error("extreme.content_type")]
    ContentType,
    /// The answer sends the caller elsewhere, which is never followed.
    #[error("extreme.redirect")]
    Redirect,
    /// It is no JSON of the contract's form.
    #[error("extreme.form")]
    Form,
    /// One record, or one picture, is not what the contract says: that is no fault of the way, nor of any other record.
    #[error("extreme.record")]
    Record,
}

impl Error {
    pub(crate) fn transient(cause: Cause) -> Self {
        Self::Transient { cause, after: None }
    }

    /// Whether EXTREME, or the way to it, is what fails, so that the breaker counts it.
    pub(crate) fn is_fault(&self) -> bool {
        matches!(self, Self::Transient { .. }) || matches!(self, Self::Hostile(cause) if *cause != Cause::Record)
    }

    /// Whether a read may be tried again within the same request.
    pub(crate) fn is_worth_another_try(&self) -> bool {
        matches!(self, Self::Transient { .. })
    }

    /// The stable code of it.
    #[must_use]
    pub fn code(&self) -> String {
        self.to_string()
    }
}
