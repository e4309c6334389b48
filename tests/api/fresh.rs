//! What is sensitive wants a fresh sign-in.

use chrono::TimeDelta;
use noren_domain::staff::Role;
use noren_server::permissions::TABLE;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{PASSWORD, TestApp, User, spawn_app};

/// An administrator who signed in more than ten minutes ago, and is there with new tokens.
async fn at_work(app: &TestApp) -> User {
    let mut administrator = app.sign_in(Role::Administrator).await;
    app.pass(TimeDelta::minutes(11));
    assert_eq!(administrator.refresh().await.status, 200);
    administrator
}

fn key_of(app: &TestApp, name: &str) -> Value {
    app.new_key(&json!({"name": name}))
}

#[tokio::test]
async fn what_is_sensitive_is_refused_until_the_person_proves_again_who_they_are() {
    let app = spawn_app().await;
    let mut administrator = at_work(&app).await;
    let refused = administrator.create("/api/v1/api-clients", &key_of(&app, "ポータル")).await;
    assert_eq!((refused.status, refused.code()), (403, "auth.not_fresh"));
    assert_eq!(administrator.get("/api/v1/api-clients").await.status, 200, "looking is not sensitive");

    let before = administrator.clone();
    let wrong = administrator.step_up("copper maple 7 rivers").await;
    assert_eq!(wrong.errors(), ["current_password password.wrong"]);
    assert_eq!(administrator.step_up(PASSWORD).await.status, 200);
    assert_eq!(administrator.create("/api/v1/api-clients", &key_of(&app, "ポータル")).await.status, 201);

    assert_eq!(before.get("/api/v1/me").await.code(), "auth.expired", "what was handed out before gains nothing");
    assert_eq!(before.refresh_with(before.cookie.as_ref().unwrap()).await.code(), "auth.expired");
    let sessions = administrator.get("/api/v1/me/sessions").await;
    assert_eq!(sessions.json["items"].as_array().unwrap().len(), 1, "it is the same session under another id");

    app.pass(TimeDelta::minutes(10));
    assert_eq!(administrator.refresh().await.status, 200);
    assert_eq!(administrator.create("/api/v1/api-clients", &key_of(&app, "別")).await.code(), "auth.not_fresh");
}

#[tokio::test]
async fn every_sensitive_operation_is_walked_with_an_old_sign_in() {
    let app = spawn_app().await;
    let administrator = at_work(&app).await;
    let document: Value = serde_json::from_str(&noren_server::openapi::Document::get().json).unwrap();
    let mut seen = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            let sensitive = TABLE.iter().any(|row| row.operation == id && row.fresh);
            let said = operation["description"].as_str().is_some_and(|text| text.contains("auth.not_fresh"));
            assert_eq!(said, sensitive, "{id} says so");
            if !sensitive {
                continue;
            }
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let request = administrator.request(method, &path.replace("{id}", "0192f0c1-2345-7abc-8def-0123456789ab"));
            let answer = administrator.send(request.json(&json!({}))).await;
            assert_eq!((answer.status, answer.code()), (403, "auth.not_fresh"), "{id}");
            seen += 1;
        }
    }
    assert!(seen >= 8, "{seen}");
}

#[tokio::test]
async fn a_pin_is_no_fresh_sign_in_and_who_may_not_is_told_that_first() {
    let app = spawn_app().await;
    let (person, sales) = (app.hire(Role::Administrator).await, app.sign_in(Role::Salesperson).await);
    let mut administrator = app.sign_in_as(&person).await;
    let pin = json!({"current_password": PASSWORD, "pin": "274193"});
    assert_eq!(administrator.put("/api/v1/me/pin", &pin).await.status, 204);
    assert_eq!(administrator.post("/api/v1/me/lock", &json!({})).await.status, 204);
    app.pass(TimeDelta::minutes(11));
    let here = administrator.of_tablet(Method::GET, "/api/v1/auth/people");
    let here = administrator.send(here).await;
    let session = here.json["items"][0]["session_id"].as_str().unwrap().to_owned();
    assert_eq!(administrator.unlock(&session, "274193").await.status, 200);
    assert_eq!(administrator.create("/api/v1/api-clients", &key_of(&app, "鍵")).await.code(), "auth.not_fresh");
    assert_eq!(sales.create("/api/v1/api-clients", &key_of(&app, "鍵")).await.code(), "auth.expired");
    let sales = app.sign_in(Role::Salesperson).await;
    app.pass(TimeDelta::minutes(4));
    assert_eq!(sales.create("/api/v1/api-clients", &key_of(&app, "鍵")).await.code(), "forbidden");
}

/// Whoever holds somebody's tablet guesses no further than at the door.
#[tokio::test]
async fn guesses_are_counted_though_they_come_at_once() {
    let app = spawn_app().await;
    let administrator = at_work(&app).await;
    let tries = (0..100).map(|_| {
        let mut user = administrator.clone();
        tokio::spawn(async move { user.step_up("copper maple 7 rivers").await.status })
    });
    let mut looked_at = 0;
    for one in tries.collect::<Vec<_>>() {
        match one.await.unwrap() {
            422 => looked_at += 1,
            status => assert_eq!(status, 429),
        }
    }
    assert_eq!(looked_at, 10);
    let mut user = administrator.clone();
    assert_eq!(user.step_up(PASSWORD).await.code(), "rate.limited", "the right one has to wait too");
}

#[tokio::test]
async fn a_step_up_comes_from_our_own_pages() {
    let app = spawn_app().await;
    let administrator = at_work(&app).await;
    let request = administrator.request(Method::POST, "/api/v1/auth/step-up").header("x-noren", "1");
    let request = request.header("sec-fetch-site", "cross-site").json(&json!({"current_password": PASSWORD}));
    assert_eq!(administrator.send(request).await.code(), "csrf.refused");
}

#[tokio::test]
async fn a_clock_set_back_signs_nobody_out_and_makes_nobody_fresh() {
    let app = spawn_app().await;
    let mut administrator = app.sign_in(Role::Administrator).await;
    app.set_back(TimeDelta::days(1));
    assert_eq!(administrator.get("/api/v1/me").await.status, 200);
    assert_eq!(administrator.refresh().await.status, 200);
    let refused = administrator.create("/api/v1/api-clients", &key_of(&app, "ポータル")).await;
    assert_eq!((refused.status, refused.code()), (403, "auth.not_fresh"));
    assert_eq!(administrator.step_up(PASSWORD).await.status, 200, "and who proves it now is fresh now");
    assert_eq!(administrator.create("/api/v1/api-clients", &key_of(&app, "ポータル")).await.status, 201);
}
