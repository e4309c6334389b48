//! One lead that waits to be sent, and how it is kept. Pure: the time is passed in, in milliseconds.

use noren_api::FieldProblem;

use crate::api::ApiError;
use crate::json;

/// The server remembers a key for 30 days. With a day to spare: after that, sending again could make a second lead.
const KEY_LIFE: i64 = 29 * 24 * 60 * 60 * 1000;

/// How far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    /// Somebody is writing on it; it is sent when they save it.
    Open,
    /// The server will not have it so.
    Refused {
        code: String,
        fields: Vec<FieldProblem>,
    },
}

/// A lead that was saved and not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it was saved: the oldest goes first.
    pub at: i64,
    /// The `Idempotency-Key`, made when its form was opened.
    pub request: String,
    pub state: State,
    /// What is sent, to the letter: a repeat must say the very same.
    pub body: String,
    /// What was typed, as drafts are kept.
    pub draft: String,
}

/// What follows from a failure.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is wrong with it: later.
    Later,
    Refused(State),
}

impl Entry {
    /// The part of its key that is its own; keys sort by age.
    pub fn name(&self) -> String {
        format!("{:013}.{}", self.at, self.request)
    }

    pub fn written(&self) -> String {
        let state = match &self.state {
            State::Waiting => "waiting".to_owned(),
            State::Open => "open".to_owned(),
            State::Refused { code, fields } => {
                format!("{code} {}", serde_json::to_string(fields).unwrap_or_default())
            }
        };
        format!("{state}\n{}\n{}", self.body, self.draft)
    }

    /// Something unreadable is as good as nothing.
    pub fn read(name: &str, text: &str) -> Option<Self> {
        let (at, request) = name.split_once('.')?;
        // JSON has no line ends of its own.
        let mut lines = text.splitn(3, '\n');
        let state = match lines.next()? {
            "waiting" => State::Waiting,
            "open" => State::Open,
            refused => {
                let (code, fields) = refused.split_once(' ')?;
                State::Refused { code: code.to_owned(), fields: json::read(fields).ok()? }
            }
        };
        let (body, draft) = (lines.next()?.to_owned(), lines.next()?.to_owned());
        Some(Self { at: at.parse().ok()?, request: request.to_owned(), state, body, draft })
    }

    /// Whether the server may have forgotten its key, so that a person must look first.
    pub fn is_old(&self, now: i64) -> bool {
        now - self.at > KEY_LIFE
    }

    pub fn is_ready(&self, now: i64) -> bool {
        self.state == State::Waiting && !self.is_old(now)
    }
}

/// No network, a server that is busy or out of order, a session that has ended: none of this is the lead's fault.
pub fn judged(error: &ApiError) -> Verdict {
    match (error.status(), error.code()) {
        (0 | 401 | 408 | 429 | 500.., _) | (_, "idempotency.in_progress") => Verdict::Later,
        (_, code) => Verdict::Refused(State::Refused { code: code.to_owned(), fields: error.fields().to_vec() }),
    }
}

#[cfg(test)]
mod tests {
    use noren_api::Problem;

    use super::*;

    fn entry(state: State) -> Entry {
        Entry { at: 1_795_000_000_000, request: "5f0c".into(), state, body: "{\"a\":1}".into(), draft: "{}".into() }
    }

    fn refused() -> State {
        let field = FieldProblem { field: "profile.name".into(), code: "required".into(), min: None, max: None };
        State::Refused { code: "invalid".into(), fields: vec![field] }
    }

    #[test]
    fn what_waits_is_read_as_it_was_kept() {
        for state in [State::Waiting, State::Open, refused()] {
            let entry = entry(state);
            assert_eq!(Entry::read(&entry.name(), &entry.written()), Some(entry));
        }
        for text in ["", "waiting", "waiting\n{}", "soon\n{}\n{}", "invalid {\n{}\n{}"] {
            assert_eq!(Entry::read("1.a", text), None, "{text}");
        }
    }

    #[test]
    fn the_oldest_goes_first_whatever_its_key() {
        let later = Entry { at: 1_795_000_000_001, request: "00".into(), ..entry(State::Waiting) };
        assert!(entry(State::Waiting).name() < later.name());
    }

    #[test]
    fn a_key_that_the_server_may_have_forgotten_is_not_sent_again() {
        let entry = entry(State::Waiting);
        let days = |days: i64| entry.at + days * 86_400_000;
        assert!(entry.is_ready(days(28)));
        assert!(!entry.is_ready(days(30)));
        assert!(entry.is_old(days(30)));
    }

    #[test]
    fn only_what_waits_is_sent() {
        assert!(!entry(State::Open).is_ready(0));
        assert!(!entry(refused()).is_ready(0));
    }

    #[test]
    fn what_is_not_the_lead_s_fault_is_tried_again() {
        let problem = |status, code: &str| {
            let text = format!(
                "{{\"type\":\"\",\"title\":\"\",\"status\":{status},\"code\":\"{code}\",\"instance\":\"\",\"errors\":[]}}"
            );
            ApiError::Problem(Box::new(serde_json::from_str::<Problem>(&text).unwrap()))
        };
        for error in [
            ApiError::Offline,
            ApiError::Unexpected { request_id: None },
            problem(401, "auth.expired"),
            problem(409, "idempotency.in_progress"),
            problem(429, "rate.limited"),
            problem(503, "unavailable"),
        ] {
            assert_eq!(judged(&error), Verdict::Later, "{error:?}");
        }
        for (status, code) in [(422, "invalid"), (422, "idempotency.mismatch"), (403, "forbidden"), (404, "not_found")]
        {
            assert!(matches!(judged(&problem(status, code)), Verdict::Refused(_)), "{code}");
        }
    }
}
