//! A repeated creating request creates once.

use std::collections::BTreeSet;

use noren_domain::staff::Role;
use serde_json::json;

use crate::harness::spawn_app;

#[tokio::test]
async fn a_repeat_is_answered_as_before() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let new = app.new_lead("渡邉 髙志");
    let first = sales.create_as("the-same-key", "/api/v1/leads", &new).await;
    let again = sales.create_as("the-same-key", "/api/v1/leads", &new).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, "true"));
    assert_eq!(
        (&again.text, again.header("location"), again.header("etag")),
        (&first.text, first.header("location"), first.header("etag"))
    );
    assert_eq!(first.header("idempotency-replayed"), "");
    assert_eq!(sales.get("/api/v1/lead-counts").await.json["all"], 1);
}

#[tokio::test]
async fn a_key_belongs_to_one_payload_one_caller_and_one_operation() {
    let app = spawn_app().await;
    let (sales, manager) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Manager).await);
    let first = sales.create_as("the-same-key", "/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    let other = sales.create_as("the-same-key", "/api/v1/leads", &app.new_lead("佐藤")).await;
    assert_eq!((other.status, other.code()), (422, "idempotency.mismatch"));
    let of_manager = manager.create_as("the-same-key", "/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    assert_ne!(of_manager.id(), first.id());
    let moved = sales
        .create_as("the-same-key", &format!("/api/v1/leads/{}/status-changes", first.id()), &json!({"to": "working"}))
        .await;
    assert_eq!(moved.status, 201);
}

#[tokio::test]
async fn a_creating_request_needs_a_key() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let new = app.new_lead("渡邉 髙志");
    let missing = sales.post("/api/v1/leads", &new).await;
    assert_eq!((missing.status, missing.code()), (400, "idempotency.required"));
    for key in ["short", "with a space in it"] {
        assert_eq!(sales.create_as(key, "/api/v1/leads", &new).await.code(), "idempotency.required", "{key}");
    }
    let lead = format!("/api/v1/leads/{}", sales.create("/api/v1/leads", &new).await.id());
    for path in ["status-changes", "inquiries"] {
        let answer = sales.post(&format!("{lead}/{path}"), &json!({})).await;
        assert_eq!(answer.code(), "idempotency.required", "{path}");
    }
    let administrator = app.sign_in(Role::Administrator).await;
    assert_eq!(administrator.post("/api/v1/api-clients", &json!({})).await.code(), "idempotency.required");
}

#[tokio::test]
async fn a_repeat_during_the_first_is_told_to_come_again() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let held = app.hold_key(&format!("staff:{}", sales.id.unwrap()), "POST /api/v1/leads", "the-same-key").await;
    let answer = sales.create_as("the-same-key", "/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    // SQLite has one writer, so there the repeat does not come as far as the key.
    let expected = if app.is_on_postgres() { (409, "idempotency.in_progress") } else { (503, "unavailable") };
    assert_eq!(((answer.status, answer.code()), answer.header("retry-after")), (expected, "1"));
    held.release().await;
    assert_eq!(sales.create_as("the-same-key", "/api/v1/leads", &app.new_lead("渡邉 髙志")).await.status, 201);
}

/// An answer of an earlier release has other members than today's.
#[tokio::test]
async fn an_answer_of_an_earlier_release_is_given_again() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let first = sales.create_as("the-same-key", "/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    let earlier = format!("{{\"id\":\"{}\"}}", first.id());
    app.tamper(&format!("UPDATE idempotency_keys SET body = '{earlier}'")).await;
    let again = sales.create_as("the-same-key", "/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    assert_eq!((again.status, again.text), (201, earlier));
}

#[tokio::test]
async fn a_refused_request_may_be_mended_under_the_same_key() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let refused =
        sales.create_as("the-same-key", "/api/v1/leads", &json!({"store_id": app.first_store, "profile": {}})).await;
    assert_eq!(refused.status, 422);
    assert_eq!(sales.create_as("the-same-key", "/api/v1/leads", &app.new_lead("佐藤")).await.status, 201);
}

#[tokio::test]
async fn a_hundred_at_once_with_one_key_are_one_lead() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let new = app.new_lead("渡邉 髙志");
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let (sales, new) = (sales.clone(), new.clone());
        tasks.spawn(async move { sales.create_as("one-key-for-all", "/api/v1/leads", &new).await });
    }
    let mut ids = BTreeSet::new();
    let mut fresh = 0;
    while let Some(answer) = tasks.join_next().await {
        let answer = answer.unwrap();
        match answer.status {
            201 => {
                fresh += usize::from(answer.header("idempotency-replayed").is_empty());
                ids.insert(answer.id().to_owned());
            }
            status => assert_eq!((status, answer.code()), (409, "idempotency.in_progress")),
        }
    }
    assert_eq!((ids.len(), fresh), (1, 1));
    assert_eq!(sales.get("/api/v1/lead-counts").await.json["all"], 1);
}

#[tokio::test]
async fn a_stored_answer_holds_no_key_of_an_integrator() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let new = app.new_key(&json!({}));
    let first = administrator.create_as("a-new-client", "/api/v1/api-clients", &new).await;
    let again = administrator.create_as("a-new-client", "/api/v1/api-clients", &new).await;
    assert_eq!(first.json["client"], again.json["client"]);
    let key = first.json["key"].as_str().unwrap();
    assert!(key.len() > 40 && !again.text.contains(key));
}

#[tokio::test]
async fn a_repeat_is_answered_to_those_alone_who_may_still_see_it() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let created = sales.create_as("the-same-key", "/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    let inquiry = json!({"source_code": "phone", "body": "もう一度"});
    let path = format!("/api/v1/leads/{}/inquiries", created.id());
    assert_eq!(sales.create_as("another-key", &path, &inquiry).await.status, 201);
    app.tamper("UPDATE staff_stores SET store_id = (SELECT id FROM stores WHERE code = '002')").await;
    let again = sales.create_as("the-same-key", "/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    assert_eq!((again.status, again.code()), (404, "not_found"));
    assert!(!again.text.contains("渡邉"));
    assert_eq!(sales.create_as("another-key", &path, &inquiry).await.code(), "not_found");
}
