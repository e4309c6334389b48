//! What an administrator settles about stores.

use noren_domain::staff::Role;
use serde_json::json;

use crate::harness::spawn_app;

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
