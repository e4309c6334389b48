//! A caller of the contract: whatever it is answered is held against the contract first.

use std::collections::BTreeSet;
use std::sync::Mutex;

use noren_extreme_simulator::{Config, Control, Running, Simulator};
use reqwest::header::HeaderMap;
use serde_json::Value;

use super::document::{CONTRACT, Described};

/// A simulator with somebody who calls it.
pub struct Shop {
    pub running: Running,
    pub http: reqwest::Client,
    token: Mutex<String>,
    /// Which statuses each operation was seen to answer.
    pub seen: Mutex<BTreeSet<(String, u16)>>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    /// `null` where it is no JSON.
    pub body: Value,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).map(|value| value.to_str().unwrap().to_owned())
    }

    pub fn text(&self, member: &str) -> String {
        self.body[member].as_str().unwrap_or_else(|| panic!("no {member} in {}", self.body)).to_owned()
    }

    /// The keys of a page's records.
    pub fn keys(&self, member: &str) -> Vec<String> {
        let items = self.body["items"].as_array().unwrap();
        items.iter().map(|item| item[member].as_str().unwrap().to_owned()).collect()
    }
}

/// A request that is being put together.
pub struct Asked<'a> {
    shop: &'a Shop,
    operation: Described,
    path: String,
    pub request: reqwest::RequestBuilder,
    token: Option<String>,
}

impl Shop {
    pub async fn open() -> Self {
        Self::with(&Config::for_tests()).await
    }

    pub async fn with(config: &Config) -> Self {
        let running = Simulator::start(config).unwrap();
        let shop = Self { running, http: client(), token: Mutex::default(), seen: Mutex::default() };
        shop.sign_in().await;
        shop
    }

    pub fn control(&self) -> &Control {
        self.running.control()
    }

    pub async fn sign_in(&self) {
        let token = self.token(None).await;
        *self.token.lock().unwrap() = token;
    }

    /// A token with those scopes, or with all.
    pub async fn token(&self, scope: Option<&str>) -> String {
        let asked = self.ask("issue_token").form(scope);
        let reply = asked.header("authorization", &basic("noren", "a secret of the tests")).go().await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.text("access_token")
    }

    /// Begins a request of an operation.
    pub fn ask(&self, id: &str) -> Asked<'_> {
        let operation = CONTRACT.operation(id);
        let path = format!("{}{}", self.running.url(), operation.path);
        let method = operation.method.parse().unwrap();
        let request = self.http.request(method, "http://set.below/");
        let token = self.token.lock().unwrap().clone();
        let token = (id != "issue_token").then_some(token);
        Asked { shop: self, operation, path, request, token }
    }

    /// The keys of the cars that can be had.
    pub fn free_cars(&self, count: usize) -> Vec<String> {
        use noren_extreme_simulator::Stream::Vehicles;
        let keys = self.control().keys(Vehicles, 1_000).unwrap();
        let is_free = |key: &String| self.control().record(Vehicles, key).unwrap()["status"] == "listed";
        let free: Vec<String> = keys.into_iter().filter(is_free).take(count).collect();
        assert_eq!(free.len(), count);
        free
    }
}

/// Without redirects and without a pool, so that a connection that a fault ended is not met again.
fn client() -> reqwest::Client {
    // Another test of this binary may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).pool_max_idle_per_host(0);
    client.build().unwrap()
}

pub fn basic(id: &str, secret: &str) -> String {
    use base64::Engine;
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("{id}:{secret}").replace(' ', "+")))
}

impl Asked<'_> {
    /// Fills a segment of the path.
    pub fn at(mut self, name: &str, value: &str) -> Self {
        self.path = self.path.replace(&format!("{{{name}}}"), value);
        self
    }

    pub fn query(mut self, query: &str) -> Self {
        self.path = format!("{}?{query}", self.path);
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub fn key(self, key: &str) -> Self {
        self.header("Idempotency-Key", key)
    }

    pub fn json(self, body: &Value) -> Self {
        let content_type =
            if self.operation.method == "PATCH" { "application/merge-patch+json" } else { "application/json" };
        let mut asked = self.header("content-type", content_type);
        asked.request = asked.request.body(body.to_string());
        asked
    }

    pub fn form(self, scope: Option<&str>) -> Self {
        let scope = scope.map(|scope| format!("&scope={}", scope.replace(' ', "+"))).unwrap_or_default();
        self.raw("application/x-www-form-urlencoded", &format!("grant_type=client_credentials{scope}"))
    }

    pub fn raw(self, content_type: &str, body: &str) -> Self {
        let mut asked = self.header("content-type", content_type);
        asked.request = asked.request.body(body.to_owned());
        asked
    }

    pub fn by(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    pub fn unknown(mut self) -> Self {
        self.token = None;
        self
    }

    /// Sends it, and holds the answer against the contract.
    pub async fn go(self) -> Reply {
        let (shop, operation) = (self.shop, self.operation.clone());
        let reply = self.send().await.unwrap();
        if let Err(wrong) = CONTRACT.check(&operation, &reply) {
            panic!("{} answered {}: {wrong}\n{}", operation.id, reply.status, String::from_utf8_lossy(&reply.bytes));
        }
        shop.seen.lock().unwrap().insert((operation.id, reply.status));
        reply
    }

    /// Sends it, whatever comes back.
    pub async fn send(self) -> reqwest::Result<Reply> {
        let (client, request) = self.request.build_split();
        let mut request = request?;
        *request.url_mut() = self.path.parse().unwrap();
        if let Some(token) = self.token {
            let value = format!("Bearer {token}").parse().unwrap();
            request.headers_mut().entry("authorization").or_insert(value);
        }
        let response = client.execute(request).await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await?.to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or_default();
        Ok(Reply { status, headers, bytes, body })
    }
}
