//! A server of its own for every test: real port, real database, a clock to turn, and people who sign in.

mod binary;
mod client;
mod database;
mod document;
pub mod log;
pub mod smtp;
mod stream;
mod user;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web::Data;
use noren_domain::clock::to_micros;
use noren_domain::staff::{Role, Staff, StaffStatus};
use noren_domain::store::Store;
use noren_domain::{SessionId, StaffId, StoreId, Timestamp};
use noren_persistence::sessions::{RefreshToken, Session};
use noren_persistence::{Actor, Db, sessions, staff, stores};
use noren_server::app::{App, Running, settings};
use noren_server::clock::Clock;
use noren_server::config::Config;
use noren_server::secrets::Keys;
use sha2::{Digest, Sha256};

pub use binary::{Binary, Serving};
pub use client::Trust;
pub use database::{Held, on_postgres, places_of, refuses, tamper};
pub use smtp::{MailServer, Manner};
pub use stream::Stream;
pub use user::{Answer, User, escaped, fresh_key};

/// The password of everybody in tests.
pub const PASSWORD: &str = "indigo paper rain 42 steps";
const SECRET_KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// A clock that tests turn. How long it has gone on knows nothing of how far it was set back.
pub struct TurnableClock {
    now: Mutex<Timestamp>,
    set_back: Mutex<chrono::TimeDelta>,
}

impl Clock for TurnableClock {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    fn elapsed(&self) -> Duration {
        (self.now() - start() + *self.set_back.lock().unwrap()).to_std().unwrap()
    }
}

/// A running server with two stores.
pub struct TestApp {
    pub address: String,
    pub app: Data<App>,
    pub db: Db,
    pub clock: Arc<TurnableClock>,
    pub first_store: StoreId,
    pub second_store: StoreId,
    pub settings: noren_persistence::Settings,
    client: reqwest::Client,
    server: ServerHandle,
    /// What was set beyond the usual, which its neighbours have too.
    extra: Vec<(String, String)>,
    folder: tempfile::TempDir,
    _database: database::Database,
}

/// Ends the server with its test, so that its connections are free for the next ones.
impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

/// Starts a server with the limits of the shop, but for sign-ins from one address.
pub async fn spawn_app() -> TestApp {
    spawn_app_with(&[]).await
}

/// Starts a server with some settings of its own.
pub async fn spawn_app_with(extra: &[(&str, &str)]) -> TestApp {
    let database = database::Database::create().await;
    let folder = files();
    let config = config(&database.url, folder.path(), extra);
    let clock = Arc::new(TurnableClock { now: Mutex::new(start()), set_back: Mutex::default() });
    let settings = settings(&config, &Keys::load(&config).unwrap());
    let app = App::build(config, clock.clone()).await.unwrap();
    let db = app.db.clone();
    let (first_store, second_store) = (open_store(&db, "001", "前橋店").await, open_store(&db, "002", "高崎店").await);
    let (app, address, server) = serve(app);
    let authority = app.tls.as_ref().and_then(|tls| Some(tls.authority()?.0.to_vec().into()));
    let trust = Trust { roots: authority.into_iter().collect(), clock: clock.clone() };
    // Where plain http is sent over to TLS, tests look at that.
    let client = if app.tls.is_some() { trust.client() } else { trust.follower() };
    let extra = extra.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    TestApp {
        address,
        app,
        db,
        clock,
        first_store,
        second_store,
        settings,
        client,
        server,
        extra,
        folder,
        _database: database,
    }
}

/// In memory where there is such a place: a server whose disk is almost full takes no files, and tests run on full disks too.
fn files() -> tempfile::TempDir {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

fn config(database_url: &str, folder: &std::path::Path, extra: &[(&str, &str)]) -> Config {
    let mut values = vec![
        ("listen", "127.0.0.1:0"),
        ("base_url", "http://noren.test"),
        ("data_dir", folder.to_str().unwrap()),
        ("database_url", database_url),
        ("database_connections", "8"),
        ("secret_key", SECRET_KEY),
        ("workers", "2"),
        ("staff_per_minute", "60000"),
        ("api_client_per_minute", "60000"),
        ("search_per_second", "1000"),
        ("logins_per_address", "10000"),
        ("connections_per_address", "10000"),
        ("migrate", "false"),
        ("postal_codes", "false"),
        ("second_factor", "optional"),
    ];
    values.retain(|(name, _)| extra.iter().all(|(other, _)| name != other));
    values.extend(extra);
    Config::with(&values).unwrap()
}

/// A further server process on the same database.
pub struct Neighbour {
    pub app: Data<App>,
    address: String,
    server: ServerHandle,
}

impl Drop for Neighbour {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

impl Neighbour {
    /// The same user, at this server.
    pub fn asked_by(&self, user: &User) -> User {
        user.at(&self.address)
    }
}

/// The server runs on a thread of its own, as actix's workers want.
fn serve(app: App) -> (Data<App>, String, ServerHandle) {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let running = Running::start(app).unwrap();
            let scheme = if running.app.tls.is_some() { "https" } else { "http" };
            tell.send((running.app.clone(), format!("{scheme}://{}", running.address), running.handle())).unwrap();
            running.serve().await.unwrap();
        });
    });
    told.recv().unwrap()
}

fn start() -> Timestamp {
    to_micros("2026-11-21T01:00:00Z".parse().unwrap())
}

async fn open_store(db: &Db, code: &str, name: &str) -> StoreId {
    let id = StoreId::mint(start());
    let tx = db.begin(Actor::system(start())).await.unwrap();
    stores::insert(&tx, &Store::named(id, code, name, start())).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Waits for what happens beside the requests, half a minute at most.
pub async fn eventually(happened: impl AsyncFn() -> bool) -> bool {
    let until = tokio::time::Instant::now() + Duration::from_secs(30);
    while tokio::time::Instant::now() < until {
        if happened().await {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    false
}

impl TestApp {
    /// Starts a further server on the same database.
    pub async fn neighbour(&self) -> Neighbour {
        let extra: Vec<(&str, &str)> = self.extra.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let config = config(&self.settings.url, self.folder.path(), &extra);
        let app = App::build(config, self.clock.clone()).await.unwrap();
        let (app, address, server) = serve(app);
        Neighbour { app, address, server }
    }

    /// Changes rows behind Noren's back, and says how many.
    pub async fn tamper(&self, statement: &str) -> u64 {
        database::tamper(&self.settings.url, statement).await
    }

    /// Has somebody else stand in the way of every write.
    pub async fn hold_writes(&self) -> Held {
        database::hold(&self.settings.url).await
    }

    /// Has somebody else use a key for a request that is still in work.
    pub async fn hold_key(&self, principal: &str, operation: &str, key: &str) -> Held {
        database::hold_key(&self.settings.url, [principal, operation, key]).await
    }

    pub fn is_on_postgres(&self) -> bool {
        on_postgres()
    }

    /// Takes the database away (PostgreSQL alone: a file cannot be cut off), or gives it back.
    pub async fn allow_connections(&self, allow: bool) {
        database::allow_connections(&self.settings.url, allow).await;
    }

    /// Where plain http is sent over to TLS.
    pub fn plain(&self) -> User {
        let ports = self.app.tls.as_ref().unwrap().ports.get().unwrap();
        self.anonymous().at(&format!("http://127.0.0.1:{}", ports.http.unwrap()))
    }

    /// The mails in the folder that they are put into where no mail server is set.
    pub fn mails_in_folder(&self) -> Vec<smtp::Arrived> {
        let Ok(files) = std::fs::read_dir(self.folder.path().join("mail")) else { return Vec::new() };
        let files = files.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "eml"));
        files.map(|path| smtp::arrived(&std::fs::read_to_string(path).unwrap())).collect()
    }

    pub fn clock_now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Lets time pass.
    pub fn pass(&self, time: chrono::TimeDelta) {
        *self.clock.now.lock().unwrap() += time;
    }

    /// Sets the clock back, while no time passes.
    pub fn set_back(&self, time: chrono::TimeDelta) {
        *self.clock.now.lock().unwrap() -= time;
        *self.clock.set_back.lock().unwrap() += time;
    }

    /// The time that it will be.
    pub fn clock_in(&self, time: chrono::TimeDelta) -> Timestamp {
        self.clock.now() + time
    }

    /// A person of the first store with this role, not signed in.
    pub async fn hire(&self, role: Role) -> Staff {
        self.hire_at(role, &[self.first_store]).await
    }

    /// A person who works at these stores.
    pub async fn hire_at(&self, role: Role, stores: &[StoreId]) -> Staff {
        let id = StaffId::mint(self.clock.now());
        let name = id.0.simple().to_string();
        let person = Staff {
            id,
            code: name.clone(),
            name: "佐久間 涼".into(),
            kana: "サクマ リョウ".into(),
            mail: format!("{name}@noren.test"),
            role,
            status: StaffStatus::Active,
            stores: stores.to_vec(),
            has_pin: false,
            created_at: self.clock.now(),
            version: 1,
        };
        let tx = self.db.begin(Actor::system(self.clock.now())).await.unwrap();
        staff::insert(&tx, &person, Some(database::password_hash().await)).await.unwrap();
        tx.commit().await.unwrap();
        person
    }

    /// Has an administrator suspend a person.
    pub async fn suspend(&self, person: StaffId) {
        let administrator = self.sign_in(Role::Administrator).await;
        let path = format!("/api/v1/staff/{person}/suspend");
        let suspended = administrator.act(&path, 1, &serde_json::json!({})).await;
        assert_eq!(suspended.status, 200, "{}", suspended.text);
    }

    /// Somebody who is not signed in.
    pub fn anonymous(&self) -> User {
        User::new(self.client.clone(), self.address.clone())
    }

    /// A signed-in person of the first store.
    pub async fn sign_in(&self, role: Role) -> User {
        let person = self.hire(role).await;
        self.sign_in_as(&person).await
    }

    /// A signed-in person of the second store.
    pub async fn sign_in_elsewhere(&self, role: Role) -> User {
        let person = self.hire_at(role, &[self.second_store]).await;
        self.sign_in_as(&person).await
    }

    pub async fn sign_in_as(&self, person: &Staff) -> User {
        let mut user = self.anonymous();
        let answer = user.log_in(&person.mail, PASSWORD).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        user.id = Some(person.id);
        user
    }

    /// Many sessions of one person, as after a sign-in: so many passwords would take too long.
    pub async fn sign_in_without_password(&self, person: &Staff, times: usize) -> Vec<User> {
        let now = self.clock.now();
        let tx = self.db.begin(Actor::system(now)).await.unwrap();
        let mut users = Vec::new();
        for number in 0..times {
            let session = Session {
                id: SessionId::mint(now),
                staff_id: person.id,
                device: String::new(),
                created_at: now,
                last_seen_at: now,
                expires_at: now + chrono::TimeDelta::hours(12),
                ended_at: None,
                tablet: None,
                locked_at: None,
                wrong_pins: 0,
                customer_view: None,
                authenticated_at: now,
            };
            sessions::insert(&tx, &session).await.unwrap();
            let token = format!("{}-{number}", user::fresh_key());
            let hash = Sha256::digest(token.as_bytes()).into();
            let row = RefreshToken { hash, session_id: session.id, issued_at: now, used_at: None, successor: None };
            sessions::insert_token(&tx, &row).await.unwrap();
            let mut user = self.anonymous();
            user.token = Some(self.app.access_tokens.issue(person.id, session.id, now).unwrap());
            user.cookie = Some(format!("__Host-noren_refresh={token}"));
            user.id = Some(person.id);
            users.push(user);
        }
        tx.commit().await.unwrap();
        users
    }

    /// An integrator with a key for the first store that may do all that keys may.
    pub async fn integrator(&self) -> User {
        self.integrator_with(&serde_json::json!({})).await.0
    }

    /// An integrator whose key differs from that in some parts, and the key's path.
    pub async fn integrator_with(&self, parts: &serde_json::Value) -> (User, String) {
        let administrator = self.sign_in(Role::Administrator).await;
        let answer = administrator.create("/api/v1/api-clients", &self.new_key(parts)).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        let mut user = self.anonymous();
        user.token = answer.json["key"].as_str().map(str::to_owned);
        (user, answer.header("location").to_owned())
    }

    /// The body of a new key of the first store, with some parts of its own.
    pub fn new_key(&self, parts: &serde_json::Value) -> serde_json::Value {
        let mut profile = serde_json::json!({
            "name": format!("ポータル連携 {}", user::fresh_key()),
            "scopes": noren_domain::api_client::Scope::ALL,
            "store_ids": [self.first_store],
            "expires_at": self.clock.now() + chrono::TimeDelta::days(30),
        });
        for (name, value) in parts.as_object().unwrap() {
            profile[name] = value.clone();
        }
        serde_json::json!({"profile": profile})
    }

    /// A user of each kind, of the first store.
    pub async fn user_of(&self, role: Role) -> User {
        if role == Role::ApiClient { self.integrator().await } else { self.sign_in(role).await }
    }

    /// The body of a new lead of the first store.
    pub fn new_lead(&self, name: &str) -> serde_json::Value {
        serde_json::json!({
            "store_id": self.first_store,
            "profile": {"source_code": "walk_in", "name": name, "phones": ["090-1234-5678"], "temperature": "this_month"},
            "inquiry": "週末に実車を見たいです。"
        })
    }
}
