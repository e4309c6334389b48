//! What managers settle about a form.

use noren_domain::staff::Role;
use serde_json::json;

use super::{Shop, content};
use crate::harness::Stream;

#[tokio::test]
async fn a_form_is_settled_by_those_who_look_after_its_store() {
    let shop = Shop::open().await;
    let path = format!("/api/v1/forms/{}", shop.form["id"].as_str().unwrap());
    let sales = shop.app.sign_in(Role::Salesperson).await;
    assert_eq!(sales.get("/api/v1/forms").await.code(), "forbidden");
    let elsewhere = shop.app.sign_in_elsewhere(Role::Manager).await;
    assert_eq!(elsewhere.get(&path).await.code(), "not_found");
    assert_eq!(elsewhere.get("/api/v1/forms").await.json["items"], json!([]));
    let theirs = elsewhere.create("/api/v1/forms", &json!({"content": content(&shop.app)})).await;
    assert_eq!(theirs.errors(), ["content.store_id unknown"]);

    let edited = shop
        .manager
        .edit(&path, 1, &json!({"content": {"consent": "同意します。", "origins": ["https://A.example/x"]}}))
        .await;
    assert_eq!((edited.status, &edited.json["consent_version"]), (200, &json!(2)), "{}", edited.text);
    assert_eq!(edited.json["content"]["origins"], json!(["https://a.example"]));
    let stale = shop.manager.edit(&path, 1, &json!({"content": {"title": "別の題"}})).await;
    assert_eq!((stale.status, &stale.json["current"]["version"]), (412, &json!(2)));
    let wrong =
        json!({"content": {"title": " ", "fields": [{"kind": "name", "required": true}], "source_code": "nowhere"}});
    assert_eq!(shop.manager.edit(&path, 2, &wrong).await.errors(), ["title required", "fields form.contact"]);
    let closed = shop.manager.edit(&path, 2, &json!({"content": {"active": false}})).await;
    assert_eq!(closed.status, 200);
    assert_eq!(shop.app.anonymous().get(&format!("/f/{}", shop.key())).await.status, 404);

    let preview = shop.manager.post("/api/v1/form-previews", &content(&shop.app)).await;
    assert!(preview.json["html"].as_str().unwrap().contains("お問い合わせ") && !preview.text.contains("<script"));
    let mut long = content(&shop.app);
    long["fields"][0]["label"] = "あ".repeat(61).into();
    let refused = shop.manager.post("/api/v1/form-previews", &long).await;
    assert_eq!((refused.status, refused.json["errors"][0]["field"].as_str()), (422, Some("fields.0.label")));
    let events = shop.manager.get("/api/v1/audit-events").await;
    let actions: Vec<&str> =
        events.json["items"].as_array().unwrap().iter().map(|item| item["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["form.edited", "form.edited", "form.created"]);
}

/// Who may see what a customer told does not change with the form.
#[tokio::test]
async fn what_came_to_a_store_stays_there_when_the_form_moves() {
    let shop = Shop::open().await;
    let mut body = shop.filled("渡邉").await;
    body["website"] = json!("x");
    shop.submit(&body).await;
    let administrator = shop.app.sign_in(Role::Administrator).await;
    let path = format!("/api/v1/forms/{}", shop.form["id"].as_str().unwrap());
    let moved = json!({"content": {"store_id": shop.app.second_store}});
    assert_eq!(administrator.edit(&path, 1, &moved).await.status, 200);
    let elsewhere = shop.app.sign_in_elsewhere(Role::Manager).await;
    assert_eq!(elsewhere.get("/api/v1/form-submissions").await.json["items"], json!([]));
    assert_eq!(elsewhere.get("/api/v1/form-submission-counts").await.json["held"], 0);
    let held = shop.held().await;
    assert_eq!(held.len(), 1);
    let accept = format!("/api/v1/form-submissions/{}/accept", held[0]["id"].as_str().unwrap());
    assert_eq!(shop.manager.create(&accept, &json!({})).await.status, 201);
    assert_eq!(shop.leads().await.len(), 1, "and its lead is theirs");
    let audit =
        shop.manager.get(&format!("/api/v1/audit-events?subject=form:{}", shop.form["id"].as_str().unwrap())).await;
    assert_eq!(audit.json["items"][0]["action"], "form.edited", "the store that it left is told");
    let anew = shop.submit(&shop.filled("鈴木").await).await;
    assert_eq!(anew.status, 200);
    assert_eq!(elsewhere.get("/api/v1/form-submissions").await.json["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_form_that_moves_is_told_where_it_was_and_where_it_is() {
    let shop = Shop::open().await;
    let (elsewhere, administrator) =
        (shop.app.sign_in_elsewhere(Role::Manager).await, shop.app.sign_in(Role::Administrator).await);
    let mut streams = [Stream::open(&shop.manager).await, Stream::open(&elsewhere).await];
    let form = format!("/api/v1/forms/{}", shop.form["id"].as_str().unwrap());
    let moved = administrator.edit(&form, 1, &json!({"content": {"store_id": shop.app.second_store}})).await;
    assert_eq!(moved.status, 200, "{}", moved.text);
    for (stream, store) in streams.iter_mut().zip([shop.app.first_store, shop.app.second_store]) {
        assert_eq!(stream.expect_kind("form.changed").await.data["store_id"], json!(store));
    }
}
