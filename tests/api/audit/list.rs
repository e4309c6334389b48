//! The list of who changed what, as people look for something in it.

use chrono::TimeDelta;
use noren_domain::staff::Role;
use serde_json::{Value, json};

use super::with_history;
use crate::harness::{User, spawn_app};

async fn found(user: &User, query: &str) -> Vec<Value> {
    let page = user.get(&format!("/api/v1/audit-events?{query}")).await;
    assert_eq!(page.status, 200, "{}", page.text);
    page.json["items"].as_array().unwrap().clone()
}

fn actions(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["action"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn entries_are_found_by_who_did_what_to_whom_and_when() {
    let (app, manager, id) = with_history().await;
    // Past midnight in Japan.
    app.pass(TimeDelta::hours(15));
    let administrator = app.sign_in(Role::Administrator).await;
    let key = app.integrator().await;
    assert_eq!(key.create("/api/v1/leads", &app.new_lead("田中")).await.status, 201);

    let person = manager.id.unwrap();
    let by_person = found(&administrator, &format!("actor=staff:{person}")).await;
    assert_eq!(actions(&by_person), ["lead.edited", "lead.edited", "lead.edited", "lead.created", "session.opened"]);
    assert!(by_person.iter().all(|item| item["actor_name"] == "佐久間 涼"));
    let edits = found(&administrator, &format!("actor=staff:{person}&action=lead.edited")).await;
    assert_eq!(edits.len(), 3);
    assert!(edits.iter().all(|item| item["subject_name"] == "渡邉 髙志"));
    let of_area = found(&administrator, "area=lead").await;
    assert_eq!(actions(&of_area), ["lead.created", "lead.edited", "lead.edited", "lead.edited", "lead.created"]);
    assert!(of_area[0]["actor_name"].as_str().unwrap().starts_with("ポータル連携"));
    assert_eq!(found(&administrator, "area=lea").await, Vec::<Value>::new());
    assert_eq!(found(&administrator, &format!("subject=lead:{id}&area=lead&limit=200")).await.len(), 4);
    let of_company = found(&administrator, "chain=company").await;
    assert!(of_company.iter().all(|item| item["chain"] == "company") && !of_company.is_empty());
    assert_eq!(found(&administrator, &format!("chain=store:{}", app.first_store)).await.len(), 5);

    let first_day = found(&administrator, "area=lead&to=2026-11-21").await;
    assert_eq!(first_day.len(), 4);
    let second_day = found(&administrator, "area=lead&from=2026-11-22&to=2026-11-22").await;
    assert_eq!(actions(&second_day), ["lead.created"]);
    assert_eq!(found(&administrator, "from=2026-11-23").await, Vec::<Value>::new());

    let refused = administrator.get("/api/v1/audit-events?chain=everything").await;
    assert_eq!((refused.status, refused.errors()), (422, vec!["chain unknown".to_owned()]));
    assert_eq!(administrator.get("/api/v1/audit-events?from=yesterday").await.status, 422);
    let cursor = administrator.get("/api/v1/audit-events?area=lead&limit=1").await.json["next"].clone();
    let elsewhere = format!("/api/v1/audit-events?area=staff&limit=1&after={}", cursor.as_str().unwrap());
    assert_eq!(administrator.get(&elsewhere).await.code(), "cursor.invalid");
}

#[tokio::test]
async fn a_manager_finds_nothing_of_other_stores_and_of_the_company() {
    let (app, manager, id) = with_history().await;
    let elsewhere = app.sign_in_elsewhere(Role::Manager).await;
    let theirs = json!({"store_id": app.second_store, "profile": {"source_code": "phone", "name": "佐藤"}});
    let lead = elsewhere.create("/api/v1/leads", &theirs).await;
    for query in [
        "chain=company".to_owned(),
        format!("chain=store:{}", app.second_store),
        "area=session".to_owned(),
        format!("subject=lead:{}", lead.id()),
        format!("actor=staff:{}", elsewhere.id.unwrap()),
    ] {
        assert_eq!(found(&manager, &query).await, Vec::<Value>::new(), "{query}");
    }
    let mine = found(&manager, "limit=200").await;
    assert!(mine.iter().all(|item| item["chain"] == format!("store:{}", app.first_store)));
    assert_eq!(found(&elsewhere, &format!("subject=lead:{id}")).await, Vec::<Value>::new());
    assert_eq!(found(&elsewhere, "").await.len(), 1);
    let sales = app.sign_in(Role::Salesperson).await;
    assert_eq!(sales.get("/api/v1/audit-events").await.code(), "forbidden");
    assert_eq!(app.integrator().await.get("/api/v1/audit-events").await.code(), "forbidden");
}

#[tokio::test]
async fn who_may_not_see_a_lead_any_more_reads_no_name_of_it() {
    let app = spawn_app().await;
    let person = app.hire_at(Role::Manager, &[app.first_store, app.second_store]).await;
    let manager = app.sign_in_as(&person).await;
    let theirs = json!({"store_id": app.second_store, "profile": {"source_code": "phone", "name": "佐藤 次郎"}});
    let lead = manager.create("/api/v1/leads", &theirs).await;
    let before = found(&manager, "").await;
    assert_eq!(before[0]["subject_name"], "佐藤 次郎");
    // The lead moves; the chain of the store that it was opened in stays.
    let moved = "UPDATE leads SET store_id = (SELECT id FROM stores WHERE code = '001') WHERE version = 1";
    assert_eq!(app.tamper(moved).await, 1);
    let elsewhere = app.sign_in_elsewhere(Role::Manager).await;
    let after = found(&elsewhere, &format!("subject=lead:{}", lead.id())).await;
    assert_eq!((after.len(), &after[0]["subject_name"]), (1, &Value::Null));
}
