//! Errors become problems (RFC 9457) here and nowhere else: only this room knows HTTP statuses. `kinds` is the table of them.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use noren_api::{FieldProblem, Problem};
use noren_domain::Invalid;
use noren_persistence::{Constraint, Retriable};
use serde::Serialize;

mod kinds;

use self::kinds::INTERNAL;
pub use self::kinds::{KINDS, Kind};
use crate::frame;
use crate::limits::Remaining;

/// Everything that a request can end in besides success.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the request cannot be parsed")]
    Malformed(&'static str),
    #[error("the cursor was altered or belongs to another list")]
    CursorInvalid,
    #[error("the Idempotency-Key header is missing or malformed")]
    IdempotencyKeyRequired,
    #[error("nobody is signed in")]
    NotSignedIn,
    #[error("the session has ended")]
    SessionEnded,
    #[error("the session is locked")]
    SessionLocked,
    #[error("mail or password are wrong")]
    SignInFailed,
    #[error("the PIN is wrong")]
    PinWrong,
    #[error("there is neither a PIN nor a passkey to unlock with")]
    PinMissing,
    #[error("the account failed too often in a row")]
    RecoveryNeeded,
    #[error("the caller may not do this")]
    Forbidden,
    #[error("no customer is to see or do this")]
    CustomerView,
    #[error("the sign-in is too old for this")]
    NotFresh,
    #[error("the second factor is wrong")]
    SecondFactorWrong,
    #[error("the question is answered, tried too often, too old, or another person's")]
    ChallengeEnded,
    #[error("a second factor has to be set up first")]
    SecondFactorRequired,
    #[error("the last second factor has to stay")]
    LastFactor,
    #[error("there is no such second factor")]
    FactorMissing,
    #[error("passkeys do not work at this address")]
    PasskeysUnavailable,
    #[error("the key was not given the scope {0}")]
    InsufficientScope(&'static str),
    #[error("the key may not be used from this address")]
    AddressRefused,
    #[error("the request does not come from this site")]
    CrossSite,
    #[error("there is nothing here for the caller")]
    NotFound,
    #[error("the method is not allowed here")]
    MethodNotAllowed { allow: String },
    #[error("no representation is acceptable to the caller")]
    NotAcceptable,
    #[error("the body took too long")]
    BodyTimeout,
    #[error("the {field} is taken")]
    Taken { field: &'static str },
    #[error("the invitation is unknown, used, taken back or too old")]
    InvitationEnded,
    #[error("no mail server is set")]
    MailNotSetUp,
    #[error("somebody has settled it")]
    Settled,
    #[error("EXTREME is connected, so no file of it is taken")]
    ExtremeConnected,
    #[error("nobody is asked about the file")]
    IntakeNotAsking,
    #[error("the key is in use by a request still in work")]
    IdempotencyInProgress,
    #[error("somebody else changed it")]
    Stale { current: Box<serde_json::Value>, version: i64 },
    #[error("the If-Match header is missing")]
    IfMatchRequired,
    #[error("the body is too large")]
    BodyTooLarge,
    #[error("the address is too long")]
    UriTooLong,
    #[error("the headers are too large")]
    HeadersTooLarge,
    #[error("the body's content type is not supported")]
    MediaType,
    #[error("{} field(s) are wrong", .0.len())]
    Invalid(Vec<FieldProblem>),
    #[error("the key was used with another payload")]
    IdempotencyMismatch,
    #[error("the quota {} is spent", .0.policy)]
    RateLimited(Remaining),
    #[error("the export has too many rows")]
    ExportTooLarge,
    #[error("the server is overloaded or its database away")]
    Busy,
    #[error("the disk is almost full")]
    DiskFull,
    #[error("the address holds too many connections")]
    TooManyConnections,
    #[error("a handler panicked")]
    Panicked,
    #[error(transparent)]
    Rule(noren_domain::Error),
    #[error(transparent)]
    Persistence(#[from] noren_persistence::Error),
    #[error("{0}")]
    Internal(String),
}

/// The type of 429 that the RateLimit draft registers.
const QUOTA_EXCEEDED: &str = "https://iana.org/assignments/http-problem-types#quota-exceeded";

impl Error {
    /// That somebody was faster, with what they have made of it.
    pub fn stale(current: &impl Serialize, version: i64) -> Self {
        match serde_json::to_value(current) {
            Ok(current) => Self::Stale { current: Box::new(current), version },
            Err(error) => Self::Internal(error.to_string()),
        }
    }

    #[must_use]
    pub fn field(field: impl Into<String>, code: &str) -> Self {
        Self::Invalid(vec![field_problem(field.into(), code)])
    }

    /// The stable code of the problem.
    #[must_use]
    pub fn code(&self) -> &'static str {
        use noren_domain::Error as Rule;
        use noren_persistence::Error as Store;
        match self {
            Self::Malformed(_) => "request.malformed",
            Self::CursorInvalid => "cursor.invalid",
            Self::IdempotencyKeyRequired => "idempotency.required",
            Self::NotSignedIn => "auth.required",
            Self::SessionEnded => "auth.expired",
            Self::SessionLocked => "auth.locked",
            Self::SignInFailed => "auth.failed",
            Self::PinWrong => "auth.pin",
            Self::PinMissing => "pin.missing",
            Self::RecoveryNeeded => "auth.recovery",
            Self::Forbidden => "forbidden",
            Self::CustomerView => "view.customer",
            Self::NotFresh => "auth.not_fresh",
            Self::SecondFactorWrong => "auth.factor",
            Self::ChallengeEnded => "auth.challenge",
            Self::SecondFactorRequired => "second_factor.required",
            Self::LastFactor => "second_factor.last",
            Self::FactorMissing => "second_factor.missing",
            Self::PasskeysUnavailable => "passkey.unavailable",
            Self::InsufficientScope(_) => "api_client.scope",
            Self::AddressRefused => "api_client.address",
            Self::CrossSite => "csrf.refused",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed { .. } => "method.not_allowed",
            Self::NotAcceptable => "not_acceptable",
            Self::BodyTimeout => "request.timeout",
            Self::MailNotSetUp => "mail.not_set_up",
            Self::Settled => "settled",
            Self::ExtremeConnected => "extreme.connected",
            Self::IntakeNotAsking => "intake.not_asking",
            Self::IdempotencyInProgress => "idempotency.in_progress",
            Self::Stale { .. } => "stale",
            Self::IfMatchRequired => "if_match.required",
            Self::BodyTooLarge => "body.too_large",
            Self::UriTooLong => "uri.too_long",
            Self::HeadersTooLarge => "headers.too_large",
            Self::MediaType => "media_type.unsupported",
            Self::Invalid(_) | Self::Rule(Rule::Invalid(_) | Rule::AssigneeElsewhere) => "invalid",
            Self::Persistence(Store::Conflict(Constraint::ForeignKey(_) | Constraint::Check(_))) => "invalid",
            Self::IdempotencyMismatch => "idempotency.mismatch",
            Self::ExportTooLarge => "export.too_large",
            Self::RateLimited(_) => "rate.limited",
            Self::Rule(Rule::ForbiddenMove { .. }) => "lead.forbidden_move",
            Self::Rule(Rule::LeadClosed) => "lead.closed",
            Self::Rule(Rule::LeadOpen) => "lead.open",
            Self::Rule(Rule::LeadErased) => "lead.erased",
            Self::Rule(Rule::StaffForbiddenMove { .. }) => "staff.forbidden_move",
            Self::Rule(Rule::HasLeads) => "staff.has_leads",
            Self::Rule(Rule::LastAdministrator) => "staff.last_administrator",
            Self::Rule(Rule::ApiClientRevoked) => "api_client.revoked",
            Self::Rule(Rule::StaffNotActive) => "staff.not_active",
            Self::Rule(Rule::OutboxForbiddenMove) => "outbox.forbidden_move",
            Self::Rule(Rule::HoldOver) => "hold.over",
            Self::Rule(Rule::HoldNotHeld) => "hold.not_held",
            Self::Rule(Rule::HoldTwice) => "hold.twice",
            Self::Rule(Rule::VehicleNotAvailable) => "vehicle.not_available",
            Self::Rule(Rule::StoreClosed) => "store.closed",
            Self::Rule(Rule::StoreOpen) => "store.open",
            Self::Rule(Rule::StoreInUse) => "store.in_use",
            Self::Rule(Rule::StoreMissing) => "store.missing",
            Self::Rule(Rule::SetupOver) => "setup.over",
            Self::InvitationEnded => "invitation.ended",
            Self::Taken { .. } | Self::Persistence(Store::Conflict(Constraint::Unique(_))) => "conflict",
            Self::Persistence(Store::Unavailable(_) | Store::LockTimeout | Store::Serialization)
            | Self::Busy
            | Self::DiskFull
            | Self::TooManyConnections => "unavailable",
            Self::Panicked | Self::Internal(_) | Self::Persistence(_) => "internal",
        }
    }

    fn kind(&self) -> &'static Kind {
        let code = self.code();
        KINDS.iter().find(|kind| kind.code == code).unwrap_or(&INTERNAL)
    }

    /// The status that it is answered with.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.kind().status
    }

    /// Every broken field.
    #[must_use]
    pub fn errors(&self) -> Vec<FieldProblem> {
        match self {
            Self::Invalid(errors) => errors.clone(),
            Self::Rule(noren_domain::Error::Invalid(Invalid(errors))) => {
                errors.iter().map(|error| field_problem(error.field.clone(), error.code)).collect()
            }
            Self::Rule(noren_domain::Error::AssigneeElsewhere) => {
                vec![field_problem("assignee_id".into(), "assignee.elsewhere")]
            }
            Self::Taken { field } => vec![field_problem((*field).into(), "taken")],
            _ => Vec::new(),
        }
    }

    /// The problem as it is sent. Nothing of a 5xx but its request id leaves the server.
    fn to_problem(&self) -> Problem {
        let kind = self.kind();
        let context = frame::current();
        let detail = match self {
            Self::Malformed(why) => Some((*why).to_owned()),
            _ if kind.status >= 500 => None,
            _ => Some(kind.help.to_owned()),
        };
        let violated_policies = match self {
            Self::RateLimited(spent) => vec![spent.policy.to_owned()],
            _ => Vec::new(),
        };
        let page = if kind.status == 429 {
            QUOTA_EXCEEDED.to_owned()
        } else {
            format!("{}/docs/problems/{}", context.base_url, kind.code)
        };
        Problem {
            kind: page,
            title: kind.title.to_owned(),
            status: kind.status,
            detail,
            instance: context.request_id.clone(),
            code: kind.code.to_owned(),
            errors: self.errors(),
            violated_policies,
            current: match self {
                Self::Stale { current, .. } => Some((**current).clone()),
                _ => None,
            },
        }
    }

    fn headers(&self, response: &mut HttpResponseBuilder) {
        match self {
            Self::NotSignedIn
            | Self::SignInFailed
            | Self::PinWrong
            | Self::SecondFactorWrong
            | Self::ChallengeEnded
            | Self::RecoveryNeeded => {
                response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
            }
            Self::SessionEnded | Self::SessionLocked => {
                response.insert_header((header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\""));
            }
            Self::MethodNotAllowed { allow } => {
                response.insert_header((header::ALLOW, allow.as_str()));
            }
            Self::Stale { version, .. } => {
                response.insert_header((header::ETAG, format!("\"{version}\"")));
            }
            Self::InsufficientScope(scope) => {
                let challenge = format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\"");
                response.insert_header((header::WWW_AUTHENTICATE, challenge));
            }
            Self::RateLimited(spent) => {
                response.insert_header((header::RETRY_AFTER, spent.seconds.to_string()));
                for field in spent.fields() {
                    response.insert_header(field);
                }
            }
            Self::BodyTimeout => {
                response.force_close();
            }
            Self::TooManyConnections => {
                response.insert_header((header::RETRY_AFTER, "1")).force_close();
            }
            _ if matches!(self.kind().code, "idempotency.in_progress" | "unavailable") => {
                response.insert_header((header::RETRY_AFTER, "1"));
            }
            _ => {}
        }
    }
}

fn field_problem(field: String, code: &str) -> FieldProblem {
    FieldProblem { field, code: code.to_owned(), min: None, max: None }
}

impl Retriable for Error {
    fn is_retriable(&self) -> bool {
        matches!(self, Self::Persistence(error) if error.is_retriable())
    }
}

impl From<noren_domain::Error> for Error {
    fn from(error: noren_domain::Error) -> Self {
        Self::Rule(error)
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.kind().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        if self.kind().status >= 500 {
            tracing::error!(error = %self, "request.failed");
        }
        let mut response = HttpResponse::build(self.status_code());
        self.headers(&mut response);
        let body = serde_json::to_vec(&self.to_problem()).unwrap_or_default();
        response
            .insert_header((header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json")))
            .insert_header((HeaderName::from_static("cache-control"), HeaderValue::from_static("no-store")))
            .body(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_database_says_nothing_to_the_caller() {
        let error = Error::Persistence(noren_persistence::Error::Unavailable("postgres://secret@host".into()));
        assert_eq!(error.code(), "unavailable");
        assert_eq!(error.to_problem().detail, None);
    }
}
