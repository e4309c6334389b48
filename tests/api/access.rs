//! 個人情報アクセス記録: who looked at which personal data.

use chrono::TimeDelta;
use noren_domain::staff::Role;
use serde_json::{Value, json};

use crate::audit::rows;
use crate::harness::{Answer, TestApp, User, eventually, spawn_app};

const PATH: &str = "/api/v1/access-events";
const RECORDING: &str = "/api/v1/access-recording";

/// What is recorded of one person, the oldest first, once there are so many.
async fn recorded(administrator: &User, of: &User, many: usize) -> Vec<Value> {
    let path = format!("{PATH}?actor=staff:{}&limit=200", of.id.unwrap());
    let items = async || administrator.get(&path).await.json["items"].as_array().unwrap().clone();
    assert!(eventually(async || items().await.len() >= many).await, "{:?}", items().await);
    let mut items = items().await;
    assert_eq!(items.len(), many, "{items:?}");
    items.reverse();
    items
}

async fn lead(app: &TestApp, by: &User, name: &str) -> String {
    let created = by.create("/api/v1/leads", &app.new_lead(name)).await;
    assert_eq!(created.status, 201, "{}", created.text);
    created.id().to_owned()
}

/// Reads a lead in every way that there is.
async fn look_around(user: &User, id: &str) {
    let paths = [format!("/api/v1/leads/{id}"), "/api/v1/leads".into(), "/api/v1/leads?q=090-1234-5678".into()];
    for path in [&paths[..], &[format!("/api/v1/leads/{id}/timeline")]].concat() {
        let seen = user.get(&path).await;
        assert_eq!(seen.status, 200, "{path} {}", seen.text);
    }
}

fn kinds(looks: &[Value]) -> Vec<&str> {
    looks.iter().map(|look| look["kind"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn every_look_is_recorded_with_who_and_what() {
    let app = spawn_app().await;
    let (sales, administrator) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Administrator).await);
    let id = lead(&app, &sales, "渡邉 髙志").await;
    look_around(&sales, &id).await;
    assert_eq!(sales.get("/api/v1/leads?q=いない").await.json["items"], json!([]), "nobody was seen by that");
    let by_itself = sales.request(reqwest::Method::GET, "/api/v1/leads").header("x-noren-unattended", "1");
    assert_eq!(sales.send(by_itself).await.status, 200);

    let looks = recorded(&administrator, &sales, 5).await;
    assert_eq!(kinds(&looks), ["lead_detail", "lead_list", "lead_search", "timeline", "lead_list"]);
    for look in &looks {
        assert_eq!(look["subjects"], json!([{"id": id, "name": "渡邉 髙志", "erased": false}]));
        assert_eq!((&look["seen"], &look["actor_name"]), (&json!(1), &json!("佐久間 涼")));
        assert!(look["device"].is_string() && look["request_id"].is_string());
    }
    assert_eq!(
        looks.iter().map(|look| look["unattended"] == true).collect::<Vec<_>>(),
        [false, false, false, false, true]
    );
    assert!(!administrator.get(PATH).await.text.contains("090-1234"), "what was searched for is not kept");
    for role in [Role::Manager, Role::Salesperson, Role::ApiClient] {
        assert_eq!(app.user_of(role).await.get(PATH).await.code(), "forbidden");
    }
}

#[tokio::test]
async fn looks_are_found_by_whom_they_showed() {
    let app = spawn_app().await;
    let (sales, administrator) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Administrator).await);
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(lead(&app, &sales, &format!("客 {number}")).await);
    }
    assert_eq!(sales.get(&format!("/api/v1/leads/{}", ids[0])).await.status, 200);
    assert_eq!(sales.get(&format!("/api/v1/leads/{}", ids[1])).await.status, 200);
    assert_eq!(sales.get("/api/v1/leads").await.status, 200);
    let looks = recorded(&administrator, &sales, 3).await;
    assert_eq!((&looks[2]["seen"], looks[2]["subjects"].as_array().unwrap().len()), (&json!(5), 3));
    let whole = administrator.get(&format!("{PATH}/{}", looks[2]["id"].as_str().unwrap())).await;
    assert_eq!(whole.json["subjects"].as_array().unwrap().len(), 5);
    let by_sales = format!("actor=staff:{}", sales.id.unwrap());
    for (id, expected) in [(&ids[0], vec!["lead_list", "lead_detail"]), (&ids[4], vec!["lead_list"])] {
        let found = administrator.get(&format!("{PATH}?{by_sales}&subject_id={id}")).await;
        assert_eq!(kinds(found.json["items"].as_array().unwrap()), expected);
    }
    let details = administrator.get(&format!("{PATH}?{by_sales}&kind=lead_detail&limit=1")).await;
    let next = details.json["next"].as_str().unwrap().to_owned();
    let second = administrator.get(&format!("{PATH}?{by_sales}&kind=lead_detail&limit=1&after={next}")).await;
    assert_eq!(second.json["items"][0]["subjects"][0]["name"], "客 0");
    assert_eq!(second.json["next"], Value::Null);
    assert_eq!(administrator.get(&format!("{PATH}?from=2026-11-22")).await.json["items"], json!([]));
    assert_eq!(administrator.get(&format!("{PATH}?kind=everything")).await.status, 422);
}

#[tokio::test]
async fn each_kind_can_be_switched_off_but_for_exports() {
    let app = spawn_app().await;
    let (sales, administrator) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Administrator).await);
    let (id, key) = (lead(&app, &sales, "渡邉 髙志").await, app.integrator().await);
    let settings = administrator.get(RECORDING).await;
    assert_eq!((settings.header("etag"), &settings.json["settings"]["keep_months"]), ("\"1\"", &json!(36)));
    let kinds_of_leads = ["lead_detail", "lead_list", "lead_search", "timeline"];
    let mut expected = 0;
    for (version, off) in (1..).zip(kinds_of_leads) {
        let patch: serde_json::Map<_, _> =
            kinds_of_leads.iter().map(|kind| ((*kind).to_owned(), json!(*kind != off))).collect();
        let edited = administrator.edit(RECORDING, version, &json!({"settings": patch})).await;
        assert_eq!(
            (edited.status, edited.header("etag")),
            (200, format!("\"{}\"", version + 1).as_str()),
            "{}",
            edited.text
        );
        look_around(&sales, &id).await;
        expected += 3;
        let looks = recorded(&administrator, &sales, expected).await;
        assert!(!kinds(&looks[expected - 3..]).contains(&off), "{off}");
    }
    let off = json!({"settings": {"api_clients": false, "records": false, "keep_months": 12}});
    assert_eq!(administrator.edit(RECORDING, 5, &off).await.status, 200);
    assert_eq!(key.get("/api/v1/leads").await.status, 200);
    assert_eq!(administrator.post("/api/v1/access-exports", &json!({})).await.status, 200);
    look_around(&sales, &id).await;
    recorded(&administrator, &sales, expected + 3).await;
    let all = administrator.get(&format!("{PATH}?limit=200")).await;
    let mine = all.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|look| look["actor"] != format!("staff:{}", sales.id.unwrap()));
    let since: Vec<&str> = mine.map(|look| look["kind"].as_str().unwrap()).collect();
    assert_eq!(since[0], "export");
    assert!(!all.text.contains("api_client:"), "{}", all.text);

    let noted = administrator.get("/api/v1/audit-events?action=access.recording_edited").await;
    let last = &noted.json["items"][0]["changes"];
    assert!(
        last.as_array()
            .unwrap()
            .contains(&json!({"field": "api_clients", "before": "on", "after": "off", "erased": false})),
        "{last}"
    );
}

#[tokio::test]
async fn what_is_recorded_is_settled_in_the_version_that_was_seen() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let off = json!({"settings": {"lead_list": false}});
    assert_eq!(administrator.edit(RECORDING, 1, &off).await.status, 200);
    let stale = administrator.edit(RECORDING, 1, &json!({"settings": {"timeline": false}})).await;
    assert_eq!((stale.status, &stale.json["current"]["settings"]["lead_list"]), (412, &json!(false)));
    let request = administrator.request(reqwest::Method::PATCH, RECORDING).json(&off);
    assert_eq!(administrator.send(request).await.code(), "if_match.required");
    let wrong = administrator.edit(RECORDING, 2, &json!({"settings": {"keep_months": 0}})).await;
    assert_eq!(wrong.errors(), ["settings.keep_months out_of_range"]);
    let unknown = administrator.edit(RECORDING, 2, &json!({"settings": {"export": false}})).await;
    assert_eq!(unknown.errors(), ["settings.export unknown_field"]);
    assert_eq!(app.sign_in(Role::Manager).await.edit(RECORDING, 2, &off).await.code(), "forbidden");
}

#[tokio::test]
async fn looks_wait_while_they_cannot_be_written() {
    let app = spawn_app().await;
    let (sales, administrator) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Administrator).await);
    let id = lead(&app, &sales, "渡邉 髙志").await;
    app.tamper("ALTER TABLE access_events RENAME TO access_events_away").await;
    look_around(&sales, &id).await;
    let refused = administrator.edit(RECORDING, 1, &json!({"settings": {"lead_list": false}})).await;
    assert_eq!(refused.status, 500, "what was seen before is recorded before anything is switched off");
    assert_eq!(administrator.post("/api/v1/access-exports", &json!({})).await.status, 500, "nothing leaves unrecorded");
    app.tamper("ALTER TABLE access_events_away RENAME TO access_events").await;
    recorded(&administrator, &sales, 4).await;
}

#[tokio::test]
async fn old_looks_are_forgotten_when_their_months_are_over() {
    let app = spawn_app().await;
    let (sales, administrator) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Administrator).await);
    lead(&app, &sales, "渡邉 髙志").await;
    assert_eq!(sales.get("/api/v1/leads").await.status, 200);
    recorded(&administrator, &sales, 1).await;
    let path = format!("{PATH}?actor=staff:{}", sales.id.unwrap());
    app.pass(TimeDelta::days(366 * 3));
    let administrator = app.sign_in(Role::Administrator).await;
    // A server keeps house when it starts.
    let _neighbour = app.neighbour().await;
    assert!(eventually(async || administrator.get(&path).await.json["items"] == json!([])).await);
}

#[tokio::test]
async fn the_records_are_exported_with_ids_and_without_names() {
    let app = spawn_app().await;
    let (sales, administrator) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Administrator).await);
    let id = lead(&app, &sales, "渡邉 髙志").await;
    look_around(&sales, &id).await;
    recorded(&administrator, &sales, 4).await;
    let wanted = |format| json!({"format": format, "actor": format!("staff:{}", sales.id.unwrap())});
    let file: Answer = administrator.post("/api/v1/access-exports", &wanted("csv")).await;
    let table = rows(&file);
    assert_eq!(table.len(), 5);
    let place = |heading: &str| table[0].iter().position(|other| other == heading).unwrap();
    assert_eq!(table[1][place("種類")], "timeline");
    assert!(table[1..].iter().all(|row| row[place("見たもののID")] == id && row[place("見た人")] == "佐久間 涼"));
    assert!(!file.text.contains("渡邉"), "{}", file.text);
    let lines = administrator.post("/api/v1/access-exports", &wanted("jsonl")).await;
    let first: Value = serde_json::from_str(lines.text.lines().next().unwrap()).unwrap();
    assert_eq!((&first["subject_ids"], &first["kind"]), (&json!([id]), &json!("timeline")));
    let noted = administrator.get("/api/v1/audit-events?action=access.exported").await;
    assert_eq!(noted.json["items"].as_array().unwrap().len(), 2);
}
