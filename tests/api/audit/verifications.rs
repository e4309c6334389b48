//! Verifying the chains by the API, which takes longer than a request may.

use chrono::TimeDelta;
use noren_domain::staff::Role;
use noren_persistence::audit;
use serde_json::{Value, json};

use super::with_history;
use crate::harness::{User, eventually, spawn_app};

const PATH: &str = "/api/v1/audit-verifications";

/// Asks for a walk and waits until it is over.
pub async fn done(administrator: &User) -> Value {
    let asked = administrator.create(PATH, &json!({})).await;
    assert_eq!(asked.status, 202, "{}", asked.text);
    let location = asked.header("location").to_owned();
    over(administrator, &location).await
}

async fn over(administrator: &User, location: &str) -> Value {
    let is_over = async || {
        let state = administrator.get(location).await.json["state"].clone();
        state == "done" || state == "failed"
    };
    assert!(eventually(is_over).await);
    administrator.get(location).await.json
}

#[tokio::test]
async fn a_walk_says_of_every_chain_how_it_stands() {
    let (app, _, _) = with_history().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let heads = audit::heads(&app.db).await.unwrap();
    let walked = done(&administrator).await;
    assert_eq!((&walked["state"], &walked["asked_by_name"]), (&json!("done"), &json!("佐久間 涼")));
    assert_eq!(walked["asked_by"], format!("staff:{}", administrator.id.unwrap()));
    assert!(walked["finished_at"].is_string());
    assert_eq!(walked["entries"], walked["checked"]);
    let chains = walked["chains"].as_array().unwrap();
    let names: Vec<&str> = chains.iter().map(|chain| chain["chain"].as_str().unwrap()).collect();
    assert_eq!(names, ["company".to_owned(), format!("store:{}", app.first_store)]);
    assert_eq!((&chains[0]["chain_name"], &chains[1]["chain_name"]), (&Value::Null, &json!("前橋店")));
    assert!(chains.iter().all(|chain| chain["bad"].is_null()));
    let of_store = heads.iter().find(|head| head.chain == names[1]).unwrap();
    assert_eq!(chains[1]["entries"], of_store.sequence);
    assert_eq!(chains[1]["head_signature"], of_store.signature);
    let listed = administrator.get(PATH).await;
    assert_eq!(listed.json["items"][0], walked, "the result is kept");
    let noted = administrator.get("/api/v1/audit-events?action=audit.verification_asked").await;
    assert_eq!(noted.json["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_walk_names_the_first_entry_that_does_not_fit() {
    let (app, _, _) = with_history().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let altered = "UPDATE audit_events SET actor = 'system' WHERE chain LIKE 'store:%' AND sequence = 3";
    assert_eq!(app.tamper(altered).await, 1);
    let walked = done(&administrator).await;
    assert_eq!(walked["chains"][0]["bad"], Value::Null);
    assert_eq!(walked["chains"][1]["entries"], 2);
    assert_eq!(walked["chains"][1]["bad"], json!({"sequence": 3, "reason": "altered"}));
    app.tamper("DELETE FROM audit_heads WHERE chain LIKE 'store:%'").await;
    let walked = done(&administrator).await;
    assert_eq!(walked["chains"][1]["bad"], json!({"sequence": 1, "reason": "no_head"}));
}

#[tokio::test]
async fn a_walk_is_asked_for_once_and_by_administrators_alone() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let key = "one-and-the-same-walk";
    let first = administrator.create_as(key, PATH, &json!({})).await;
    let again = administrator.create_as(key, PATH, &json!({})).await;
    assert_eq!((first.status, again.status), (202, 202));
    assert_eq!((again.header("idempotency-replayed"), again.id()), ("true", first.id()));
    assert_eq!(administrator.post(PATH, &json!({})).await.code(), "idempotency.required");
    for role in [Role::Manager, Role::Salesperson, Role::ApiClient] {
        let other = app.user_of(role).await;
        assert_eq!(other.create(PATH, &json!({})).await.code(), "forbidden");
        assert_eq!(other.get(first.header("location")).await.code(), "forbidden");
    }
    let unknown = administrator.get(&format!("{PATH}/0192f0c1-2345-7abc-8def-0123456789ab")).await;
    assert_eq!(unknown.code(), "not_found");
}

/// Whoever was at it says nothing any more, so another process goes on; what ended two of them is given up.
#[tokio::test]
async fn a_walk_outlives_the_process_that_was_at_it() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let walked = done(&administrator).await;
    let location = format!("{PATH}/{}", walked["id"].as_str().unwrap());
    let left =
        |attempts| format!("UPDATE audit_verifications SET state = 'running', attempts = {attempts}, chains = '[]'");
    for (attempts, state) in [(1, "done"), (2, "failed")] {
        // Nobody takes it while its lease lasts.
        app.tamper(&left(attempts)).await;
        app.pass(TimeDelta::minutes(1));
        assert_eq!(over(&administrator, &location).await["state"], state, "after {attempts}");
    }
}
