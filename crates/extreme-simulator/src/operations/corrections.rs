//! 修正依頼 over HTTP.

use actix_web::http::StatusCode;

use super::once::once;
use crate::corrections::{self, Correction, Request};
use crate::http::{Answer, Call, Member, Rule, must};
use crate::problem::Problem;
use crate::store::Shelf;

const WISH: &[Member] = &[
    must("field", Rule::Text(0, 60)),
    must("seen", Rule::Text(0, 500)).or_null(),
    must("wanted", Rule::Text(0, 500)).or_null(),
];

const REQUEST: &[Member] = &[
    must("reference", Rule::Code(40)),
    must("subject", Rule::OneOf(&["customer", "vehicle", "staff"])),
    must("key", Rule::Code(40)),
    must("staff_code", Rule::Code(20)),
    must("wishes", Rule::List(1, 30, WISH)),
    must("note", Rule::Text(0, 1000)).or_null(),
];

pub fn request_correction(call: &Call) -> Result<Answer, Problem> {
    call.idempotency_key()?;
    let request: Request = call.body(REQUEST)?;
    once(call, "request_correction", |writing| {
        let correction = corrections::take_down(writing, request, call.now)?;
        Answer::json(StatusCode::CREATED, &correction.shown())
    })
}

pub fn read_correction_request(call: &Call) -> Result<Answer, Problem> {
    let correction: Option<Correction> =
        call.extreme.store.read()?.paper(Shelf::Corrections, call.segment("correction_number"))?;
    Answer::json(StatusCode::OK, &correction.ok_or_else(Problem::not_found)?.shown())
}
