//! A database for each test: a file on SQLite, a copy of a migrated template on PostgreSQL.

use std::path::PathBuf;

use noren_persistence::audit::AuditKey;
use noren_persistence::{Db, Settings};
use sea_orm::{ConnectionTrait, DbBackend, TransactionTrait};
use tokio::sync::OnceCell;

/// A database that is gone when the test is over.
pub struct Database {
    pub url: String,
    _folder: Option<tempfile::TempDir>,
}

static TEMPLATE: OnceCell<Template> = OnceCell::const_new();
static PASSWORD_HASH: OnceCell<String> = OnceCell::const_new();

enum Template {
    File { path: PathBuf, _folder: tempfile::TempDir },
    Postgres { server: String, name: String },
}

impl Database {
    pub async fn create() -> Self {
        match TEMPLATE.get_or_init(Template::make).await {
            Template::File { path, .. } => {
                let folder = tempfile::tempdir().unwrap();
                let copy = folder.path().join("noren.sqlite3");
                std::fs::copy(path, &copy).unwrap();
                Self { url: format!("sqlite://{}", copy.display()), _folder: Some(folder) }
            }
            Template::Postgres { server, name } => {
                let copy = unique("noren_test");
                psql(server, &format!("CREATE DATABASE {copy} TEMPLATE {name}")).await;
                Self { url: with_database(server, &copy), _folder: None }
            }
        }
    }
}

impl Template {
    #[expect(clippy::disallowed_methods, reason = "the harness is told by the environment which database to use")]
    async fn make() -> Self {
        match std::env::var("NOREN_TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty()) {
            Some(server) => {
                let name = unique("noren_template");
                psql(&server, &format!("CREATE DATABASE {name}")).await;
                Db::migrate(&settings(with_database(&server, &name))).await.unwrap();
                Self::Postgres { server, name }
            }
            None => {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("noren.sqlite3");
                Db::migrate(&settings(format!("sqlite://{}", path.display()))).await.unwrap();
                Self::File { path, _folder: folder }
            }
        }
    }
}

/// The hash of everybody's password, made once: a hash costs a while.
pub async fn password_hash() -> String {
    let hash = PASSWORD_HASH.get_or_init(|| async { noren_server::hash_password(super::PASSWORD).await.unwrap() });
    hash.await.clone()
}

fn settings(url: String) -> Settings {
    Settings { url, max_connections: 4, audit_key: AuditKey([0; 32]) }
}

/// Changes rows behind Noren's back.
pub async fn tamper(url: &str, statement: &str) -> u64 {
    let db = sea_orm::Database::connect(url).await.unwrap();
    db.execute_unprepared(statement).await.unwrap().rows_affected()
}

/// Somebody else's unit of work that stands in the way of every write to leads.
pub struct Held(sea_orm::DatabaseTransaction);

/// Begins such a unit of work.
pub async fn hold(url: &str) -> Held {
    let db = sea_orm::Database::connect(url).await.unwrap();
    let tx = db.begin().await.unwrap();
    let takes_lock = match tx.get_database_backend() {
        DbBackend::Postgres => "LOCK TABLE leads IN ACCESS EXCLUSIVE MODE",
        _ => "UPDATE leads SET version = version",
    };
    tx.execute_unprepared(takes_lock).await.unwrap();
    Held(tx)
}

impl Held {
    pub async fn release(self) {
        self.0.rollback().await.unwrap();
    }
}

/// Takes a PostgreSQL database away from everybody, or gives it back.
pub async fn allow_connections(url: &str, allow: bool) {
    let (_, name) = url.rsplit_once('/').unwrap();
    let server = with_database(url, "postgres");
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

fn unique(prefix: &str) -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{prefix}_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}
