//! Who changed what, and what happens when somebody changes the record of it.

mod export;
mod list;
pub mod verifications;

pub use export::rows;
use noren_domain::staff::Role;
use noren_persistence::audit::{self, BadEntry, Flaw, Head};
use serde_json::json;

use crate::harness::{TestApp, spawn_app};

async fn with_history() -> (TestApp, crate::harness::User, String) {
    let app = spawn_app().await;
    let manager = app.sign_in(Role::Manager).await;
    let created = manager.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    let id = created.id().to_owned();
    for version in 1..4 {
        let note = json!({"profile": {"note": format!("{version}回目")}});
        assert_eq!(manager.edit(&format!("/api/v1/leads/{id}"), version, &note).await.status, 200);
    }
    (app, manager, id)
}

#[tokio::test]
async fn every_write_is_noted_with_before_and_after() {
    let (app, manager, id) = with_history().await;
    let events = manager.get(&format!("/api/v1/audit-events?subject=lead:{id}")).await;
    let items = events.json["items"].as_array().unwrap();
    let actions: Vec<&str> = items.iter().map(|item| item["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["lead.edited", "lead.edited", "lead.edited", "lead.created"]);
    assert_eq!(items[0]["changes"], json!([{"field": "note", "before": "2回目", "after": "3回目", "erased": false}]));
    assert_eq!(items[0]["actor"], format!("staff:{}", manager.id.unwrap()));
    assert_eq!(items[0]["chain"], format!("store:{}", app.first_store));
    assert!(items[0]["request_id"].is_string());
    assert!(audit::verify(&app.db).await.unwrap().bad().is_empty());
}

/// The entry is part of the change: where it cannot be written, nothing is.
#[tokio::test]
async fn what_cannot_be_audited_does_not_happen() {
    let (app, manager, id) = with_history().await;
    app.tamper("ALTER TABLE audit_heads RENAME TO audit_heads_away").await;
    assert_eq!(manager.create("/api/v1/leads", &app.new_lead("佐藤")).await.status, 500);
    let path = format!("/api/v1/leads/{id}");
    assert_eq!(manager.edit(&path, 4, &json!({"profile": {"note": "5回目"}})).await.status, 500);
    app.tamper("ALTER TABLE audit_heads_away RENAME TO audit_heads").await;
    assert_eq!(manager.get(&path).await.json["version"], 4);
    assert_eq!(manager.get("/api/v1/lead-counts").await.json["all"], 1);
}

#[tokio::test]
async fn a_creation_says_everything_that_was_known() {
    let app = spawn_app().await;
    let manager = app.sign_in(Role::Manager).await;
    let mut new = app.new_lead("渡邉 髙志");
    new["assignee_id"] = json!(manager.id);
    let lead = manager.create("/api/v1/leads", &new).await;
    let events = manager.get(&format!("/api/v1/audit-events?subject=lead:{}", lead.id())).await;
    let changes = events.json["items"][0]["changes"].as_array().unwrap().clone();
    let known: Vec<&str> = changes.iter().map(|change| change["field"].as_str().unwrap()).collect();
    assert_eq!(known, ["source_code", "name", "phones", "temperature", "assignee_id"]);
}

#[tokio::test]
async fn a_manager_sees_the_chains_of_their_stores_and_no_other() {
    let (app, _, _) = with_history().await;
    let elsewhere = app.sign_in_elsewhere(Role::Manager).await;
    assert_eq!(elsewhere.get("/api/v1/audit-events").await.json["items"], json!([]));
    let administrator = app.sign_in(Role::Administrator).await;
    let mut seen = 0;
    let mut path = "/api/v1/audit-events?limit=3".to_owned();
    loop {
        let page = administrator.get(&path).await;
        seen += page.json["items"].as_array().unwrap().len();
        let Some(cursor) = page.json["next"].as_str() else { break };
        path = format!("/api/v1/audit-events?limit=3&after={cursor}");
    }
    assert_eq!(seen, 7, "four of the lead and three sign-ins");
}

#[tokio::test]
async fn tampering_is_found_at_the_first_bad_entry() {
    for (statement, sequence, flaw) in [
        ("UPDATE audit_events SET action = 'lead.read' WHERE chain LIKE 'store:%' AND sequence = 2", 2, Flaw::Altered),
        (
            "UPDATE audit_values SET after = '別の値' WHERE chain LIKE 'store:%' AND sequence = 3",
            3,
            Flaw::ValuesAltered,
        ),
        ("DELETE FROM audit_events WHERE chain LIKE 'store:%' AND sequence = 2", 2, Flaw::Missing),
        ("DELETE FROM audit_events WHERE chain LIKE 'store:%' AND sequence = 4", 4, Flaw::BeforeHead),
        (
            "UPDATE audit_values SET salt = NULL, after = '別の値' WHERE chain LIKE 'store:%' AND sequence = 3",
            3,
            Flaw::ValuesAltered,
        ),
        ("DELETE FROM audit_values WHERE chain LIKE 'store:%' AND sequence = 3", 3, Flaw::ValuesAltered),
        ("DELETE FROM audit_heads WHERE chain LIKE 'store:%'", 1, Flaw::NoHead),
        (
            "UPDATE audit_heads SET sequence = 3, hash = (SELECT hash FROM audit_events AS e
             WHERE e.chain = audit_heads.chain AND e.sequence = 3) WHERE chain LIKE 'store:%'",
            4,
            Flaw::PastHead,
        ),
        ("UPDATE audit_events SET actor = 'system' WHERE chain LIKE 'store:%' AND sequence = 1", 1, Flaw::Altered),
    ] {
        let (app, _, _) = with_history().await;
        assert!(audit::verify(&app.db).await.unwrap().bad().is_empty());
        assert!(app.tamper(statement).await > 0, "{statement}");
        let bad = audit::verify(&app.db).await.unwrap().bad();
        assert_eq!(bad, [BadEntry { chain: format!("store:{}", app.first_store), sequence, flaw }], "{statement}");
    }
}

#[tokio::test]
async fn a_tail_that_was_cut_is_found_by_the_heads_that_were_noted() {
    let (app, _, _) = with_history().await;
    let noted = audit::heads(&app.db).await.unwrap();
    assert!(audit::verify_heads(&app.db, &noted).await.unwrap().is_empty());
    for statement in [
        "UPDATE audit_heads SET sequence = 3, hash = (SELECT hash FROM audit_events AS e
         WHERE e.chain = audit_heads.chain AND e.sequence = 3) WHERE chain LIKE 'store:%'",
        "DELETE FROM audit_values WHERE chain LIKE 'store:%' AND sequence = 4",
        "DELETE FROM audit_events WHERE chain LIKE 'store:%' AND sequence = 4",
    ] {
        assert_eq!(app.tamper(statement).await, 1, "{statement}");
    }
    assert!(audit::verify(&app.db).await.unwrap().bad().is_empty(), "the chain alone does not show it");
    let chain = format!("store:{}", app.first_store);
    let gone = BadEntry { chain: chain.clone(), sequence: 4, flaw: Flaw::HeadGone };
    assert_eq!(audit::verify_heads(&app.db, &noted).await.unwrap(), [gone]);
    let forged = Head { sequence: 3, ..noted.iter().find(|head| head.chain == chain).unwrap().clone() };
    let flaw = Flaw::ForgedHead;
    assert_eq!(audit::verify_heads(&app.db, &[forged]).await.unwrap(), [BadEntry { chain, sequence: 3, flaw }]);
}
