//! Changes since a cursor: nothing is missed, nothing comes twice without reason, and costs are seen by few.

use noren_extreme_simulator::Stream;
use serde_json::json;

use super::client::Shop;

#[actix_web::test]
async fn page_by_page_every_record_is_read_once() {
    let shop = Shop::open().await;
    let (mut read, mut after) = (Vec::new(), String::new());
    loop {
        let page = shop.ask("list_customer_changes").query(&format!("limit=7{after}")).go().await;
        read.extend(page.keys("customer_code"));
        after = format!("&after={}", page.text("next"));
        if page.body["more"] == false {
            break;
        }
        assert_eq!(page.body["items"].as_array().unwrap().len(), 7);
    }
    read.sort();
    let expected: Vec<String> = (1..=80).map(|number| format!("C-{number:06}")).collect();
    assert_eq!(read, expected);
    let quiet = shop.ask("list_customer_changes").query(&after[1..]).go().await;
    assert_eq!((&quiet.body["items"], &quiet.body["more"]), (&json!([]), &json!(false)));
}

#[actix_web::test]
async fn what_changes_after_a_page_comes_after_its_cursor() {
    let shop = Shop::open().await;
    let next = shop.ask("list_vehicle_changes").query("limit=1000").go().await.text("next");
    let cars = shop.free_cars(3);
    shop.control().edit(Stream::Vehicles, &cars[0], &json!({"comment": "値下げしました"})).unwrap();
    shop.control().delete(Stream::Vehicles, &cars[1]).unwrap();
    shop.control().edit(Stream::Vehicles, &cars[0], &json!({"vehicle_price_yen": 980_000})).unwrap();
    let page = shop.ask("list_vehicle_changes").query(&format!("after={next}")).go().await;
    assert_eq!(page.keys("stock_number"), [cars[0].as_str()]);
    assert_eq!(page.body["items"][0]["vehicle_price_yen"], 980_000);
    assert_eq!(page.body["tombstones"][0]["key"], cars[1].as_str());
    assert_eq!(shop.ask("read_vehicle").at("stock_number", &cars[1]).go().await.status, 404);
}

#[actix_web::test]
async fn two_customers_that_become_one_take_their_cars_along() {
    let shop = Shop::open().await;
    let keys = shop.control().keys(Stream::Purchases, 1).unwrap();
    let from =
        shop.control().record(Stream::Purchases, &keys[0]).unwrap()["customer_code"].as_str().unwrap().to_owned();
    let into = if from == "C-000001" { "C-000002" } else { "C-000001" };
    let before = shop.ask("read_purchases_of_customer").at("customer_code", &from).go().await.keys("purchase_number");
    let next = shop.ask("list_customer_changes").query("limit=1000").go().await.text("next");
    shop.control().merge_customers(&from, into).unwrap();
    let page = shop.ask("list_customer_changes").query(&format!("after={next}")).go().await;
    let tombstone = &page.body["tombstones"][0];
    assert_eq!((&tombstone["key"], &tombstone["merged_into"]), (&json!(from), &json!(into)));
    let after = shop.ask("read_purchases_of_customer").at("customer_code", into).go().await.keys("purchase_number");
    assert!(before.iter().all(|purchase| after.contains(purchase)));
    assert_eq!(shop.ask("read_purchases_of_customer").at("customer_code", &from).go().await.status, 404);
}

#[actix_web::test]
async fn a_cursor_of_another_stream_or_of_no_stream_is_refused() {
    let shop = Shop::open().await;
    let of_sales = shop.ask("list_sale_changes").go().await.text("next");
    for cursor in [of_sales.as_str(), "vehicles.1", "x", "", "vehicles.99999999999999999.1"] {
        let reply = shop.ask("list_vehicle_changes").query(&format!("after={cursor}")).go().await;
        assert_eq!((reply.status, reply.text("code")), (400, "cursor.invalid".to_owned()), "{cursor}");
    }
    for limit in ["0", "1001", "x", "-1"] {
        let reply = shop.ask("list_vehicle_changes").query(&format!("limit={limit}")).go().await;
        assert_eq!(reply.text("code"), "limit.invalid", "{limit}");
    }
}

#[actix_web::test]
async fn costs_are_seen_by_those_alone_who_may() {
    let shop = Shop::open().await;
    let without = shop.token(Some("stock:read sales:read")).await;
    let streams = [
        ("list_vehicle_changes", &["purchase_cost_yen"][..]),
        ("list_sale_changes", &["cost_yen", "gross_profit_yen"]),
        ("list_stock_purchase_changes", &["price_yen", "transport_yen", "reconditioning_yen"]),
    ];
    for (id, members) in streams {
        let (all, few) = (shop.ask(id).go().await, shop.ask(id).by(&without).go().await);
        assert_ne!(all.header("etag"), few.header("etag"));
        for member in members {
            assert!(all.body["items"][0].get(member).is_some(), "{id} {member}");
            assert!(
                few.body["items"].as_array().unwrap().iter().all(|item| item.get(member).is_none()),
                "{id} {member}"
            );
        }
    }
    let car = &shop.free_cars(1)[0];
    let one = shop.ask("read_vehicle").at("stock_number", car).by(&without).go().await;
    assert!(one.body.get("purchase_cost_yen").is_none());
}

#[actix_web::test]
async fn both_sides_can_be_compared_by_key_and_revision() {
    let shop = Shop::open().await;
    let first = shop.ask("list_revisions").at("stream", "customers").query("limit=30").go().await;
    assert_eq!(
        (first.body["items"].as_array().unwrap().len(), &first.body["count"], &first.body["more"]),
        (30, &json!(80), &json!(true))
    );
    let rest = shop.ask("list_revisions").at("stream", "customers").query("after=C-000030").go().await;
    assert_eq!((rest.body["items"].as_array().unwrap().len(), &rest.body["more"]), (50, &json!(false)));
    shop.control().edit(Stream::Customers, "C-000031", &json!({"building": null})).unwrap();
    let again = shop.ask("list_revisions").at("stream", "customers").query("after=C-000030&limit=1").go().await;
    assert_eq!(again.body["items"], json!([["C-000031", 2]]));
    let staff = shop.token(Some("staff:read")).await;
    assert_eq!(shop.ask("list_revisions").at("stream", "vehicles").by(&staff).go().await.text("detail"), "stock:read");
    assert_eq!(shop.ask("list_revisions").at("stream", "staff").by(&staff).go().await.status, 200);
}
