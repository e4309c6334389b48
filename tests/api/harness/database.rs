//! A database for each test: a file on SQLite, a copy of a migrated template on PostgreSQL.

use std::sync::atomic::{AtomicU32, Ordering};

use noren_persistence::audit::AuditKey;
use noren_persistence::{Db, Settings};
use sea_orm::{ConnectionTrait, TransactionTrait};
use tokio::sync::OnceCell;

/// A database that is gone when the test is over.
pub struct Database {
    pub url: String,
    /// Where the file is, on SQLite.
    folder: Option<tempfile::TempDir>,
}

const FILE: &str = "noren.sqlite3";

static TEMPLATE: OnceCell<Database> = OnceCell::const_new();
static PASSWORD_HASH: OnceCell<String> = OnceCell::const_new();

impl Database {
    pub async fn create() -> Self {
        let template = TEMPLATE.get_or_init(Self::migrated).await;
        match &template.folder {
            Some(original) => {
                let folder = tempfile::tempdir().unwrap();
                std::fs::copy(original.path().join(FILE), folder.path().join(FILE)).unwrap();
                Self::in_file(folder)
            }
            None => Self::on_server(&template.url, &format!("TEMPLATE {}", name_in(&template.url))).await,
        }
    }

    /// A database without a schema.
    pub async fn create_empty() -> Self {
        match postgres() {
            Some(server) => Self::on_server(&server, "").await,
            None => Self::in_file(tempfile::tempdir().unwrap()),
        }
    }

    async fn migrated() -> Self {
        let database = Self::create_empty().await;
        let settings = Settings { url: database.url.clone(), max_connections: 4, audit_key: AuditKey([0; 32]) };
        Db::migrate(&settings).await.unwrap();
        database
    }

    fn in_file(folder: tempfile::TempDir) -> Self {
        Self { url: format!("sqlite://{}", folder.path().join(FILE).display()), folder: Some(folder) }
    }

    async fn on_server(url: &str, how: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("noren_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        psql(&with_database(url, "postgres"), &format!("CREATE DATABASE {name} {how}")).await;
        Self { url: with_database(url, &name), folder: None }
    }
}

/// The PostgreSQL server to use; SQLite otherwise.
#[expect(clippy::disallowed_methods, reason = "the harness is told by the environment which database to use")]
fn postgres() -> Option<String> {
    std::env::var("NOREN_TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty())
}

pub fn on_postgres() -> bool {
    postgres().is_some()
}

/// The hash of everybody's password, made once: a hash costs a while.
pub async fn password_hash() -> String {
    let hash = PASSWORD_HASH.get_or_init(|| async { noren_server::hash_password(super::PASSWORD).await.unwrap() });
    hash.await.clone()
}

/// A connection that logs nothing: what a test says in SQL would stand among what the servers log.
async fn connect(url: &str) -> sea_orm::DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(url);
    options.sqlx_logging(false);
    sea_orm::Database::connect(options).await.unwrap()
}

/// Changes rows behind Noren's back.
pub async fn tamper(url: &str, statement: &str) -> u64 {
    let db = connect(url).await;
    db.execute_unprepared(statement).await.unwrap().rows_affected()
}

/// Whether a rule of the schema refuses such a change.
pub async fn refuses(url: &str, statement: &str) -> bool {
    let db = connect(url).await;
    db.execute_unprepared(statement).await.is_err_and(|error| error.to_string().to_lowercase().contains("check"))
}

/// Where in the database one of some words stands: every column of every table is looked through, of whatever type.
pub async fn places_of(url: &str, words: &[&str]) -> Vec<String> {
    let db = connect(url).await;
    let columns = if on_postgres() {
        "SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = 'public'"
    } else {
        "SELECT m.name AS t, p.name AS c FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'"
    };
    let mut places = Vec::new();
    for column in all(&db, columns.to_owned()).await {
        let [table, name]: [String; 2] = ["t", "c"].map(|part| column.try_get("", part).unwrap());
        let bytes = if on_postgres() { format!("CAST(\"{name}\" AS TEXT)") } else { format!("hex(\"{name}\")") };
        let found: Vec<String> = words.iter().map(|word| found_in(&bytes, word)).collect();
        let query = format!("SELECT 1 AS found FROM \"{table}\" WHERE {} LIMIT 1", found.join(" OR "));
        if !all(&db, query).await.is_empty() {
            places.push(format!("{table}.{name}"));
        }
    }
    places.sort();
    places
}

/// PostgreSQL writes bytes in hexadecimal of its own, so a word is looked for as it is and as its bytes.
fn found_in(text: &str, word: &str) -> String {
    let bytes: String = word.bytes().map(|byte| format!("{byte:02x}")).collect();
    if on_postgres() {
        format!("strpos({text}, '{word}') > 0 OR strpos({text}, '{bytes}') > 0")
    } else {
        format!("instr({text}, '{}') > 0", bytes.to_uppercase())
    }
}

async fn all(db: &sea_orm::DatabaseConnection, query: String) -> Vec<sea_orm::QueryResult> {
    let query = sea_orm::Statement::from_string(db.get_database_backend(), query);
    db.query_all_raw(query).await.unwrap()
}

/// Somebody else's unit of work that stands in the way of every write to leads.
pub struct Held(sea_orm::DatabaseTransaction);

/// Begins such a unit of work.
pub async fn hold(url: &str) -> Held {
    let lock =
        if on_postgres() { "LOCK TABLE leads IN ACCESS EXCLUSIVE MODE" } else { "UPDATE leads SET version = version" };
    hold_by(url, lock).await
}

/// Begins one that has claimed an Idempotency-Key.
pub async fn hold_key(url: &str, [principal, operation, key]: [&str; 3]) -> Held {
    let claim = format!(
        "INSERT INTO idempotency_keys (principal, operation, key, fingerprint, created_at)
         VALUES ('{principal}', '{operation}', '{key}', 'x', CURRENT_TIMESTAMP)"
    );
    hold_by(url, &claim).await
}

async fn hold_by(url: &str, statement: &str) -> Held {
    let db = connect(url).await;
    let tx = db.begin().await.unwrap();
    tx.execute_unprepared(statement).await.unwrap();
    Held(tx)
}

impl Held {
    pub async fn release(self) {
        self.0.rollback().await.unwrap();
    }
}

/// Takes a PostgreSQL database away from everybody, or gives it back.
pub async fn allow_connections(url: &str, allow: bool) {
    let (server, name) = (with_database(url, "postgres"), name_in(url));
    psql(&server, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {allow}")).await;
    if !allow {
        let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        psql(&server, &end).await;
    }
}

/// Statements outside of any database of ours go through a connection of their own.
async fn psql(server: &str, statement: &str) {
    let db = sea_orm::Database::connect(server).await.unwrap();
    db.execute_unprepared(statement).await.unwrap();
}

fn with_database(server: &str, name: &str) -> String {
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}

fn name_in(url: &str) -> &str {
    url.rsplit_once('/').unwrap().1
}
