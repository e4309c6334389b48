//! What screens choose from.

use noren_domain::staff::Role;
use serde_json::{Value, json};

use crate::harness::{eventually, spawn_app, spawn_app_with};

#[tokio::test]
async fn the_shipped_sources_are_listed_in_order() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let sources = sales.get("/api/v1/lead-sources").await;
    let items = sources.json["items"].as_array().unwrap();
    assert_eq!(items.len(), 15);
    assert_eq!((&items[0]["code"], &items[0]["name_ja"]), (&"carsensor".into(), &"カーセンサー".into()));
}

#[tokio::test]
async fn a_postal_code_offers_all_of_its_places() {
    let app = spawn_app_with(&[("postal_codes", "true")]).await;
    let sales = app.sign_in(Role::Salesperson).await;
    assert!(
        eventually(
            async || sales.get("/api/v1/postal-codes/4980000").await.json["items"].as_array().unwrap().len() == 2
        )
        .await
    );
    let places = sales.get("/api/v1/postal-codes/498-0000").await;
    let mut prefectures: Vec<&str> =
        places.json["items"].as_array().unwrap().iter().map(|p| p["prefecture"].as_str().unwrap()).collect();
    prefectures.sort_unstable();
    assert_eq!(prefectures, ["三重県", "愛知県"]);
    assert_eq!(sales.get("/api/v1/postal-codes/0000000").await.json["items"].as_array().unwrap().len(), 0);
    assert_eq!(sales.get("/api/v1/postal-codes/12").await.code(), "not_found");
}

const MASTER: &str = "/api/v1/lead-source-master";

#[tokio::test]
async fn an_administrator_settles_the_sources_as_one_list() {
    let app = spawn_app().await;
    let (administrator, sales) = (app.sign_in(Role::Administrator).await, app.sign_in(Role::Salesperson).await);
    let before = administrator.get(MASTER).await;
    assert_eq!((before.status, before.header("etag")), (200, "\"1\""));
    let mut sources = before.json["content"]["sources"].as_array().unwrap().clone();
    sources.rotate_right(1);
    sources[0]["name_ja"] = "そのほか".into();
    let phone = sources.iter_mut().find(|source| source["code"] == "phone").unwrap();
    phone["active"] = false.into();
    sources.push(
        json!({"code": "youtube", "name_ja": "動画", "name_en": "Video", "first_response_minutes": 45, "active": true}),
    );
    let patch = json!({"content": {"sources": sources}});
    let edited = administrator.edit(MASTER, 1, &patch).await;
    assert_eq!((edited.status, edited.header("etag")), (200, "\"2\""), "{}", edited.text);
    assert_eq!(edited.json["content"]["sources"], Value::from(sources.clone()));
    let listed = sales.get("/api/v1/lead-sources").await;
    assert_eq!(listed.json["items"], Value::from(sources), "what others choose from is in the same order");

    let mut lead = app.new_lead("渡邉 髙志");
    lead["profile"]["source_code"] = "phone".into();
    assert_eq!(sales.create("/api/v1/leads", &lead).await.errors(), ["profile.source_code source.unknown"]);
    lead["profile"]["source_code"] = "youtube".into();
    assert_eq!(sales.create("/api/v1/leads", &lead).await.status, 201);

    let again = administrator.edit(MASTER, 2, &patch).await;
    assert_eq!((again.status, again.header("etag")), (200, "\"2\""), "what changes nothing is no version");
    let stale = administrator.edit(MASTER, 1, &patch).await;
    assert_eq!((stale.status, stale.code()), (412, "stale"));
    assert_eq!(stale.json["current"]["version"], 2);
    let audit = administrator.get("/api/v1/audit-events?limit=200").await;
    let noted = audit.json["items"].as_array().unwrap().iter().find(|event| event["action"] == "lead_sources.edited");
    let changed: Vec<&Value> =
        noted.unwrap()["changes"].as_array().unwrap().iter().map(|change| &change["field"]).collect();
    assert!(changed.contains(&&json!("other")) && changed.contains(&&json!("youtube")), "{changed:?}");
}

#[tokio::test]
async fn a_source_that_leads_may_name_never_goes() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let mut sources = administrator.get(MASTER).await.json["content"]["sources"].as_array().unwrap().clone();
    sources.pop();
    sources[0]["first_response_minutes"] = 0.into();
    sources[1]["code"] = "Carsensor".into();
    let refused = administrator.edit(MASTER, 1, &json!({"content": {"sources": sources}})).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.errors(),
        [
            "content.sources.0.first_response_minutes minutes.range",
            "content.sources.1.code code.form",
            "content.sources sources.missing"
        ]
    );
    assert_eq!(administrator.get(MASTER).await.header("etag"), "\"1\"");
}

#[tokio::test]
async fn an_administrator_sees_what_the_server_stands_on() {
    let app = spawn_app().await;
    let system = app.sign_in(Role::Administrator).await.get("/api/v1/system").await;
    assert_eq!(system.status, 200, "{}", system.text);
    let kind = if app.is_on_postgres() { "postgresql" } else { "sqlite" };
    assert_eq!(system.json["database"]["kind"], kind);
    assert!(
        system.json["database"]["version"].as_str().unwrap().starts_with(|c: char| c.is_ascii_digit()),
        "{}",
        system.text
    );
    assert!(system.json["database"]["migration"].as_str().unwrap().starts_with('m'), "{}", system.text);
    assert_eq!(system.json["started_at"], "2026-11-21T01:00:00Z");
    let parts = system.json["parts"].as_array().unwrap();
    let health = |part: &str| parts.iter().find(|row| row["part"] == part).map(|row| row["healthy"].clone());
    assert_eq!((health("database"), health("schema")), (Some(true.into()), Some(true.into())));
    app.tamper("DELETE FROM seaql_migrations WHERE version LIKE 'm0009%'").await;
    let again = app.sign_in(Role::Administrator).await.get("/api/v1/system").await;
    assert!(again.text.contains(r#"{"part":"schema","healthy":false}"#), "{}", again.text);
}
