//! One customer, and all that is known of their cars.

use actix_web::http::StatusCode;
use serde_json::{Value, json};

use crate::http::{Answer, Call};
use crate::problem::Problem;
use crate::stream::Stream;

/// The most that one answer has.
const MOST: usize = 500;

pub fn read_customer(call: &Call) -> Result<Answer, Problem> {
    let customer = call.extreme.store.read()?.get(Stream::Customers, call.segment("customer_code"))?;
    let customer = customer.ok_or_else(Problem::not_found)?;
    call.give(customer.get("revision").and_then(Value::as_u64).unwrap_or(1), &customer)
}

/// All records of a stream that belong to one customer, the newest first.
pub fn read_all(call: &Call, stream: Stream) -> Result<Answer, Problem> {
    let customer_code = call.segment("customer_code");
    let reading = call.extreme.store.read()?;
    reading.get(Stream::Customers, customer_code)?.ok_or_else(Problem::not_found)?;
    let items = reading.found(stream, customer_code, MOST)?;
    Answer::json(StatusCode::OK, &json!({"items": items, "as_of": call.now.to_rfc3339()}))
}
