//! 仮押さえ over HTTP.

use actix_web::http::StatusCode;
use serde::Deserialize;

use super::once::once;
use crate::clock::{Time, in_japan};
use crate::holds::{self, Claim, Hold, State};
use crate::http::{Answer, Call, Member, Rule, must};
use crate::problem::Problem;
use crate::store::Shelf;
use crate::stream::Stream;

const CLAIM: &[Member] = &[
    must("staff_code", Rule::Code(20)),
    must("store_code", Rule::Code(20)),
    must("expires_at", Rule::Time),
    must("reference", Rule::Code(40)),
    must("customer_code", Rule::Code(20)).or_null(),
];

const EXTENSION: &[Member] = &[must("expires_at", Rule::Time)];

#[derive(Deserialize)]
struct HoldClaim {
    staff_code: String,
    store_code: String,
    expires_at: Time,
    reference: String,
    customer_code: Option<String>,
}

#[derive(Deserialize)]
struct Extension {
    expires_at: Time,
}

pub fn place_hold(call: &Call) -> Result<Answer, Problem> {
    call.idempotency_key()?;
    let HoldClaim { staff_code, store_code, expires_at, reference, customer_code } = call.body(CLAIM)?;
    let stock_number = call.segment("stock_number");
    once(call, "place_hold", |writing| {
        writing.get(Stream::Vehicles, stock_number)?.ok_or_else(Problem::not_found)?;
        let claim = Claim {
            stock_number: stock_number.to_owned(),
            staff_code,
            store_code,
            expires_at: in_japan(expires_at),
            reference: Some(reference),
            customer_code,
        };
        let hold = holds::place(writing, claim, call.now, call.settings.hold_hours)?;
        Ok(Answer::json(StatusCode::CREATED, &hold)?.with_revision(hold.revision))
    })
}

pub fn read_hold(call: &Call) -> Result<Answer, Problem> {
    let hold: Option<Hold> = call.extreme.store.read()?.paper(Shelf::Holds, call.segment("hold_id"))?;
    let hold = hold.filter(|hold| hold.is_remembered(call.now)).ok_or_else(Problem::not_found)?;
    call.give(hold.revision, &hold)
}

pub fn extend_hold(call: &Call) -> Result<Answer, Problem> {
    let Extension { expires_at } = call.body(EXTENSION)?;
    let writing = call.extreme.store.write()?;
    let hold: Option<Hold> = writing.paper(Shelf::Holds, call.segment("hold_id"))?;
    let hold = hold.ok_or_else(Problem::not_found)?;
    let fits = call.matches(hold.revision)?;
    // A hold that is over has a new revision too; that it is over says more.
    if hold.state != State::Held {
        return Err(holds::over(&writing, &hold)?);
    }
    if !fits {
        let stale = Problem::new(StatusCode::PRECONDITION_FAILED, "revision.stale");
        let stale = stale.with("current_revision", hold.revision.into());
        return Err(stale.with_header("etag", format!("\"{}\"", hold.revision)));
    }
    let hold = holds::extend(&writing, hold, in_japan(expires_at), call.now, call.settings.hold_hours)?;
    writing.commit()?;
    Ok(Answer::json(StatusCode::OK, &hold)?.with_revision(hold.revision))
}

pub fn release_hold(call: &Call) -> Result<Answer, Problem> {
    let writing = call.extreme.store.write()?;
    let hold: Option<Hold> = writing.paper(Shelf::Holds, call.segment("hold_id"))?;
    let hold = hold.ok_or_else(Problem::not_found)?;
    let hold = match hold.state {
        State::Held => holds::end(&writing, hold, State::Released, call.now, call.now)?,
        State::Released | State::Expired | State::Contracted => hold,
    };
    writing.commit()?;
    Ok(Answer::json(StatusCode::OK, &hold)?.with_revision(hold.revision))
}
