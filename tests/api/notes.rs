//! Notes on a lead's timeline, and the colleagues whom they call.

use noren_domain::staff::Role;
use serde_json::json;

use crate::harness::spawn_app;

#[tokio::test]
async fn a_note_stands_on_the_timeline_and_calls_whom_it_mentions() {
    let app = spawn_app().await;
    let (sales, colleague) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Salesperson).await);
    let lead = sales.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await.id().to_owned();
    let mut heard = colleague.listen(None).await;
    let mut others = sales.listen(None).await;
    assert_eq!((heard.next().await.unwrap().name, others.next().await.unwrap().name), ("ready".into(), "ready".into()));
    let path = format!("/api/v1/leads/{lead}/notes");
    let note = json!({"body": "18時以降に\n電話をお願いします", "mentions": [colleague.id]});
    let written = sales.create_as("one-note", &path, &note).await;
    assert_eq!(written.status, 201, "{}", written.text);
    let again = sales.create_as("one-note", &path, &note).await;
    assert_eq!((again.text, again.headers["idempotency-replayed"].to_str().unwrap()), (written.text, "true"));
    assert_eq!(heard.expect_change(&lead).await.data["mentions_me"], true);
    assert_eq!(others.expect_change(&lead).await.data["mentions_me"], false);

    let timeline = sales.get(&format!("/api/v1/leads/{lead}/timeline")).await;
    let event = json!({"kind": "noted", "body": "18時以降に\n電話をお願いします", "mentions": [colleague.id]});
    assert_eq!(
        (&timeline.json["items"][0]["event"], &timeline.json["items"][0]["staff_id"]),
        (&event, &json!(sales.id))
    );
    assert_eq!(sales.get(&format!("/api/v1/leads/{lead}")).await.json["version"], 1, "a note edits nothing");

    assert_eq!(colleague.get("/api/v1/me/mention-counts").await.json["unseen"], 1);
    assert_eq!(sales.get("/api/v1/me/mention-counts").await.json["unseen"], 0);
    let mentions = colleague.get("/api/v1/me/mentions").await;
    let mention = &mentions.json["items"][0];
    assert_eq!((&mention["lead_id"], &mention["seen_at"]), (&json!(lead), &json!(null)));
    assert_eq!((&mention["name"], &mention["staff_id"]), (&json!("渡邉 髙志"), &json!(sales.id)));
    assert_eq!(mention["excerpt"], "18時以降に\n電話をお願いします");
    assert_eq!(colleague.post(&format!("/api/v1/leads/{lead}/see-mentions"), &json!({})).await.status, 204);
    assert_eq!(colleague.get("/api/v1/me/mention-counts").await.json["unseen"], 0);
    assert!(colleague.get("/api/v1/me/mentions").await.json["items"][0]["seen_at"].is_string());
}

#[tokio::test]
async fn a_note_is_written_by_whoever_sees_the_lead_to_whoever_sees_it() {
    let app = spawn_app().await;
    let (owner, colleague) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Salesperson).await);
    let elsewhere = app.sign_in_elsewhere(Role::Manager).await;
    let mut new = app.new_lead("渡邉 髙志");
    new["assignee_id"] = json!(owner.id);
    let path = format!("/api/v1/leads/{}/notes", owner.create("/api/v1/leads", &new).await.id());
    assert_eq!(colleague.create(&path, &json!({"body": "昨日ご来店"})).await.status, 201, "it is not theirs to edit");
    assert_eq!(elsewhere.create(&path, &json!({"body": "x"})).await.code(), "not_found");
    for (note, errors) in [
        (json!({"body": "\u{200B}"}), ["body required"]),
        (json!({"body": "x", "mentions": [elsewhere.id]}), ["mentions.0 mention.elsewhere"]),
        (json!({"body": "x", "mentions": ["0192f0c1-2345-7abc-8def-0123456789ab"]}), ["mentions.0 mention.elsewhere"]),
    ] {
        assert_eq!(owner.create(&path, &note).await.errors(), errors);
    }
    let audit = app.sign_in(Role::Manager).await.get("/api/v1/audit-events?limit=1").await;
    assert_eq!(audit.json["items"][0]["action"], "lead.noted");
    let change = json!({"field": "note", "before": null, "after": "昨日ご来店", "erased": false});
    assert_eq!(audit.json["items"][0]["changes"], json!([change]));
}

#[tokio::test]
async fn mentions_come_by_pages_with_the_beginning_of_each_note() {
    let app = spawn_app().await;
    let (sales, colleague) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Salesperson).await);
    let lead = sales.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await.id().to_owned();
    for body in ["一", "二", &"長".repeat(4_000)] {
        let note = json!({"body": body, "mentions": [colleague.id]});
        assert_eq!(sales.create(&format!("/api/v1/leads/{lead}/notes"), &note).await.status, 201);
        app.pass(chrono::TimeDelta::minutes(1));
    }
    let first = colleague.get("/api/v1/me/mentions?limit=2").await;
    let said = |page: &serde_json::Value| {
        let items = page["items"].as_array().unwrap().iter();
        items.map(|item| item["excerpt"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(said(&first.json), ["長".repeat(160), "二".to_owned()]);
    let after = first.json["next"].as_str().unwrap();
    let second = colleague.get(&format!("/api/v1/me/mentions?after={after}&limit=2")).await;
    assert_eq!((said(&second.json), &second.json["next"]), (vec!["一".to_owned()], &json!(null)));
}

#[tokio::test]
async fn whoever_has_left_a_store_is_not_called_to_its_leads_any_more() {
    let app = spawn_app().await;
    let (sales, colleague) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Salesperson).await);
    let lead = sales.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await.id().to_owned();
    let note = json!({"body": "お願いします", "mentions": [colleague.id]});
    assert_eq!(sales.create(&format!("/api/v1/leads/{lead}/notes"), &note).await.status, 201);
    assert_eq!(colleague.get("/api/v1/me/mention-counts").await.json["unseen"], 1);
    let transfer = "UPDATE staff_stores SET store_id = (SELECT id FROM stores WHERE code = '002')";
    assert!(app.tamper(transfer).await > 0);
    assert_eq!(colleague.get("/api/v1/me/mention-counts").await.json["unseen"], 0);
    assert_eq!(colleague.get("/api/v1/me/mentions").await.json["items"], json!([]));
}
