//! Bodies that the contract takes.

use serde_json::{Value, json};

use super::client::Shop;

pub fn claim(until: &str) -> Value {
    json!({"staff_code": "S004", "store_code": "001", "expires_at": until, "reference": "ref-1", "customer_code": null})
}

pub fn contract(stock_number: &str) -> Value {
    json!({
        "reference": format!("ref-{stock_number}"), "extreme_quote_number": null, "stock_number": stock_number, "hold_id": null,
        "customer_code": null, "customer": {"kind": "person", "name": "髙橋 美咲", "kana": "タカハシ ミサキ", "phone": "090-0123-4567",
            "mail": "m@example.jp", "postal_code": "3710024", "address": "群馬県前橋市表町2-30-8"},
        "staff_code": "S004", "store_code": "001", "signed_at": "2026-11-23T16:38:21+09:00", "formed_at": null,
        "vehicle_price_yen": 1_000_000, "options_yen": 50_000, "fees_yen": 100_000, "discount_yen": 10_000, "trade_in_yen": 0,
        "total_yen": 1_140_000, "payment": "cash", "pdf_sha256": "ab".repeat(32),
    })
}

pub fn quote(number: &str, revision: u64) -> Value {
    json!({
        "quote_number": number, "quote_revision": revision, "issued_at": "2026-11-23T15:00:58+09:00", "valid_until": "2026-12-07",
        "stock_number": null, "customer_code": null, "customer_name": "髙橋 美咲", "staff_code": "S004", "store_code": "001",
        "vehicle_price_yen": 1_000_000, "total_yen": 1_100_000, "payment": null, "pdf_sha256": "cd".repeat(32),
    })
}

pub fn correction(customer_code: &str) -> Value {
    json!({
        "reference": "ref-9", "subject": "customer", "key": customer_code, "staff_code": "S004",
        "wishes": [{"field": "building", "seen": null, "wanted": "松原ハイツ305"}], "note": "転居",
    })
}

pub fn cancellation() -> Value {
    json!({"cancelled_at": "2026-11-24T10:00:00+09:00", "reason": "審査否決", "staff_code": "S004"})
}

pub fn staff_edit() -> Value {
    json!({"role": "manager", "mail": null, "notifications": {"new_lead": true, "daily_digest": false}, "proposed": {
        "name": {"family": "茂木", "given": "翔", "family_kana": "モテギ", "given_kana": "ショウ"},
        "store_code": "002", "employment": "active"}})
}

/// An hour from now, by the simulator's clock.
pub fn in_hours(shop: &Shop, hours: i64) -> String {
    (shop.control().clock().now() + chrono::TimeDelta::hours(hours)).to_rfc3339()
}
