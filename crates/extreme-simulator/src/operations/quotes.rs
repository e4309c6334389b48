//! `POST /quotes`.

use actix_web::http::StatusCode;
use serde_json::json;

use super::once::once;
use crate::http::{Answer, Call, Member, Rule, may, must};
use crate::problem::Problem;
use crate::quotes;

/// 現金, 均等, ボーナス併用, 残価設定, リース
pub const PAYMENTS: &[&str] = &["cash", "instalments", "bonus", "balloon", "lease"];

const QUOTE: &[Member] = &[
    must("quote_number", Rule::Code(40)),
    must("quote_revision", Rule::From(1)),
    must("issued_at", Rule::Time),
    must("valid_until", Rule::Date),
    must("stock_number", Rule::Code(20)).or_null(),
    must("customer_code", Rule::Code(20)).or_null(),
    must("customer_name", Rule::Text(1, 200)),
    must("staff_code", Rule::Code(20)),
    must("store_code", Rule::Code(20)),
    must("vehicle_price_yen", Rule::Yen),
    may("options_yen", Rule::Yen),
    may("fees_yen", Rule::Yen),
    may("discount_yen", Rule::Yen),
    may("trade_in_yen", Rule::Yen),
    must("total_yen", Rule::Yen),
    may("payment", Rule::OneOf(PAYMENTS)).or_null(),
    must("pdf_sha256", Rule::Hash),
];

pub fn register_quote(call: &Call) -> Result<Answer, Problem> {
    call.idempotency_key()?;
    let registration = call.body(QUOTE)?;
    once(call, "register_quote", |writing| {
        let quote = quotes::register(writing, registration, call.now)?;
        let body = json!({
            "extreme_quote_number": quote.extreme_quote_number,
            "quote_number": quote.latest.quote_number,
            "quote_revision": quote.latest.quote_revision,
            "registered_at": quote.registered_at,
        });
        Answer::json(StatusCode::CREATED, &body)
    })
}
