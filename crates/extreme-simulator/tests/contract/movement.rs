//! The shop moves on, and what moves arrives by the streams.

use noren_extreme_simulator::{Config, Pace, Stream};
use serde_json::Value;

use super::bodies::contract;
use super::client::Shop;

/// A shop whose clock stands still.
pub fn frozen() -> Config {
    let at = "2026-11-23T10:00:00+09:00".parse().unwrap();
    Config { pace: Pace { frozen_at: Some(at), offset_seconds: 0 }, ..Config::for_tests() }
}

async fn everything(shop: &Shop) -> Vec<Value> {
    let mut all = Vec::new();
    for id in [
        "list_vehicle_changes",
        "list_sale_changes",
        "list_stock_purchase_changes",
        "list_customer_changes",
        "list_purchase_changes",
        "list_maintenance_record_changes",
        "list_inspection_changes",
    ] {
        all.push(shop.ask(id).query("limit=1000").go().await.body["items"].clone());
    }
    all
}

#[actix_web::test]
async fn the_same_steps_from_the_same_seed_lead_to_the_same_shop() {
    let (first, second) = (Shop::with(&frozen()).await, Shop::with(&frozen()).await);
    let before = everything(&first).await;
    first.control().advance(40).unwrap();
    second.control().advance(15).unwrap();
    second.control().advance(25).unwrap();
    let after = everything(&first).await;
    assert_eq!(after, everything(&second).await);
    for (before, after) in before.iter().zip(&after) {
        assert_ne!(before, after);
    }
}

#[actix_web::test]
async fn a_contract_becomes_a_sale_and_then_the_customers_car() {
    let shop = Shop::with(&frozen()).await;
    let car = shop.free_cars(1).remove(0);
    let signed = shop.ask("register_contract").key("contract-to-move").json(&contract(&car)).go().await;
    let (number, customer) = (signed.text("contract_number"), signed.text("customer_code"));
    let sales = shop.ask("list_sale_changes").query("limit=1000").go().await.text("next");
    let status = || shop.control().record(Stream::Vehicles, &car).unwrap()["status"].as_str().unwrap().to_owned();
    let steps = (0..600).find(|_| {
        shop.control().advance(1).unwrap();
        status() == "delivered"
    });
    assert!(steps.is_some(), "{}", status());
    let page = shop.ask("list_sale_changes").query(&format!("limit=1000&after={sales}")).go().await;
    let sale =
        page.body["items"].as_array().unwrap().iter().find(|sale| sale["contract_number"] == number.as_str()).unwrap();
    assert_eq!(
        (&sale["customer_code"], &sale["total_yen"]),
        (&Value::from(customer.as_str()), &Value::from(1_140_000))
    );
    assert_eq!(sale["delivered_on"], "2026-11-23");
    let bought = shop.ask("read_purchases_of_customer").at("customer_code", &customer).go().await;
    assert_eq!(bought.body["items"][0]["stock_number"], car.as_str());
    assert_eq!(shop.ask("read_contract").at("contract_number", &number).go().await.text("state"), "delivered");
}
