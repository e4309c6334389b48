//! What the public sends from the sites of a form.

use noren_domain::staff::Role;
use reqwest::Method;
use serde_json::{Value, json};

use super::{SITE, Shop};
use crate::harness::spawn_app_with;

#[tokio::test]
async fn a_submission_opens_a_lead_and_is_kept_as_received() {
    let shop = Shop::open().await;
    let mut body = shop.filled("渡邉 髙志").await;
    body["landing_page"] = json!("https://www.dealer.example/harrier");
    body["referrer"] = json!("https://www.google.com/");
    body["campaign"] = json!({"utm_source": "google", "utm_medium": "cpc", "gclid": "x"});
    let received = shop.submit_from(&body, &[("origin", SITE)]).await;
    assert_eq!(received.status, 200, "{}", received.text);
    assert_eq!(received.json.as_object().unwrap().len(), 1, "nothing but thanks");
    let leads = shop.leads().await;
    assert_eq!(
        (leads.len(), &leads[0]["name"], &leads[0]["source_code"]),
        (1, &json!("渡邉 髙志"), &json!("own_site"))
    );
    assert_eq!(leads[0]["status"], "new");
    let path = format!("/api/v1/leads/{}", leads[0]["id"].as_str().unwrap());
    assert_eq!(shop.manager.get(&path).await.json["phone_numbers"][0]["digits"], "09012345678");
    let timeline = shop.manager.get(&format!("{path}/timeline")).await;
    let entry = &timeline.json["items"][0];
    assert_eq!((&entry["staff_id"], &entry["event"]["body"]), (&Value::Null, &json!("週末に実車を見たいです")));
    let via = json!({"form": "自社HP", "visit": {
        "landing_page": "https://www.dealer.example/harrier", "referrer": "https://www.google.com/",
        "campaign": {"utm_medium": "cpc", "utm_source": "google"}
    }});
    assert_eq!(entry["event"]["via"], via);
    let sent = shop.manager.get("/api/v1/form-submissions").await;
    let submission = &sent.json["items"][0];
    assert_eq!(submission["state"], "accepted");
    assert_eq!(submission["lead_id"], leads[0]["id"]);
    assert_eq!(submission["raw"], body.to_string(), "as received");
    assert_eq!(submission["consent"], json!({"text": "個人情報の取扱いに同意します。", "version": 1}));
    assert!(noren_persistence::audit::verify(&shop.app.db).await.unwrap().bad().is_empty());
}

#[tokio::test]
async fn the_answer_is_the_same_for_people_who_are_known() {
    let shop = Shop::open().await;
    let first = shop.submit(&shop.filled("渡邉 髙志").await).await;
    let second = shop.submit(&shop.filled("渡邉 髙志").await).await;
    assert_eq!((first.status, first.text), (second.status, second.text));
    assert_eq!(shop.leads().await.len(), 2, "each opens its own lead");
}

#[tokio::test]
async fn pages_of_the_forms_sites_may_send_and_read_and_no_others() {
    let shop = Shop::open().await;
    let visitor = shop.app.anonymous();
    let path = format!("/public/v1/forms/{}/submissions", shop.key());
    let ask = |origin: &'static str| {
        let request = visitor.request(Method::OPTIONS, &path).header("origin", origin);
        visitor.send(request.header("access-control-request-method", "POST"))
    };
    let allowed = ask(SITE).await;
    assert_eq!((allowed.status, allowed.header("access-control-allow-origin")), (204, SITE));
    assert!(allowed.header("access-control-allow-methods").contains("POST"));
    assert_eq!(allowed.header("access-control-allow-credentials"), "");
    let sent = shop.submit_from(&shop.filled("渡邉").await, &[("origin", SITE)]).await;
    assert_eq!((sent.status, sent.header("access-control-allow-origin"), sent.header("vary")), (200, SITE, "origin"));
    let broken = shop.submit_from(&json!({"answers": {}}), &[("origin", SITE)]).await;
    assert_eq!((broken.status, broken.header("access-control-allow-origin")), (422, SITE), "a refusal is read too");
    for foreign in ["https://evil.example", "null", "https://www.dealer.example.evil.example"] {
        assert_eq!(ask(foreign).await.code(), "csrf.refused", "{foreign}");
        let refused = shop.submit_from(&shop.filled("佐藤").await, &[("origin", foreign)]).await;
        assert_eq!((refused.status, refused.header("access-control-allow-origin")), (403, ""), "{foreign}");
    }
    let ours = shop.submit_from(&shop.filled("佐藤").await, &[("origin", "http://noren.test")]).await;
    assert_eq!(ours.status, 200, "our own page");
    assert_eq!(shop.leads().await.len(), 2);
}

#[tokio::test]
async fn every_broken_input_is_named() {
    let shop = Shop::open().await;
    let answers = json!({"name": "", "kana": "渡辺", "phone": "090", "mail": "x", "postal_code": "1"});
    let broken = shop.submit(&json!({"answers": answers, "consent": false})).await;
    assert_eq!(
        broken.errors(),
        [
            "name required",
            "kana kana.script",
            "phone phone.length",
            "mail mail.form",
            "postal_code postal_code.length",
            "consent required"
        ]
    );
    assert_eq!(shop.submit(&json!({"answers": {"shoe_size": "27"}})).await.errors(), ["answers.shoe_size unknown"]);
    assert_eq!(shop.submit(&json!({"answers": {"message": "あ".repeat(30_000)}})).await.code(), "body.too_large");
    assert!(shop.leads().await.is_empty() && shop.held().await.is_empty());
}

#[tokio::test]
async fn a_repeat_is_one_submission_and_a_change_is_another() {
    let shop = Shop::open().await;
    let body = shop.filled("渡邉").await;
    shop.submit(&body).await;
    shop.submit(&body).await;
    assert_eq!(shop.leads().await.len(), 1, "the very same page was sent twice");
    let mut changed = body.clone();
    changed["answers"]["message"] = json!("やはり日曜に");
    shop.submit(&changed).await;
    assert_eq!(shop.leads().await.len(), 2, "what was changed is not lost");
    let keyed = [("idempotency-key", "from-the-site-1")];
    assert_eq!(shop.submit_from(&shop.filled("佐藤").await, &keyed).await.status, 200);
    let other = shop.submit_from(&shop.filled("鈴木").await, &keyed).await;
    assert_eq!((other.status, other.code()), (422, "idempotency.mismatch"));
}

/// One sender is stopped, many senders are held, and whoever is honest comes through or is kept.
#[tokio::test]
async fn a_flood_leaves_genuine_leads_in() {
    let shop = Shop::on(spawn_app_with(&[("trusted_proxies", "127.0.0.1")]).await).await;
    let ticket = shop.ticket().await;
    let send = async |address: String, name: String| {
        let answers = json!({"name": name, "phone": "090-1234-5678"});
        let body = json!({"ticket": ticket, "answers": answers, "consent": true});
        shop.submit_from(&body, &[("x-forwarded-for", &address)]).await
    };
    for number in 0..10 {
        assert_eq!(send("203.0.113.5".into(), format!("波 {number}")).await.status, 200);
    }
    let stopped = send("203.0.113.5".into(), "波 10".into()).await;
    assert_eq!((stopped.status, stopped.json["violated-policies"][0].as_str()), (429, Some("public_form")));
    assert!(stopped.header("retry-after").parse::<i64>().unwrap() >= 1);
    assert_eq!(send("198.51.100.1".into(), "本物の客".into()).await.status, 200);
    let genuine = |leads: &[Value], name: &str| leads.iter().any(|lead| lead["name"] == name);
    assert!(genuine(&shop.leads().await, "本物の客"));

    let mut held = 0;
    for number in 0..70 {
        let answer = send(format!("192.0.2.{number}"), format!("群れ {number}")).await;
        held += usize::from(answer.status == 200);
    }
    let late = send("198.51.100.2".into(), "遅れて来た本物".into()).await;
    assert_eq!(late.status, 200, "{}", late.text);
    let waiting = shop.held().await;
    assert!(held == 70 && waiting.len() >= 20, "{held} {}", waiting.len());
    let kept = waiting.iter().find(|submission| submission["answers"]["name"] == "遅れて来た本物").unwrap();
    assert_eq!(kept["suspicions"], json!(["flood"]));
}

/// A page of the dealer's own has no ticket; its visitors come back.
#[tokio::test]
async fn a_second_inquiry_in_the_same_words_is_kept_too() {
    let shop = Shop::open().await;
    for _ in 0..2 {
        let sent = shop.post_plain_from_site(&[("name", "渡邉"), ("phone", "090-1234-5678"), ("consent", "1")]).await;
        assert_eq!(sent.status, 200, "{}", sent.text);
        shop.app.pass(chrono::TimeDelta::days(90));
    }
    let manager = shop.app.sign_in(Role::Manager).await;
    assert_eq!(manager.get("/api/v1/form-submission-counts").await.json["held"], 2);
}

#[tokio::test]
async fn a_senders_key_is_a_key_or_is_refused() {
    let shop = Shop::open().await;
    let long = "a".repeat(256);
    for wrong in ["", "short", &long] {
        let refused = shop.submit_from(&shop.filled("渡邉").await, &[("idempotency-key", wrong)]).await;
        assert_eq!(refused.code(), "idempotency.required", "{wrong}");
    }
    let nul =
        json!({"answers": {"name": "渡邉", "phone": "090-1234-5678"}, "consent": true, "campaign": {"utm_\u{0}": "x"}});
    assert_eq!(shop.submit(&nul).await.errors(), ["campaign characters"]);
    assert!(shop.leads().await.is_empty());
}
