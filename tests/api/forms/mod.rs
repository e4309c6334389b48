//! フォーム: settled by staff, filled in by the public, from our page and from other sites.

use noren_domain::staff::Role;
use reqwest::Method;
use serde_json::{Value, json};

mod held;
mod page;
mod public;
mod settings;

use crate::harness::{Answer, TestApp, User, escaped, spawn_app};

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
pub struct Shop {
    pub app: TestApp,
    pub manager: User,
    form: Value,
}

impl Shop {
    pub async fn open() -> Self {
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
    pub async fn ticket(&self) -> String {
        let described = self.app.anonymous().get(&format!("/public/v1/forms/{}", self.key())).await;
        assert_eq!(described.status, 200, "{}", described.text);
        self.app.pass(chrono::TimeDelta::seconds(5));
        described.json["ticket"].as_str().unwrap().to_owned()
    }

    async fn filled(&self, name: &str) -> Value {
        let answers = json!({"name": name, "phone": "０９０－１２３４－５６７８", "message": "週末に実車を見たいです"});
        json!({"ticket": self.ticket().await, "answers": answers, "consent": true})
    }

    pub async fn submit(&self, body: &Value) -> Answer {
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

    pub async fn leads(&self) -> Vec<Value> {
        self.manager.get("/api/v1/leads?limit=200").await.json["items"].as_array().unwrap().clone()
    }

    pub async fn held(&self) -> Vec<Value> {
        let held = self.manager.get("/api/v1/form-submissions?state=held&limit=200").await;
        held.json["items"].as_array().unwrap().clone()
    }
}
