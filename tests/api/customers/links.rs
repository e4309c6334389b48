//! Whether a lead is a customer already: found, said by a person, and taken back.

use noren_domain::staff::Role;
use noren_extreme_simulator::Stream as Theirs;
use reqwest::Method;
use serde_json::{Value, json};

use super::{House, path_of, similar_lead};
use crate::harness::{Answer, Stream, User, places_of};

async fn link(user: &User, lead: &str, version: i64, code: &str) -> Answer {
    let request = user.request(Method::PUT, &format!("/api/v1/leads/{lead}/customer"));
    user.send(request.header("if-match", format!("\"{version}\"")).json(&json!({"customer_code": code}))).await
}

async fn lead_of(house: &House, user: &User) -> String {
    let created = user.create("/api/v1/leads", &similar_lead(house.app.first_store)).await;
    assert_eq!(created.status, 201, "{}", created.text);
    assert_eq!(created.json["customer_code"], Value::Null, "nobody is joined silently");
    created.id().to_owned()
}

#[tokio::test]
async fn the_likeliest_customers_are_offered_with_the_reasons() {
    let house = House::open().await;
    let sales = house.app.sign_in(Role::Salesperson).await;
    let lead = lead_of(&house, &sales).await;
    let path = format!("/api/v1/leads/{lead}/customer-matches");
    let found = sales.get(&path).await;
    assert_eq!(found.status, 200, "{}", found.text);
    let items = found.json["items"].as_array().unwrap();
    assert_eq!(items[0]["customer"]["customer_code"], "T-001");
    assert_eq!(items[0]["strength"], "same");
    assert_eq!(items[0]["reasons"], json!(["phone", "mail", "kana", "name"]));
    assert_eq!(items[0]["customer"]["next_inspection"]["expiry"], "2027-01-20");
    assert_eq!(found.json["elsewhere"], 1, "she is at the other store too, which says no more than that");
    assert!(!found.text.contains("T-003"));
    let all = house.app.sign_in(Role::Administrator).await.get(&path).await;
    let codes: Vec<_> =
        all.json["items"].as_array().unwrap().iter().map(|one| &one["customer"]["customer_code"]).collect();
    assert_eq!((codes[..2].to_vec(), &all.json["elsewhere"]), (vec![&json!("T-001"), &json!("T-003")], &json!(0)));
    let stranger = house.app.sign_in_elsewhere(Role::Salesperson).await;
    assert_eq!(stranger.get(&path).await.code(), "not_found");
    // Who shares nothing with anybody matches nobody.
    let bare = json!({"store_id": house.app.first_store, "profile": {"source_code": "phone", "name": "無名 太郎"}});
    let bare = sales.create("/api/v1/leads", &bare).await;
    let nobody = sales.get(&format!("/api/v1/leads/{}/customer-matches", bare.id())).await;
    assert_eq!((&nobody.json["linked"], &nobody.json["items"]), (&Value::Null, &json!([])), "{}", nobody.text);
    assert_eq!((&nobody.json["elsewhere"], &nobody.json["origin"]["freshness"]), (&json!(0), &json!("copy")));
}

#[tokio::test]
async fn a_person_says_who_it_is_and_can_take_it_back() {
    let house = House::open().await;
    let sales = house.app.sign_in(Role::Salesperson).await;
    let manager = house.app.sign_in(Role::Manager).await;
    let lead = lead_of(&house, &sales).await;
    let path = format!("/api/v1/leads/{lead}");
    let mut stream = Stream::open(&manager).await;
    assert_eq!(link(&sales, &lead, 1, "T-003").await.errors(), ["customer_code unknown"], "of another store");
    let linked = link(&sales, &lead, 1, "T-001").await;
    assert_eq!(linked.status, 200, "{}", linked.text);
    assert_eq!((&linked.json["customer_code"], linked.header("etag")), (&json!("T-001"), "\"2\""));
    stream.expect_change(&lead).await;
    assert_eq!(link(&sales, &lead, 1, "T-002").await.status, 412, "somebody else was faster");
    assert_eq!(link(&sales, &lead, 2, "T-001").await.json["version"], 2, "the same again changes nothing");

    let matches = sales.get(&format!("{path}/customer-matches")).await.json;
    assert_eq!(matches["linked"]["customer_code"], "T-001");
    assert!(matches["items"].as_array().unwrap().iter().all(|one| one["customer"]["customer_code"] != "T-001"));
    let theirs = sales.get(&format!("{}/timeline", path_of("T-001"))).await.json;
    assert_eq!(theirs["items"][0]["lead_id"], json!(lead));
    let last = json!({"kind": "customer_linked", "from": null, "to": "T-001"});
    assert_eq!(theirs["items"][0]["entries"][0]["event"], last);
    assert_eq!(theirs["elsewhere"], 0);

    let unlinked = sales.end(&format!("{path}/customer"), 2).await;
    assert_eq!((unlinked.status, &unlinked.json["customer_code"]), (200, &Value::Null), "{}", unlinked.text);
    let entries = sales.get(&format!("{path}/timeline")).await.json["items"].as_array().unwrap().clone();
    let kinds: Vec<_> = entries.iter().map(|entry| entry["event"]["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["customer_linked", "customer_linked", "inquiry"]);
    let audit = manager.get(&format!("/api/v1/audit-events?subject=lead:{lead}")).await.json;
    let actions: Vec<_> =
        audit["items"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["lead.customer_unlinked", "lead.customer_linked", "lead.created"]);
    assert_eq!(sales.get(&format!("{}/timeline", path_of("T-001"))).await.json["items"], json!([]));
}

#[tokio::test]
async fn a_customers_timeline_holds_the_leads_that_the_viewer_sees() {
    let house = House::open().await;
    let (sales, administrator) =
        (house.app.sign_in(Role::Salesperson).await, house.app.sign_in(Role::Administrator).await);
    let here = lead_of(&house, &sales).await;
    let elsewhere = administrator.create("/api/v1/leads", &similar_lead(house.app.second_store)).await;
    for lead in [&here, elsewhere.id()] {
        assert_eq!(link(&administrator, lead, 1, "T-001").await.status, 200);
    }
    let seen = sales.get(&format!("{}/timeline", path_of("T-001"))).await;
    assert_eq!((seen.json["items"].as_array().unwrap().len(), &seen.json["elsewhere"]), (1, &json!(1)));
    assert!(!seen.text.contains(elsewhere.id()));
    // Who became part of another customer brings their leads along.
    house.control().merge_customers("T-001", "T-002").unwrap();
    house.read().await;
    let merged = administrator.get(&format!("{}/timeline", path_of("T-002"))).await.json;
    assert_eq!(merged["items"].as_array().unwrap().len(), 2);
    let matches = sales.get(&format!("/api/v1/leads/{here}/customer-matches")).await.json;
    assert_eq!(matches["linked"]["customer_code"], "T-002");
}

#[tokio::test]
async fn a_customer_who_is_gone_leaves_the_lead_and_a_lead_who_is_erased_leaves_the_customer() {
    let house = House::open().await;
    let (sales, administrator) =
        (house.app.sign_in(Role::Salesperson).await, house.app.sign_in(Role::Administrator).await);
    let (gone, erased) = (lead_of(&house, &sales).await, lead_of(&house, &sales).await);
    assert_eq!(link(&sales, &gone, 1, "T-002").await.status, 200);
    house.control().delete(Theirs::Customers, "T-002").unwrap();
    house.read().await;
    let left = places_of(&house.app.settings.url, &["T-002"]).await;
    assert!(
        !left.iter().any(|place| place.starts_with("customers.") || place.starts_with("customer_handles.")),
        "{left:?}"
    );
    let matches = sales.get(&format!("/api/v1/leads/{gone}/customer-matches")).await.json;
    assert_eq!(matches["linked"], Value::Null);
    assert_eq!(sales.end(&format!("/api/v1/leads/{gone}/customer"), 2).await.status, 200);

    assert_eq!(link(&sales, &erased, 1, "T-005").await.status, 200);
    let path = format!("/api/v1/leads/{erased}");
    let reason = json!({"to": "disqualified", "reason": "他社"});
    assert_eq!(sales.create(&format!("{path}/status-changes"), &reason).await.status, 201);
    let done = administrator.act(&format!("{path}/erase"), 3, &json!({"reason": "expired"})).await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert_eq!(done.json["customer_code"], Value::Null);
    assert_eq!(link(&administrator, &erased, 4, "T-005").await.code(), "lead.erased");
    let left = places_of(&house.app.settings.url, &["T-005"]).await;
    let of_extreme = |place: &String| {
        ["customers.", "customer_handles.", "purchases.", "access_events."].iter().any(|table| place.starts_with(table))
    };
    assert!(left.iter().all(of_extreme), "{left:?}");
    assert_eq!(sales.get(&format!("{}/timeline", path_of("T-005"))).await.json["items"], json!([]));
}
