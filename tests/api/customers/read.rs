//! One customer: live first, the copy second; their cars; and who has looked.

use chrono::TimeDelta;
use noren_domain::staff::Role;
use noren_extreme_simulator::{Fault, Kind, Stream as Theirs};
use serde_json::json;

use super::{House, path_of};
use crate::harness::eventually;

#[tokio::test]
async fn a_customer_is_asked_live_and_shown_out_of_the_copy_when_extreme_is_away() {
    let house = House::open().await;
    let mut sales = house.app.sign_in(Role::Salesperson).await;
    house.control().edit(Theirs::Customers, "T-001", &json!({"building": "松原ハイツ305"})).unwrap();
    let live = sales.get(&path_of("T-001")).await;
    assert_eq!(live.status, 200, "{}", live.text);
    assert_eq!(live.json["address"]["building"], "松原ハイツ305");
    assert_eq!(live.json["origin"]["freshness"], "live");
    assert_eq!(live.json["phone_numbers"][0]["digits"], "09012345678");
    assert_eq!(live.json["next_inspection"]["expiry"], "2027-01-20");

    house.control().add_fault(Fault::new(Kind::Outage { seconds: 3_600 }));
    let copy = sales.get(&path_of("T-001")).await;
    assert_eq!(copy.json["address"]["building"], "松原ハイツ305", "what was said live is kept");
    assert_eq!(copy.json["origin"]["freshness"], "copy");
    house.app.pass(TimeDelta::minutes(11));
    assert_eq!(sales.refresh().await.status, 200);
    let old = sales.get(&path_of("T-001")).await;
    assert_eq!(old.json["origin"]["freshness"], "old");
    assert_eq!(old.json["origin"]["as_of"], "2026-11-21T01:00:00Z");
    assert_eq!(sales.get("/api/v1/customers?limit=1").await.json["origin"]["freshness"], "old");
}

#[tokio::test]
async fn who_has_gone_to_another_store_is_gone_with_the_live_answer() {
    let house = House::open().await;
    let sales = house.app.sign_in(Role::Salesperson).await;
    house.control().edit(Theirs::Customers, "T-001", &json!({"store_code": "002"})).unwrap();
    assert_eq!(sales.get(&path_of("T-001")).await.code(), "not_found");
    assert_eq!(sales.get(&format!("{}/purchases", path_of("T-001"))).await.code(), "not_found");
    house.control().delete(Theirs::Customers, "T-002").unwrap();
    assert_eq!(sales.get(&path_of("T-002")).await.code(), "not_found", "EXTREME has them no longer");
}

#[tokio::test]
async fn an_integrators_key_costs_extreme_nothing() {
    let house = House::open().await;
    let key = house.app.integrator().await;
    house.control().reset_counts();
    assert_eq!(key.get(&path_of("T-001")).await.json["origin"]["freshness"], "copy");
    assert_eq!(house.control().counts().of("read_customer", "200"), 0);
    assert_eq!(house.control().counts().of("read_customer", "304"), 0);
}

#[tokio::test]
async fn the_cars_of_a_customer_come_with_their_work_and_without_any_cost() {
    let house = House::open().await;
    let sales = house.app.sign_in(Role::Salesperson).await;
    let path = path_of("T-001");
    let bought = sales.get(&format!("{path}/purchases")).await;
    let numbers: Vec<_> =
        bought.json["items"].as_array().unwrap().iter().map(|one| one["purchase_number"].clone()).collect();
    assert_eq!(numbers, ["TB-3", "TB-2", "TB-1"]);
    assert_eq!(bought.json["items"][0]["due"], json!({"state": "months", "months": 15}));
    assert_eq!(bought.json["items"][1]["due"], json!(null), "they have it no longer");
    assert_eq!(bought.json["origin"]["freshness"], "copy");
    let page = sales.get(&format!("{path}/purchases?limit=2")).await.json;
    let rest = sales.get(&format!("{path}/purchases?limit=2&after={}", page["next"].as_str().unwrap())).await.json;
    assert_eq!(rest["items"][0]["purchase_number"], "TB-1");

    let administrator = house.app.sign_in(Role::Administrator).await;
    for (stream, kind, path) in [
        (Theirs::MaintenanceRecords, "record_number", "maintenance-records"),
        (Theirs::Inspections, "inspection_number", "inspections"),
    ] {
        let number = house.control().keys(stream, 1).unwrap().remove(0);
        let theirs = house.control().record(stream, &number).unwrap();
        let code = theirs["customer_code"].as_str().unwrap();
        let listed = administrator.get(&format!("/api/v1/customers/{code}/{path}?limit=200")).await;
        assert_eq!(listed.status, 200, "{}", listed.text);
        let items = listed.json["items"].as_array().unwrap();
        let one = items.iter().find(|one| one[kind] == json!(number)).unwrap();
        assert_eq!(one["total"], theirs["total_yen"], "{one}");
        assert!(!listed.text.contains("cost") && !listed.text.contains("gross_profit"), "{}", listed.text);
        if let Some(lines) = theirs.get("lines").and_then(|lines| lines.as_array()) {
            assert_eq!(one["lines"].as_array().unwrap().len(), lines.len());
            assert_eq!(one["lines"][0]["labor"], lines[0]["labor_yen"]);
        }
    }
}

#[tokio::test]
async fn whoever_became_part_of_another_customer_is_found_there() {
    let house = House::open().await;
    let sales = house.app.sign_in(Role::Salesperson).await;
    house.control().merge_customers("T-001", "T-002").unwrap();
    house.read().await;
    let still = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    for (from, to) in [("", ""), ("/purchases?limit=2", "/purchases?limit=2"), ("/timeline", "/timeline")] {
        let answer = still.get(format!("{}{}{from}", house.app.address, path_of("T-001")));
        let answer = answer.bearer_auth(sales.token.as_deref().unwrap()).send().await.unwrap();
        assert_eq!(answer.status(), 301);
        assert_eq!(answer.headers()["location"], format!("{}{to}", path_of("T-002")));
    }
    assert_eq!(sales.get(&path_of("T-001")).await.json["customer_code"], "T-002", "who follows arrives");
    // Where the other one may not be seen, nothing is said.
    house.control().merge_customers("T-002", "T-003").unwrap();
    house.read().await;
    assert_eq!(sales.get(&path_of("T-001")).await.code(), "not_found");
    let there = house.app.sign_in_elsewhere(Role::Salesperson).await;
    assert_eq!(there.get(&path_of("T-001")).await.json["customer_code"], "T-003");
}

#[tokio::test]
async fn every_look_at_a_customer_is_recorded_by_their_code() {
    let house = House::open().await;
    let sales = house.app.sign_in(Role::Salesperson).await;
    let administrator = house.app.sign_in(Role::Administrator).await;
    for path in [path_of("T-001"), "/api/v1/customers?limit=1".into(), "/api/v1/customers?q=t-001".into()] {
        assert_eq!(sales.get(&path).await.status, 200);
    }
    assert_eq!(sales.get("/api/v1/customers?q=t-003").await.json["items"], json!([]), "nobody was seen by that");
    let path = format!("/api/v1/access-events?actor=staff:{}", sales.id.unwrap());
    assert!(eventually(async || administrator.get(&path).await.json["items"].as_array().unwrap().len() == 3).await);
    let looks = administrator.get(&path).await.json["items"].as_array().unwrap().clone();
    let kinds: Vec<_> = looks.iter().map(|look| look["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["customer_search", "customer_list", "customer_detail"]);
    assert_eq!(looks[0]["customers"], json!([{"customer_code": "T-001", "name": "髙橋 美咲"}]));
    assert_eq!((&looks[0]["subjects"], &looks[0]["seen"]), (&json!([]), &json!(1)));
    let of_one = administrator.get(&format!("{path}&customer_code=T-001")).await.json;
    assert_eq!(of_one["items"].as_array().unwrap().len(), 2);
    assert_eq!(administrator.get(&format!("{path}&customer_code=T-00")).await.json["items"], json!([]));
}
