//! Somebody who talks to the server, with the verbs that all users share.

use std::sync::atomic::{AtomicU64, Ordering};

use noren_domain::StaffId;
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use super::{Stream, document};

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    /// The body as JSON, or `null`.
    pub json: Value,
}

impl Answer {
    async fn of(request: RequestBuilder) -> Self {
        let (client, request) = request.build_split();
        let request = request.unwrap();
        let method = request.method().clone();
        let response = client.execute(request).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        // Whoever was sent on is answered there.
        document::require_known(&method, response.url().path(), status);
        let text = response.text().await.unwrap();
        let json = serde_json::from_str(&text).unwrap_or_default();
        Self { status, headers, text, json }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The stable code of a problem, checked for the shape that every problem has.
    pub fn code(&self) -> &str {
        assert_eq!(self.header("content-type"), "application/problem+json", "{} {}", self.status, self.text);
        assert_eq!(self.json["status"], self.status, "{}", self.text);
        assert_eq!(self.json["instance"], self.header("x-request-id"), "{}", self.text);
        self.json["code"].as_str().unwrap_or_default()
    }

    /// Every wrong field with its code.
    pub fn errors(&self) -> Vec<String> {
        let errors = self.json["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|e| format!("{} {}", e["field"].as_str().unwrap(), e["code"].as_str().unwrap())).collect()
    }

    pub fn id(&self) -> &str {
        self.json["id"].as_str().unwrap_or_else(|| panic!("no id in {}", self.text))
    }

    /// The refresh cookie that was set.
    pub fn cookie(&self) -> Option<String> {
        self.cookie_named("__Host-noren_refresh=")
    }

    fn cookie_named(&self, start: &str) -> Option<String> {
        let cookies = self.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
        cookies.filter_map(|cookie| cookie.split(';').next()).find(|pair| pair.starts_with(start)).map(str::to_owned)
    }
}

/// A user; who is not signed in has no token.
#[derive(Clone)]
pub struct User {
    pub id: Option<StaffId>,
    pub token: Option<String>,
    pub cookie: Option<String>,
    /// What the browser is known again by.
    pub tablet: Option<String>,
    client: reqwest::Client,
    address: String,
}

impl User {
    pub fn new(client: reqwest::Client, address: String) -> Self {
        Self { id: None, token: None, cookie: None, tablet: None, client, address }
    }

    /// The same user at another server.
    pub fn at(&self, address: &str) -> Self {
        Self { address: address.to_owned(), ..self.clone() }
    }

    /// Listens to what changes, after an event if one is named.
    pub async fn listen(&self, after: Option<&str>) -> Stream {
        let request = self.request(Method::GET, "/api/v1/events").header("accept", "text/event-stream");
        let request = match after {
            Some(id) => request.header("last-event-id", id),
            None => request,
        };
        Stream::of(request.send().await.unwrap())
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.address));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        Answer::of(request).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(body)).await
    }

    /// A creating POST under a key of its own.
    pub async fn create(&self, path: &str, body: &Value) -> Answer {
        self.create_as(&fresh_key(), path, body).await
    }

    pub async fn create_as(&self, key: &str, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::POST, path).header("idempotency-key", key).json(body)).await
    }

    /// An edit of the version that was seen.
    pub async fn edit(&self, path: &str, version: i64, patch: &Value) -> Answer {
        let request = self.request(Method::PATCH, path).header("if-match", format!("\"{version}\""));
        Answer::of(request.header("content-type", "application/merge-patch+json").body(patch.to_string())).await
    }

    /// A POST to a verb, of the version that was seen.
    pub async fn act(&self, path: &str, version: i64, body: &Value) -> Answer {
        Answer::of(self.request(Method::POST, path).header("if-match", format!("\"{version}\"")).json(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::PUT, path).json(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::DELETE, path)).await
    }

    /// Ends something in the version that was seen.
    pub async fn end(&self, path: &str, version: i64) -> Answer {
        Answer::of(self.request(Method::DELETE, path).header("if-match", format!("\"{version}\""))).await
    }

    /// Signs in and keeps the tokens.
    pub async fn log_in(&mut self, mail: &str, password: &str) -> Answer {
        let body = serde_json::json!({"mail": mail, "password": password});
        let answer = Answer::of(self.of_tablet(Method::POST, "/api/v1/auth/login").json(&body)).await;
        self.keep(&answer);
        answer
    }

    /// A request from the pages of the tablet that the user has in hand.
    pub fn of_tablet(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.address));
        let request = request.header("x-noren", "1").header("sec-fetch-site", "same-origin");
        match &self.tablet {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        }
    }

    /// Tries a PIN for a session of this tablet and keeps the new tokens.
    pub async fn unlock(&mut self, session: &str, pin: &str) -> Answer {
        let body = serde_json::json!({"session_id": session, "pin": pin});
        let answer = Answer::of(self.of_tablet(Method::POST, "/api/v1/auth/unlock").json(&body)).await;
        self.keep(&answer);
        answer
    }

    /// Renews with the kept cookie and keeps the new tokens.
    pub async fn refresh(&mut self) -> Answer {
        let answer = self.refresh_with(&self.cookie.clone().unwrap_or_default()).await;
        self.keep(&answer);
        answer
    }

    pub async fn refresh_with(&self, cookie: &str) -> Answer {
        Answer::of(self.renewal(cookie)).await
    }

    /// As a screen does that nobody has touched for a while.
    pub async fn refresh_unattended(&mut self) -> Answer {
        let cookie = self.cookie.clone().unwrap_or_default();
        let answer = Answer::of(self.renewal(&cookie).header("x-noren-unattended", "1")).await;
        self.keep(&answer);
        answer
    }

    fn renewal(&self, cookie: &str) -> RequestBuilder {
        let request = self.client.post(format!("{}/api/v1/auth/refresh", self.address)).header("cookie", cookie);
        request.header("x-noren", "1").header("sec-fetch-site", "same-origin")
    }

    pub async fn log_out(&self) -> Answer {
        let request = self.request(Method::POST, "/api/v1/auth/logout");
        Answer::of(request.header("x-noren", "1").header("sec-fetch-site", "same-origin")).await
    }

    /// Changes the password and keeps the new tokens.
    pub async fn change_password(&mut self, current: &str, new: &str) -> Answer {
        let body = serde_json::json!({"current_password": current, "new_password": new});
        let request = self.request(Method::POST, "/api/v1/me/password").json(&body);
        let answer = Answer::of(request.header("x-noren", "1").header("sec-fetch-site", "same-origin")).await;
        self.keep(&answer);
        answer
    }

    /// Proves anew who it is, and keeps the new tokens.
    pub async fn step_up(&mut self, password: &str) -> Answer {
        self.step_up_with(&serde_json::json!({"current_password": password})).await
    }

    /// Proves it with all that is asked for.
    pub async fn step_up_with(&mut self, proof: &Value) -> Answer {
        let request = self.request(Method::POST, "/api/v1/auth/step-up").json(proof);
        let answer = Answer::of(request.header("x-noren", "1").header("sec-fetch-site", "same-origin")).await;
        self.keep(&answer);
        answer
    }

    /// Answers what a first factor was answered with, and keeps the tokens.
    pub async fn pass(&mut self, answer: &Value) -> Answer {
        let answer = Answer::of(self.of_tablet(Method::POST, "/api/v1/auth/second-factor").json(answer)).await;
        self.keep(&answer);
        answer
    }

    /// Changes what the caller proves themselves with, and keeps the next tokens.
    pub async fn change(&mut self, method: Method, path: &str, body: &Value) -> Answer {
        let answer = Answer::of(self.request(method, path).json(body)).await;
        if answer.json.get("signed_in").is_some() {
            self.keep(&answer);
        }
        answer
    }

    fn keep(&mut self, answer: &Answer) {
        if answer.status == 200 {
            let signed_in = answer.json.get("signed_in").unwrap_or(&answer.json);
            self.token = signed_in["access_token"].as_str().map(str::to_owned);
            self.cookie = answer.cookie();
            self.tablet = answer.cookie_named("__Host-noren_tablet=").or_else(|| self.tablet.take());
        }
    }
}

/// A key that no request has used.
pub fn fresh_key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("test-key-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A text as it stands in a query or a plain form.
pub fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
