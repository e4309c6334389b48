//! Idempotency: the effect and its first answer are committed together, so that a repeat finds both or neither.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::clock::Time;
use crate::http::{Answer, Call};
use crate::problem::Problem;
use crate::store::{Shelf, Writing};

#[derive(Serialize, Deserialize)]
struct Given {
    fingerprint: String,
    at: Time,
    answer: Answer,
}

/// Does something once for the call's `Idempotency-Key`; a repeat gets the first answer again. What is refused is not remembered, so that
/// it can be tried again.
///
/// # Errors
/// 400 without a key, 422 for a key that was used for something else, and what the effect says.
pub fn once(
    call: &Call,
    operation: &str,
    effect: impl FnOnce(&Writing) -> Result<Answer, Problem>,
) -> Result<Answer, Problem> {
    let key = call.idempotency_key()?;
    let fingerprint = call.fingerprint()?;
    let place = format!("{operation} {key}");
    let writing = call.extreme.store.write()?;
    let given: Option<Given> = writing.paper(Shelf::Answers, &place)?;
    let kept = TimeDelta::days(call.settings.idempotency_days.into());
    if let Some(given) = given.filter(|given| call.now - given.at <= kept) {
        if given.fingerprint != fingerprint {
            let status = actix_web::http::StatusCode::UNPROCESSABLE_ENTITY;
            return Err(Problem::new(status, "idempotency.mismatch"));
        }
        call.extreme.requests.note_replay(key);
        return Ok(given.answer.with_header("idempotency-replayed", "true"));
    }
    let answer = effect(&writing)?;
    writing.put_paper(Shelf::Answers, &place, &Given { fingerprint, at: call.now, answer: answer.clone() })?;
    writing.commit()?;
    call.extreme.requests.note_effect(key);
    Ok(answer)
}
