//! 修正依頼: wishes to change what EXTREME masters, which a person here accepts or not.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::Time;
use crate::known::Known;
use crate::problem::Problem;
use crate::store::{Shelf, Writing};
use crate::stream::Stream;

/// What is to be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Customer,
    Vehicle,
    Staff,
}

impl Subject {
    const fn stream(self) -> Stream {
        match self {
            Self::Customer => Stream::Customers,
            Self::Vehicle => Stream::Vehicles,
            Self::Staff => Stream::Staff,
        }
    }
}

/// One member that should be another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    pub field: String,
    pub seen: Option<String>,
    pub wanted: Option<String>,
}

/// A wish as Noren sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub reference: String,
    pub subject: Subject,
    pub key: String,
    pub staff_code: String,
    pub wishes: Vec<Wish>,
    pub note: Option<String>,
}

/// How a wish stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Requested,
    Accepted,
    Refused,
}

impl State {
    /// As the page calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Requested => "依頼中",
            Self::Accepted => "反映済",
            Self::Refused => "却下",
        }
    }
}

/// A wish with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub correction_number: String,
    pub state: State,
    pub requested_at: Time,
    pub decided_at: Option<Time>,
    pub reason: Option<String>,
    pub request: Request,
}

impl Correction {
    /// What the contract shows of it.
    pub fn shown(&self) -> Value {
        json!({
            "correction_number": self.correction_number,
            "reference": self.request.reference,
            "state": self.state,
            "requested_at": self.requested_at,
            "decided_at": self.decided_at,
            "reason": self.reason,
        })
    }
}

/// Takes a wish down.
///
/// # Errors
/// 404 for a record that is not there, 422 for staff that nobody knows.
pub fn take_down(writing: &Writing, request: Request, now: Time) -> Result<Correction, Problem> {
    writing.get(request.subject.stream(), &request.key)?.ok_or_else(Problem::not_found)?;
    let mut known = Known::of(writing);
    known.staff("staff_code", &request.staff_code)?;
    known.finish()?;
    let year = now.format("%Y");
    let number = writing.number(&format!("corrections {year}"))?;
    let correction = Correction {
        correction_number: format!("R-{year}-{number:05}"),
        state: State::Requested,
        requested_at: now,
        decided_at: None,
        reason: None,
        request,
    };
    writing.put_paper(Shelf::Corrections, &correction.correction_number, &correction)?;
    Ok(correction)
}

/// Grants a wish: the record becomes what was wanted, and its stream tells.
///
/// # Errors
/// 409 for a wish that is decided, 404 for a record that is gone.
pub fn accept(writing: &Writing, correction: Correction, now: Time) -> Result<Correction, Problem> {
    require_open(&correction)?;
    let Request { subject, key, wishes, .. } = &correction.request;
    let mut record = writing.get(subject.stream(), key)?.ok_or_else(Problem::not_found)?;
    for Wish { field, wanted, .. } in wishes {
        let mut place = Some(&mut record);
        let mut names = field.split('.').peekable();
        while let Some(name) = names.next() {
            let Some(object) = place.take() else { break };
            if names.peek().is_some() {
                place = object.get_mut(name).and_then(Value::as_object_mut);
            } else {
                let value = like(object.get(name), wanted.as_deref());
                object.insert(name.to_owned(), value);
            }
        }
    }
    writing.put(subject.stream(), key, record, now)?;
    decide(writing, correction, State::Accepted, None, now)
}

/// Refuses a wish.
///
/// # Errors
/// 409 for a wish that is decided.
pub fn refuse(writing: &Writing, correction: Correction, reason: &str, now: Time) -> Result<Correction, Problem> {
    require_open(&correction)?;
    decide(writing, correction, State::Refused, Some(reason.to_owned()), now)
}

fn require_open(correction: &Correction) -> Result<(), Problem> {
    if correction.state == State::Requested { Ok(()) } else { Err(Problem::conflict("correction.decided")) }
}

fn decide(
    writing: &Writing,
    correction: Correction,
    state: State,
    reason: Option<String>,
    now: Time,
) -> Result<Correction, Problem> {
    let correction = Correction { state, reason, decided_at: Some(now), ..correction };
    writing.put_paper(Shelf::Corrections, &correction.correction_number, &correction)?;
    Ok(correction)
}

/// What is wanted, in the type that the member has: wishes are texts.
fn like(seen: Option<&Value>, wanted: Option<&str>) -> Value {
    let Some(wanted) = wanted else { return Value::Null };
    match seen {
        Some(Value::Number(_)) => wanted.parse::<i64>().map_or_else(|_| wanted.into(), Value::from),
        Some(Value::Bool(_)) => Value::Bool(wanted == "true"),
        Some(Value::Array(_)) => wanted.split(',').map(str::trim).filter(|part| !part.is_empty()).collect(),
        _ => wanted.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_takes_the_type_of_what_it_replaces() {
        assert_eq!(like(Some(&json!(5)), Some("7")), json!(7));
        assert_eq!(like(Some(&json!(false)), Some("true")), json!(true));
        assert_eq!(like(Some(&json!(["a"])), Some("b, c")), json!(["b", "c"]));
        assert_eq!(like(Some(&json!("x")), Some("7")), json!("7"));
        assert_eq!(like(None, None), Value::Null);
    }
}
