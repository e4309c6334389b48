//! The walk: every operation of the generated document, by nobody and by every role.

use noren_domain::staff::Role;
use noren_server::permissions::{PUBLIC, TABLE};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{User, spawn_app};

pub struct Operation {
    pub id: String,
    pub method: Method,
    pub path: String,
}

pub fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&noren_server::openapi::Document::get().json).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            operations.push(Operation { id, method, path: path.clone() });
        }
    }
    operations
}

async fn call(user: &User, operation: &Operation) -> u16 {
    let id = "0192f0c1-2345-7abc-8def-0123456789ab";
    let path = operation.path.replace("{id}", id).replace("{code}", "3710024").replace("{form_key}", "nothing");
    let path = path.replace("{customer_code}", "C-000001");
    let mut request = user.request(operation.method.clone(), &path);
    if operation.method != Method::GET && operation.method != Method::DELETE {
        request = request.header("idempotency-key", "walk-walk").header("if-match", "\"1\"").json(&json!({}));
    }
    // The answer may be a stream that does not end, so nothing but its status is waited for.
    let request = request.header("x-noren", "1").header("origin", "http://noren.test");
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn every_operation_is_walked_by_every_role() {
    let app = spawn_app().await;
    let operations = operations();
    assert!(operations.len() > 15);
    for role in Role::ALL {
        for operation in &operations {
            if PUBLIC.iter().any(|(id, _)| *id == operation.id) {
                continue;
            }
            let user = app.user_of(role).await;
            let row = TABLE
                .iter()
                .find(|row| row.operation == operation.id)
                .unwrap_or_else(|| panic!("{} has no row", operation.id));
            let status = call(&user, operation).await;
            let expected = row.roles.contains(&role);
            assert_eq!(status != 403, expected, "{role:?} {} {}: {status}", operation.method, operation.path);
            assert_ne!(status, 401, "{role:?} {}", operation.id);
            assert!(status < 500, "{role:?} {}: {status}", operation.id);
        }
    }
}

/// Who edits names the version that they saw, and the document says where.
#[tokio::test]
async fn what_wants_a_version_says_so() {
    let app = spawn_app().await;
    let document: Value = serde_json::from_str(&noren_server::openapi::Document::get().json).unwrap();
    let administrator = app.sign_in(Role::Administrator).await;
    for operation in operations().iter().filter(|operation| operation.method != Method::GET) {
        let method = operation.method.as_str().to_lowercase();
        let parameters =
            document["paths"][&operation.path][&method]["parameters"].as_array().cloned().unwrap_or_default();
        let said = parameters.iter().any(|parameter| parameter["name"] == "If-Match");
        // Signing out would be the end of the walk.
        if operation.id == "log_out" || PUBLIC.iter().any(|(id, _)| *id == operation.id) {
            continue;
        }
        let path = operation.path.replace("{id}", "0192f0c1-2345-7abc-8def-0123456789ab");
        let request = administrator.request(operation.method.clone(), &path).header("idempotency-key", "walk-walk");
        let status = administrator.send(request.json(&json!({}))).await.status;
        assert_eq!(status == 428, said, "{}: {status}", operation.id);
    }
}

/// What the page to sign in asks at every opening: a browser that is not known has no people, and is told so; what a passkey is asked is
/// random; and whether the house waits for its first administrator is no secret.
fn is_harmless(operation: &Operation) -> bool {
    ["list_people_here", "ask_passkey", "read_setup"].contains(&operation.id.as_str())
}

#[tokio::test]
async fn no_operation_is_open_to_nobody_but_those_that_say_so() {
    let app = spawn_app().await;
    for operation in operations() {
        let status = call(&app.anonymous(), &operation).await;
        let public = PUBLIC.iter().any(|(id, _)| *id == operation.id);
        assert!(
            if public { matches!(status, 401 | 404 | 415 | 422) || is_harmless(&operation) } else { status == 401 },
            "{}: {status}",
            operation.id
        );
    }
}

#[tokio::test]
async fn a_key_acts_on_its_own_stores_alone() {
    let app = spawn_app().await;
    let key = app.integrator().await;
    let created = key.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    assert_eq!(created.status, 201, "{}", created.text);
    let elsewhere = json!({"store_id": app.second_store, "profile": {"source_code": "phone", "name": "佐藤"}});
    assert_eq!(key.create("/api/v1/leads", &elsewhere).await.errors(), ["store_id unknown"]);
    let timeline = key.get(&format!("/api/v1/leads/{}/timeline", created.id())).await;
    assert_eq!(timeline.json["items"][0]["staff_id"], Value::Null);
}

#[tokio::test]
async fn colleagues_of_other_stores_are_not_listed() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let stranger = app.sign_in_elsewhere(Role::Salesperson).await;
    let listed = sales.get("/api/v1/staff").await;
    let ids: Vec<&str> =
        listed.json["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [sales.id.unwrap().to_string()]);
    assert!(!listed.text.contains("@noren.test"), "sign-in names stay on the server");
    let stores = stranger.get("/api/v1/stores").await;
    assert_eq!(stores.json["items"].as_array().unwrap().len(), 1);
    assert_eq!(stores.json["items"][0]["name"], "高崎店");
}
