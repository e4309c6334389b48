//! What looks as if no person had sent it, until a person has looked.

use noren_domain::staff::Role;
use serde_json::{Value, json};

use super::Shop;
use crate::harness::Stream;

#[tokio::test]
async fn what_looks_like_no_person_is_held_and_answered_alike() {
    let shop = Shop::open().await;
    let honest = shop.submit(&shop.filled("渡邉").await).await;
    let trapped = {
        let mut body = shop.filled("わな").await;
        body["website"] = json!("https://spam.example");
        body
    };
    let mut forged = shop.filled("にせもの").await;
    forged["ticket"] = json!("AAAA");
    let mut hurried = shop.filled("いそぎ").await;
    let described = shop.app.anonymous().get(&format!("/public/v1/forms/{}", shop.key())).await;
    hurried["ticket"] = described.json["ticket"].clone();
    for body in [&trapped, &forged, &hurried] {
        let answer = shop.submit(body).await;
        assert_eq!((answer.status, &answer.text), (200, &honest.text));
    }
    assert_eq!(shop.leads().await.len(), 1);
    let held = shop.held().await;
    let reasons: Vec<&Value> = held.iter().map(|submission| &submission["suspicions"]).collect();
    assert_eq!(reasons, [&json!(["too_fast"]), &json!(["no_page"]), &json!(["honeypot"])]);
    assert_eq!(shop.manager.get("/api/v1/form-submission-counts").await.json["held"], 3);
}

#[tokio::test]
async fn a_person_accepts_or_dismisses_what_was_held_once() {
    let shop = Shop::open().await;
    for name in ["本物", "迷惑"] {
        let mut body = shop.filled(name).await;
        body["website"] = json!("x");
        shop.submit(&body).await;
    }
    let first = shop.held().await.swap_remove(1);
    let (received, consent) = (first["received_at"].clone(), &first["consent"]);
    assert_eq!((&first["form_name"], &consent["text"]), (&json!("自社HP"), &json!("個人情報の取扱いに同意します。")));
    shop.app.pass(chrono::TimeDelta::minutes(3));
    let held = shop.held().await;
    let path = |at: usize, act: &str| format!("/api/v1/form-submissions/{}/{act}", held[at]["id"].as_str().unwrap());
    let sales = shop.app.sign_in(Role::Salesperson).await;
    let elsewhere = shop.app.sign_in_elsewhere(Role::Manager).await;
    assert_eq!(elsewhere.create(&path(1, "accept"), &json!({})).await.code(), "not_found");
    let accepted = sales.create_as("accept-once", &path(1, "accept"), &json!({})).await;
    assert_eq!((accepted.status, &accepted.json["state"]), (201, &json!("accepted")), "{}", accepted.text);
    let again = sales.create_as("accept-once", &path(1, "accept"), &json!({})).await;
    assert_eq!((again.text, again.headers["idempotency-replayed"].to_str().unwrap()), (accepted.text, "true"));
    assert_eq!(sales.create(&path(1, "dismiss"), &json!({})).await.code(), "settled");
    assert_eq!(sales.create(&path(0, "dismiss"), &json!({})).await.json["state"], "dismissed");
    let leads = shop.leads().await;
    assert_eq!((leads.len(), &leads[0]["name"]), (1, &json!("本物")));
    assert_eq!(leads[0]["received_at"], received, "its clock runs since it was sent");
    assert!(shop.held().await.is_empty());
}

#[tokio::test]
async fn what_was_held_is_accepted_whatever_the_form_asks_by_now() {
    let shop = Shop::open().await;
    let mut body = shop.filled("渡邉 髙志").await;
    body["website"] = json!("x");
    body["answers"]["mail"] = json!("taka@example.jp");
    shop.submit(&body).await;
    let path = format!("/api/v1/forms/{}", shop.form["id"].as_str().unwrap());
    let fields = json!([{"kind": "name", "required": true}, {"kind": "kana", "required": true}, {"kind": "phone", "required": true}]);
    assert_eq!(shop.manager.edit(&path, 1, &json!({"content": {"fields": fields}})).await.status, 200);
    let held = &shop.held().await[0];
    let accept = format!("/api/v1/form-submissions/{}/accept", held["id"].as_str().unwrap());
    let accepted = shop.manager.create(&accept, &json!({})).await;
    assert_eq!(accepted.status, 201, "{}", accepted.text);
    let lead = format!("/api/v1/leads/{}", accepted.json["lead_id"].as_str().unwrap());
    let lead = shop.manager.get(&lead).await.json;
    assert_eq!(
        (&lead["profile"]["mails"][0], &lead["phone_numbers"][0]["digits"]),
        (&json!("taka@example.jp"), &json!("09012345678"))
    );
}

#[tokio::test]
async fn whoever_settles_forms_hears_at_once_of_what_waits() {
    let shop = Shop::open().await;
    let (sales, key) = (shop.app.sign_in(Role::Salesperson).await, shop.app.integrator().await);
    let elsewhere = shop.app.sign_in_elsewhere(Role::Manager).await;
    let mut of_sales = Stream::open(&sales).await;
    let mut of_manager = Stream::open(&shop.manager).await;
    let mut of_key = Stream::open(&key).await;
    let mut of_elsewhere = Stream::open(&elsewhere).await;

    let mut body = shop.filled("わな").await;
    body["website"] = json!("x");
    shop.submit(&body).await;
    let id = shop.held().await[0]["id"].clone();
    for stream in [&mut of_sales, &mut of_manager] {
        let held = stream.expect_kind("form_submission.held").await;
        assert_eq!((&held.data["form_submission_id"], &held.data["version"]), (&id, &json!(1)));
        assert_eq!((&held.data["store_id"], &held.data["staff_id"]), (&json!(shop.app.first_store), &Value::Null));
        assert_eq!(held.data.as_object().unwrap().len(), 7, "nothing that was sent: {}", held.data);
    }
    sales.create(&format!("/api/v1/form-submissions/{}/accept", id.as_str().unwrap()), &json!({})).await;
    for stream in [&mut of_sales, &mut of_manager] {
        stream.expect_kind("lead.created").await;
        let settled = stream.expect_kind("form_submission.settled").await;
        assert_eq!((&settled.data["form_submission_id"], &settled.data["version"]), (&id, &json!(2)));
        assert_eq!(settled.data["staff_id"], json!(sales.id));
    }
    let form = format!("/api/v1/forms/{}", shop.form["id"].as_str().unwrap());
    shop.manager.edit(&form, 1, &json!({"content": {"title": "お問合せ"}})).await;
    let changed = of_manager.expect_kind("form.changed").await;
    assert_eq!((&changed.data["form_id"], &changed.data["version"]), (&shop.form["id"], &json!(2)));

    // Integrators do not settle forms, and salespeople do not look after them.
    let mut elsewhere_too = shop.app.new_lead("高崎の人");
    elsewhere_too["store_id"] = json!(shop.app.second_store);
    elsewhere.create("/api/v1/leads", &elsewhere_too).await;
    sales.create("/api/v1/leads", &shop.app.new_lead("前橋の人")).await;
    for stream in [&mut of_key, &mut of_sales, &mut of_elsewhere] {
        stream.expect_kind("lead.created").await;
    }
    of_key.expect_kind("lead.created").await;
}
