//! 成約 over HTTP.

use actix_web::http::StatusCode;
use serde::Deserialize;

use super::once::once;
use super::quotes::PAYMENTS;
use crate::clock::{Time, in_japan};
use crate::contracts::{self, Contract, Registration};
use crate::http::{Answer, Call, Member, Rule, may, must};
use crate::known::Known;
use crate::problem::Problem;
use crate::store::Shelf;

const BUYER: &[Member] = &[
    must("kind", Rule::OneOf(&["person", "organization"])),
    must("name", Rule::Text(1, 200)),
    must("kana", Rule::Text(0, 200)).or_null(),
    must("phone", Rule::Text(0, 20)).or_null(),
    must("mail", Rule::Text(0, 254)).or_null(),
    must("postal_code", Rule::PostalCode).or_null(),
    must("address", Rule::Text(0, 400)).or_null(),
];

const CONTRACT: &[Member] = &[
    must("reference", Rule::Code(40)),
    must("extreme_quote_number", Rule::Code(40)).or_null(),
    must("stock_number", Rule::Code(20)),
    must("hold_id", Rule::Code(40)).or_null(),
    must("customer_code", Rule::Code(20)).or_null(),
    must("customer", Rule::Object(BUYER)),
    must("staff_code", Rule::Code(20)),
    must("store_code", Rule::Code(20)),
    must("signed_at", Rule::Time),
    must("formed_at", Rule::Time).or_null(),
    must("vehicle_price_yen", Rule::Yen),
    may("options_yen", Rule::Yen),
    may("fees_yen", Rule::Yen),
    may("discount_yen", Rule::Yen),
    may("trade_in_yen", Rule::Yen),
    must("total_yen", Rule::Yen),
    must("payment", Rule::OneOf(PAYMENTS)),
    must("pdf_sha256", Rule::Hash),
];

const CANCELLATION: &[Member] =
    &[must("cancelled_at", Rule::Time), must("reason", Rule::Text(1, 500)), must("staff_code", Rule::Code(20))];

#[derive(Deserialize)]
struct Cancellation {
    cancelled_at: Time,
    staff_code: String,
}

pub fn register_contract(call: &Call) -> Result<Answer, Problem> {
    call.idempotency_key()?;
    let sent: Registration = call.body(CONTRACT)?;
    let registration = Registration { signed_at: in_japan(sent.signed_at), ..sent };
    once(call, "register_contract", |writing| {
        let contract = contracts::register(writing, registration, call.now)?;
        Answer::json(StatusCode::CREATED, &contract.shown())
    })
}

pub fn read_contract(call: &Call) -> Result<Answer, Problem> {
    let contract: Option<Contract> =
        call.extreme.store.read()?.paper(Shelf::Contracts, call.segment("contract_number"))?;
    let contract = contract.ok_or_else(Problem::not_found)?;
    call.give(contract.revision, &contract.shown())
}

pub fn cancel_contract(call: &Call) -> Result<Answer, Problem> {
    call.idempotency_key()?;
    let Cancellation { cancelled_at, staff_code } = call.body(CANCELLATION)?;
    once(call, "cancel_contract", |writing| {
        let contract: Option<Contract> = writing.paper(Shelf::Contracts, call.segment("contract_number"))?;
        let contract = contract.ok_or_else(Problem::not_found)?;
        let mut known = Known::of(writing);
        known.staff("staff_code", &staff_code)?;
        known.finish()?;
        let contract = contracts::cancel(writing, contract, in_japan(cancelled_at), call.now)?;
        Answer::json(StatusCode::OK, &contract.shown())
    })
}
