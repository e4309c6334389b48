//! What an administrator settles about stores.

use noren_domain::staff::Role;
use serde_json::json;

use crate::harness::{escaped, spawn_app};

#[tokio::test]
async fn a_store_is_opened_read_and_edited() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let profile = json!({
        "code": "００３", "name": "太田店", "phone": "0276-12-3456",
        "address": {"postal_code": "〒373-0851", "prefecture": "群馬県", "city": "太田市"},
        "hours": [{"weekday": "sunday", "opens": "10:00", "closes": "18:00"}, {"weekday": "monday", "opens": "9:30", "closes": "24:00"}],
        "holidays": [{"from": "2026-12-29", "to": "2027-01-03", "name": "年末年始"}]
    });
    let made = administrator.create("/api/v1/stores", &json!({"profile": profile})).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!((&made.json["profile"]["code"], made.header("etag")), (&json!("003"), "\"1\""));
    assert_eq!(made.json["profile"]["hours"][0], json!({"weekday": "monday", "opens": "09:30", "closes": "24:00"}));
    let path = made.header("location").to_owned();
    assert_eq!(administrator.get(&path).await.json, made.json);

    let edited = administrator.edit(&path, 1, &json!({"profile": {"name": "太田新店", "phone": null}})).await;
    assert_eq!((edited.status, &edited.json["profile"]["phone"]), (200, &json!(null)), "{}", edited.text);
    assert_eq!(edited.json["profile"]["holidays"][0]["name"], "年末年始", "what was not sent stays");
    let stale = administrator.edit(&path, 1, &json!({"profile": {"name": "別の名"}})).await;
    assert_eq!((stale.status, &stale.json["current"]["profile"]["name"]), (412, &json!("太田新店")));
    let same = administrator.edit(&path, 2, &json!({"profile": {"name": "太田新店"}})).await;
    assert_eq!(same.header("etag"), "\"2\"", "nothing has changed");

    let names: Vec<_> = administrator.get("/api/v1/stores").await.json["items"].as_array().unwrap().clone();
    assert_eq!(names.iter().map(|store| store["code"].as_str().unwrap()).collect::<Vec<_>>(), ["001", "002", "003"]);
    for (typed, found) in
        [("太田", vec!["003"]), ("００", vec!["001", "002", "003"]), ("高崎 002", vec!["002"]), ("前橋 002", vec![])]
    {
        let list = administrator.get(&format!("/api/v1/stores?q={}", escaped(typed))).await.json["items"].clone();
        let codes = list.as_array().unwrap().iter().map(|store| store["code"].as_str().unwrap());
        assert_eq!(codes.collect::<Vec<_>>(), found, "{typed}");
    }
    let audited = administrator.get("/api/v1/audit-events").await.json["items"].clone();
    let of_store =
        audited.as_array().unwrap().iter().filter(|event| event["subject"].as_str().unwrap().starts_with("store:"));
    assert_eq!(
        of_store.map(|event| event["action"].as_str().unwrap()).collect::<Vec<_>>(),
        ["store.edited", "store.created"]
    );
}

#[tokio::test]
async fn what_is_wrong_about_a_store_is_named() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let create = async |profile| administrator.create("/api/v1/stores", &json!({"profile": profile})).await;
    let taken = create(json!({"code": "001", "name": "太田店"})).await;
    assert_eq!((taken.code(), taken.errors()), ("conflict", vec!["profile.code taken".to_owned()]));
    let wrong =
        json!({"code": "前橋", "name": " ", "hours": [{"weekday": "monday", "opens": "18:00", "closes": "9:00"}]});
    assert_eq!(
        create(wrong).await.errors(),
        ["profile.code code.form", "profile.name required", "profile.hours.0.closes hours.order"]
    );
    for (field, value) in [
        ("profile.hours.0.opens", json!({"hours": [{"weekday": "monday", "opens": "25:00", "closes": "18:00"}]})),
        ("profile.holidays.0.from", json!({"holidays": [{"from": "2027-02-30", "to": "2027-03-01"}]})),
        ("profile.hours.0.weekday", json!({"hours": [{"weekday": "月", "opens": "9:00", "closes": "18:00"}]})),
    ] {
        let refused = create(value).await;
        assert_eq!(
            (refused.status, refused.json["errors"][0]["field"].as_str()),
            (422, Some(field)),
            "{}",
            refused.text
        );
    }
}

#[tokio::test]
async fn only_who_works_there_reads_a_store() {
    let app = spawn_app().await;
    let path = format!("/api/v1/stores/{}", app.first_store);
    let (here, elsewhere) = (app.sign_in(Role::Salesperson).await, app.sign_in_elsewhere(Role::Manager).await);
    assert_eq!(here.get(&path).await.status, 200);
    assert_eq!(elsewhere.get(&path).await.code(), "not_found");
    assert_eq!(here.edit(&path, 1, &json!({"profile": {"name": "x"}})).await.code(), "forbidden");
}

#[tokio::test]
async fn a_store_closes_for_good_when_nothing_is_left_there() {
    let app = spawn_app().await;
    let administrator = app.sign_in_elsewhere(Role::Administrator).await;
    let path = format!("/api/v1/stores/{}", app.first_store);
    let person = app.hire(Role::Salesperson).await;
    let retired = app.hire(Role::Salesperson).await;
    let lead = administrator.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    let content = json!({
        "store_id": app.first_store, "source_code": "own_site", "name": "自社HP", "language": "ja", "title": "お問い合わせ",
        "fields": [{"kind": "name", "required": true}, {"kind": "phone", "required": true}], "origins": [], "active": true
    });
    let form = administrator.create("/api/v1/forms", &json!({"content": content})).await;
    let act = async |path: &str, version: i64| administrator.act(path, version, &json!({})).await;
    let retire = async |id: noren_domain::StaffId| act(&format!("/api/v1/staff/{id}/retire"), 1).await.status;
    assert_eq!(retire(retired.id).await, 200);
    let left = administrator.get(&format!("{path}/use")).await;
    assert_eq!(left.json, json!({"staff": 1, "leads": 1, "forms": 1}), "{}", left.text);
    let close = format!("{path}/close");
    assert_eq!(act(&close, 1).await.code(), "store.in_use");

    assert_eq!(retire(person.id).await, 200);
    let disqualify = json!({"to": "disqualified", "reason": "連絡がつかない"});
    let changes = format!("/api/v1/leads/{}/status-changes", lead.id());
    assert_eq!(administrator.create(&changes, &disqualify).await.status, 201);
    assert_eq!(act(&close, 1).await.code(), "store.in_use");
    let form_path = format!("/api/v1/forms/{}", form.id());
    assert_eq!(administrator.edit(&form_path, 1, &json!({"content": {"active": false}})).await.status, 200);
    assert_eq!(act(&close, 7).await.code(), "stale");
    let closed = act(&close, 1).await;
    assert_eq!((closed.status, closed.header("etag")), (200, "\"2\""), "{}", closed.text);
    assert!(closed.json["closed_at"].is_string());
    assert_eq!(act(&close, 2).await.code(), "store.closed");

    let listed = administrator.get("/api/v1/stores").await.json["items"].clone();
    assert_eq!(
        (&listed[0]["code"], &listed[1]["code"], &listed[1]["closed"]),
        (&json!("002"), &json!("001"), &json!(true))
    );
    assert_eq!(administrator.create("/api/v1/leads", &app.new_lead("佐藤")).await.errors(), ["store_id store.closed"]);
    let again = administrator.edit(&form_path, 2, &json!({"content": {"active": true}})).await;
    assert_eq!(again.errors(), ["content.store_id store.closed"]);
    let renamed = administrator.edit(&form_path, 2, &json!({"content": {"name": "旧自社HP"}})).await;
    assert_eq!(renamed.status, 200, "what is there can be put in order");
    let back = json!({"to": "working"});
    assert_eq!(administrator.create(&changes, &back).await.code(), "store.closed");
    let newcomer = json!({"profile": {"code": "S9", "name": "小林", "kana": "こばやし", "mail": "kobayashi@noren.test",
        "role": "salesperson", "store_ids": [app.first_store]}});
    assert_eq!(administrator.create("/api/v1/staff", &newcomer).await.errors(), ["profile.store_ids.0 store.closed"]);
    let reinstate = format!("/api/v1/staff/{}/reinstate", retired.id);
    assert_eq!(act(&reinstate, 2).await.code(), "store.closed");

    let reopened = act(&format!("{path}/reopen"), 2).await;
    assert_eq!((reopened.status, &reopened.json["closed_at"]), (200, &json!(null)), "{}", reopened.text);
    assert_eq!(act(&format!("{path}/reopen"), 3).await.code(), "store.open");
    assert_eq!(act(&reinstate, 2).await.status, 200);
    assert_eq!(administrator.create("/api/v1/leads", &app.new_lead("佐藤")).await.status, 201);
    let audited = administrator.get("/api/v1/audit-events").await.text;
    assert!(audited.contains("store.closed") && audited.contains("store.reopened"));
}

/// Nothing slips into a store while it closes.
#[tokio::test]
async fn a_store_that_closes_and_a_lead_that_comes_agree_on_who_was_first() {
    let app = spawn_app().await;
    let administrator = app.sign_in_elsewhere(Role::Administrator).await;
    let path = format!("/api/v1/stores/{}", app.first_store);
    let mut version = 1;
    for round in 0..20 {
        let (close, lead) = (format!("{path}/close"), app.new_lead(&format!("渡邉 {round}")));
        let nothing = json!({});
        let (closed, created) =
            tokio::join!(administrator.act(&close, version, &nothing), administrator.create("/api/v1/leads", &lead));
        assert!(matches!(closed.status, 200 | 409) && matches!(created.status, 201 | 422), "{closed:?} {created:?}");
        assert_ne!(closed.status == 200, created.status == 201, "round {round}");
        if closed.status == 200 {
            assert_eq!(administrator.act(&format!("{path}/reopen"), version + 1, &nothing).await.status, 200);
            version += 2;
        } else {
            let changes = format!("/api/v1/leads/{}/status-changes", created.id());
            let moved = administrator.create(&changes, &json!({"to": "disqualified", "reason": "試し"})).await;
            assert_eq!(moved.status, 201, "{}", moved.text);
        }
    }
}
