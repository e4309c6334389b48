//! スタッフ over HTTP.

use actix_web::http::StatusCode;
use serde_json::Value;

use crate::http::{Answer, Call, Member, Rule, may, must};
use crate::problem::Problem;
use crate::staff::{self, Edit};
use crate::store::Record;
use crate::stream::Stream;

const NAME: &[Member] = &[
    must("family", Rule::Text(0, 200)),
    must("given", Rule::Text(0, 200)),
    must("family_kana", Rule::Text(0, 200)),
    must("given_kana", Rule::Text(0, 200)),
];

const PROPOSED: &[Member] = &[
    must("name", Rule::Object(NAME)),
    must("store_code", Rule::Code(20)),
    must("employment", Rule::OneOf(&["active", "on_leave", "retired"])),
];

const NOTIFICATIONS: &[Member] = &[must("new_lead", Rule::Flag), must("daily_digest", Rule::Flag)];

const EDIT: &[Member] = &[
    must("role", Rule::OneOf(&["salesperson", "manager", "administrator"])),
    must("mail", Rule::Text(0, 254)).or_null(),
    must("notifications", Rule::Object(NOTIFICATIONS)).or_null(),
    may("proposed", Rule::Object(PROPOSED)),
];

pub fn read_staff(call: &Call) -> Result<Answer, Problem> {
    let staff = call.extreme.store.read()?.get(Stream::Staff, call.segment("staff_code"))?;
    let staff = staff.ok_or_else(Problem::not_found)?;
    call.give(revision(&staff), &staff)
}

pub fn put_staff(call: &Call) -> Result<Answer, Problem> {
    let makes = match call.sent.header("if-none-match").map(str::trim) {
        None => false,
        Some("*") => true,
        Some(_) => return Err(Problem::bad_request("if_none_match.invalid")),
    };
    let code = call.segment("staff_code");
    let writing = call.extreme.store.write()?;
    let current = writing.get(Stream::Staff, code)?;
    let (status, staff) = match current {
        Some(current) if makes => return Err(stale(&current)),
        None if makes => {
            require_code(code)?;
            (StatusCode::CREATED, staff::make(&writing, code, &call.body(EDIT)?, call.now)?)
        }
        None => {
            // Without either header it is 428, whether somebody is there or not.
            call.matches(0)?;
            return Err(Problem::not_found());
        }
        Some(current) if !call.matches(revision(&current))? => return Err(stale(&current)),
        Some(current) => {
            let edit: Edit = call.body(EDIT)?;
            (StatusCode::OK, staff::change(&writing, code, current, &edit, call.now)?)
        }
    };
    writing.commit()?;
    Ok(Answer::json(status, &staff)?.with_revision(revision(&staff)))
}

fn require_code(code: &str) -> Result<(), Problem> {
    let fits = (1..=20).contains(&code.len()) && crate::http::is_code(code);
    if fits { Ok(()) } else { Err(Problem::wrong("staff_code", "format")) }
}

fn stale(current: &Record) -> Problem {
    let stale = Problem::new(StatusCode::PRECONDITION_FAILED, "staff.stale");
    let stale = stale.with("current_revision", revision(current).into());
    let etag = format!("\"{}\"", revision(current));
    stale.with("current", Value::Object(current.clone())).with_header("etag", etag)
}

fn revision(staff: &Record) -> u64 {
    staff.get("revision").and_then(Value::as_u64).unwrap_or(1)
}
