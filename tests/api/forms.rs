//! フォーム: settled by staff, filled in by the public, from our page and from other sites.

use noren_domain::staff::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp, User, escaped, spawn_app, spawn_app_with};

const SITE: &str = "https://www.dealer.example";

fn content(app: &TestApp) -> Value {
    json!({
        "store_id": app.first_store, "source_code": "own_site", "name": "自社HP", "title": "お問い合わせ",
        "fields": [
            {"kind": "name", "required": true}, {"kind": "kana", "required": false}, {"kind": "phone", "required": false},
            {"kind": "mail", "required": false}, {"kind": "address", "required": false}, {"kind": "message", "required": false}
        ],
        "origins": [SITE], "consent": "個人情報の取扱いに同意します。", "active": true
    })
}

/// A form with somebody who looks after it.
struct Shop {
    app: TestApp,
    manager: User,
    form: Value,
}

impl Shop {
    async fn open() -> Self {
        Self::on(spawn_app().await).await
    }

    async fn on(app: TestApp) -> Self {
        let manager = app.sign_in(Role::Manager).await;
        let created = manager.create("/api/v1/forms", &json!({"content": content(&app)})).await;
        assert_eq!(created.status, 201, "{}", created.text);
        Self { form: created.json, app, manager }
    }

    fn key(&self) -> &str {
        self.form["key"].as_str().unwrap()
    }

    /// A ticket of a page that was opened some seconds ago.
    async fn ticket(&self) -> String {
        let described = self.app.anonymous().get(&format!("/public/v1/forms/{}", self.key())).await;
        assert_eq!(described.status, 200, "{}", described.text);
        self.app.pass(chrono::TimeDelta::seconds(5));
        described.json["ticket"].as_str().unwrap().to_owned()
    }

    async fn filled(&self, name: &str) -> Value {
        let answers = json!({"name": name, "phone": "０９０－１２３４－５６７８", "message": "週末に実車を見たいです"});
        json!({"ticket": self.ticket().await, "answers": answers, "consent": true})
    }

    async fn submit(&self, body: &Value) -> Answer {
        self.submit_from(body, &[]).await
    }

    async fn submit_from(&self, body: &Value, headers: &[(&str, &str)]) -> Answer {
        let visitor = self.app.anonymous();
        let request = visitor.request(Method::POST, &format!("/public/v1/forms/{}/submissions", self.key()));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        visitor.send(request.json(body)).await
    }

    /// From the hosted page.
    async fn post_plain(&self, pairs: &[(&str, &str)]) -> Answer {
        self.post_plain_to(&format!("/f/{}/submissions", self.key()), pairs).await
    }

    /// From a page of the dealer's own.
    async fn post_plain_from_site(&self, pairs: &[(&str, &str)]) -> Answer {
        self.post_plain_to(&format!("/public/v1/forms/{}/submissions", self.key()), pairs).await
    }

    async fn post_plain_to(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let visitor = self.app.anonymous();
        let body: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        let request = visitor.request(Method::POST, path);
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(body.join("&"));
        visitor.send(request).await
    }

    async fn leads(&self) -> Vec<Value> {
        self.manager.get("/api/v1/leads?limit=200").await.json["items"].as_array().unwrap().clone()
    }

    async fn held(&self) -> Vec<Value> {
        let held = self.manager.get("/api/v1/form-submissions?state=held&limit=200").await;
        held.json["items"].as_array().unwrap().clone()
    }
}

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
    assert!(noren_persistence::audit::verify(&shop.app.db).await.unwrap().bad.is_empty());
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
    let received = shop.held().await[1]["received_at"].clone();
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

#[tokio::test]
async fn the_hosted_page_works_without_scripts() {
    let shop = Shop::open().await;
    let path = format!("/f/{}", shop.key());
    let page =
        shop.app.anonymous().get(&format!("{path}?utm_source=google&page=https%3A%2F%2Fwww.dealer.example%2F")).await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("frame-ancestors 'self' https://www.dealer.example") && !policy.contains("wasm"),
        "{policy}"
    );
    for part in ["<label for=\"name\">", "name=\"utm_source\" value=\"google\"", "個人情報の取扱いに同意します。"]
    {
        assert!(page.text.contains(part), "{part}");
    }
    let ticket = page.text.split("name=\"ticket\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    shop.app.pass(chrono::TimeDelta::minutes(1));
    let broken = shop.post_plain(&[("ticket", &ticket), ("name", "<b>渡邉</b>"), ("phone", "090")]).await;
    assert_eq!(broken.status, 422);
    assert!(
        broken.text.contains("value=\"&#60;b&#62;渡邉&#60;/b&#62;\""),
        "what was typed stays, as text: {}",
        broken.text
    );
    assert!(broken.text.contains("電話番号を確かめてください") && broken.text.contains("role=\"alert\""));
    let sent = shop
        .post_plain(&[
            ("ticket", &ticket),
            ("name", "渡邉"),
            ("phone", "090-1234-5678"),
            ("consent", "1"),
            ("utm_source", "google"),
        ])
        .await;
    assert_eq!(sent.status, 200, "the page of thanks, after a redirect");
    assert!(sent.text.contains("お問い合わせありがとうございます"));
    let leads = shop.leads().await;
    assert_eq!((leads.len(), &leads[0]["name"]), (1, &json!("渡邉")));
    for asset in ["/f/assets/form.css", "/f/assets/form.js", "/embed.js"] {
        let asset = shop.app.anonymous().get(asset).await;
        assert_eq!((asset.status, asset.header("cross-origin-resource-policy")), (200, "cross-origin"));
    }
}

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

#[tokio::test]
async fn a_postal_code_fills_the_address_without_scripts() {
    let shop = Shop::open().await;
    shop.app.tamper("INSERT INTO postal_codes (postal_code, position, municipality_code, prefecture, city, town, prefecture_kana, city_kana, town_kana)
        VALUES ('3710024', 1, '10201', '群馬県', '前橋市', '表町', 'グンマケン', 'マエバシシ', 'オモテチョウ')").await;
    let visitor = shop.app.anonymous();
    let fill = |code: &'static str| {
        let request = visitor.request(Method::POST, &format!("/f/{}", shop.key()));
        visitor.send(
            request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(format!("name=x&postal_code={code}")),
        )
    };
    let filled = fill("371-0024").await;
    assert!(filled.text.contains("value=\"群馬県\"") && filled.text.contains("value=\"前橋市\""), "{}", filled.text);
    assert!(fill("999-9999").await.text.contains("住所が見つかりません"));
    assert!(fill("12").await.text.contains("郵便番号は7桁です"));
    let asked = visitor.get(&format!("/public/v1/forms/{}/postal-codes/3710024", shop.key())).await;
    assert_eq!(asked.json["items"][0]["town"], "表町");
}

/// What a person agreed to is what stood on their page.
#[tokio::test]
async fn words_of_consent_that_changed_meanwhile_are_agreed_to_anew() {
    let shop = Shop::open().await;
    let body = shop.filled("渡邉").await;
    let page = shop.app.anonymous().get(&format!("/f/{}", shop.key())).await;
    let ticket = ticket_in(&page.text);
    shop.app.pass(chrono::TimeDelta::seconds(5));
    let path = format!("/api/v1/forms/{}", shop.form["id"].as_str().unwrap());
    let edited = shop.manager.edit(&path, 1, &json!({"content": {"consent": "第三者にも提供します。"}})).await;
    assert_eq!(edited.status, 200, "{}", edited.text);
    assert_eq!(shop.submit(&body).await.errors(), ["consent consent.changed"]);
    let typed = [("ticket", ticket.as_str()), ("name", "渡邉"), ("phone", "090-1234-5678"), ("consent", "1")];
    let again = shop.post_plain(&typed).await;
    assert_eq!(again.status, 422);
    assert!(
        again.text.contains("第三者にも提供します。") && again.text.contains("文面が改まりました"),
        "{}",
        again.text
    );
    assert!(!again.text.contains(" checked"), "nobody has agreed to these words");
    let ticket = ticket_in(&again.text);
    let typed = [("ticket", ticket.as_str()), ("name", "渡邉"), ("phone", "090-1234-5678"), ("consent", "2")];
    assert_eq!(shop.post_plain(&typed).await.status, 200, "the page of thanks");
    let sent = shop.manager.get("/api/v1/form-submissions").await;
    assert_eq!(sent.json["items"][0]["consent"], json!({"text": "第三者にも提供します。", "version": 2}));
    assert_eq!(sent.json["items"][0]["state"], "accepted", "the time since the page was opened is not lost");
}

fn ticket_in(page: &str) -> String {
    page.split("name=\"ticket\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
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
async fn whoever_finds_no_form_finds_a_page() {
    let shop = Shop::open().await;
    let visitor = shop.app.anonymous();
    for path in ["/f/nosuchformxx", "/f/%00", "/f/nosuchformxx/thanks"] {
        let page = visitor.get(path).await;
        assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"), "{path}");
        assert!(page.text.contains("今お使いいただけません"), "{}", page.text);
    }
    let odd = visitor.get(&format!("/f/{}?page=a&page=b&utm_%00=x", shop.key())).await;
    assert_eq!(odd.status, 200, "{}", odd.text);
    let back = visitor.get(&format!("/f/{}/submissions", shop.key())).await;
    assert!(back.status == 200 && back.text.contains("<label for=\"name\">"), "{}", back.text);
    for _ in 0..10 {
        shop.post_plain(&[("name", "渡邉"), ("phone", "090-1234-5678"), ("consent", "1")]).await;
    }
    let busy = shop.post_plain(&[("name", "渡邉"), ("phone", "090-1234-5678")]).await;
    assert_eq!((busy.status, busy.header("content-type")), (429, "text/html; charset=utf-8"));
    assert!(busy.header("retry-after").parse::<i64>().unwrap() >= 1 && busy.text.contains("value=\"渡邉\""));
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
