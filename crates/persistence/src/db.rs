//! The connection pool and the unit of work.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use noren_domain::event::Change;
use noren_domain::{SessionId, Timestamp};
use noren_migrations::{Migrator, MigratorTrait};
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{self, Connection as _, SqliteConnection, SqlitePool};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use crate::audit::{self, AuditKey, Entry};
use crate::{Error, events};

/// How long a caller waits for a connection and for a row lock.
const WAIT: Duration = Duration::from_secs(2);
/// How long a caller waits for SQLite's one writer, whether it is of this process or of another.
const WRITER_WAIT: Duration = Duration::from_secs(5);
/// How SQLite's writer differs from its readers.
const WRITER: &[(&str, &str)] = &[
    // So many KiB of the database it keeps in memory; the sign tells SQLite that they are no pages.
    ("cache_size", "-16384"),
    // After so many pages the log is written back: what changes again and again meanwhile is written back once.
    ("wal_autocheckpoint", "16000"),
    // What a statement may have to undo, a few pages at a time.
    ("temp_store", "MEMORY"),
];
const STATEMENT_LIMIT: &str = "5s";
const LOCK_LIMIT: &str = "2s";
/// How often a use case is tried when other units of work were in its way.
const TRIES: u32 = 4;
/// The advisory lock under which PostgreSQL is migrated: the letters `noren`.
const MIGRATION_LOCK: i64 = 0x006e_6f72_656e;

/// How to reach a database.
#[derive(Clone)]
pub struct Settings {
    /// `sqlite://path/to/file` or `postgres://…`.
    pub url: String,
    pub max_connections: u32,
    pub audit_key: AuditKey,
}

/// A pool of connections to one database.
#[derive(Clone)]
pub struct Db {
    pool: DatabaseConnection,
    writer: Option<Writer>,
    audit_key: AuditKey,
    /// Told after each commit that open screens want to know of.
    changed: Arc<Notify>,
    /// Told after each commit that has something to send.
    posted: Arc<Notify>,
}

/// SQLite has one writer: waiting for it here is fair, waiting inside SQLite is not.
#[derive(Clone)]
struct Writer {
    turn: Arc<Semaphore>,
    /// Always the same connection. What another one writes empties its page cache, so writers that take turns would each begin cold.
    pool: DatabaseConnection,
}

impl Writer {
    async fn open(settings: &Settings) -> Result<Self, Error> {
        let mut options = options(settings, WRITER);
        options.max_connections(1).acquire_timeout(WRITER_WAIT);
        options.map_sqlx_sqlite_pool_opts(|pool| pool.after_release(|connection, _| Box::pin(is_at_rest(connection))));
        Ok(Self { turn: Arc::new(Semaphore::new(1)), pool: Database::connect(options).await? })
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, Error> {
        match tokio::time::timeout(WRITER_WAIT, Arc::clone(&self.turn).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(closed)) => Err(Error::Unavailable(closed.to_string())),
            Err(_) => Err(Error::LockTimeout),
        }
    }
}

/// Who does the writing, when and in which request: what every audit entry says.
#[derive(Clone, Debug)]
pub struct Actor {
    /// `staff:{id}`, `api_client:{id}`, `form:{id}` or `system`.
    pub name: String,
    pub session_id: Option<SessionId>,
    pub request_id: Option<String>,
    pub at: Timestamp,
}

impl Actor {
    /// Noren itself: seeding, the command line, jobs.
    #[must_use]
    pub fn system(at: Timestamp) -> Self {
        Self { name: "system".to_owned(), session_id: None, request_id: None, at }
    }
}

/// An open unit of work: [`Tx::commit`] it, or drop it to roll back.
pub struct Tx {
    inner: DatabaseTransaction,
    actor: Actor,
    audit_key: AuditKey,
    entries: Mutex<Vec<Entry>>,
    changes: Mutex<Vec<Change>>,
    changed: Arc<Notify>,
    /// Whether there is something to send, and who is told.
    posts: AtomicBool,
    posted: Arc<Notify>,
    _writer: Option<OwnedSemaphorePermit>,
}

/// An error that knows whether its use case may simply be run again.
pub trait Retriable: From<Error> {
    /// True when nothing is wrong but that another unit of work was in the way.
    fn is_retriable(&self) -> bool;
}

impl Retriable for Error {
    fn is_retriable(&self) -> bool {
        matches!(self, Self::Serialization)
    }
}

/// The pool as it stands, for the metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolState {
    pub idle: u64,
    pub used: u64,
}

/// What the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub is_postgres: bool,
    pub version: String,
    /// The newest migration that it has.
    pub migration: Option<String>,
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Db {}
    impl Sealed for super::Tx {}
}

/// Where reads may run: on the pool or inside a unit of work.
pub trait Conn: sealed::Sealed + Sync {
    #[doc(hidden)]
    type Inner: ConnectionTrait;
    #[doc(hidden)]
    fn inner(&self) -> &Self::Inner;
}

impl Conn for Db {
    type Inner = DatabaseConnection;
    fn inner(&self) -> &DatabaseConnection {
        &self.pool
    }
}

impl Conn for Tx {
    type Inner = DatabaseTransaction;
    fn inner(&self) -> &DatabaseTransaction {
        &self.inner
    }
}

impl Db {
    /// Opens the pool; the file of an SQLite database and its folder are made if missing.
    ///
    /// # Errors
    /// `Unavailable` when the database cannot be reached.
    pub async fn connect(settings: &Settings) -> Result<Self, Error> {
        let pool = Database::connect(options(settings, &[])).await?;
        let is_sqlite = pool.get_database_backend() == DbBackend::Sqlite;
        let writer = if is_sqlite { Some(Writer::open(settings).await?) } else { None };
        Ok(Self {
            pool,
            writer,
            audit_key: settings.audit_key.clone(),
            changed: Arc::default(),
            posted: Arc::default(),
        })
    }

    /// Brings the schema up to date, under a lock that other processes wait for.
    ///
    /// # Errors
    /// `Database` when a migration fails; it is rolled back whole.
    pub async fn migrate(settings: &Settings) -> Result<(), Error> {
        let mut unlimited = ConnectOptions::new(&settings.url);
        unlimited.max_connections(2).sqlx_logging(false);
        if let Some(path) = sqlite_path(&settings.url) {
            let _lock = lock_file(path).await?;
            let pool = Database::connect(options(settings, &[])).await?;
            up(&pool).await?;
            return pool.close().await.map_err(Error::from);
        }
        let pool = Database::connect(unlimited).await?;
        let lock = pool.begin().await?;
        lock.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")).await?;
        up(&pool).await?;
        lock.commit().await?;
        pool.close().await.map_err(Error::from)
    }

    /// Ends every connection, and returns once nothing here is at the database any more. A connection of SQLite that ended later would
    /// take the log of whatever had been put in the file's place with it.
    ///
    /// # Errors
    /// Database errors.
    pub async fn close(self) -> Result<(), Error> {
        if let Some(writer) = self.writer {
            writer.pool.close().await?;
        }
        Ok(self.pool.close().await?)
    }

    /// Whether the database answers and knows every migration of this build.
    ///
    /// # Errors
    /// `Unavailable` when it does not answer.
    pub async fn is_ready(&self) -> Result<bool, Error> {
        Ok(pending(&self.pool).await? == 0)
    }

    /// What the database says of itself.
    ///
    /// # Errors
    /// `Unavailable` when it does not answer.
    pub async fn about(&self) -> Result<About, Error> {
        let is_postgres = self.writer.is_none();
        let version = if is_postgres { "SELECT version() AS said" } else { "SELECT sqlite_version() AS said" };
        let newest = "SELECT max(version) AS said FROM seaql_migrations";
        let ask = async |query: &str| -> Result<Option<String>, Error> {
            let query = Statement::from_string(self.pool.get_database_backend(), query);
            let row = self.pool.query_one_raw(query).await?;
            Ok(row.map(|row| row.try_get("", "said")).transpose()?.flatten())
        };
        let said = ask(version).await?.unwrap_or_default();
        // PostgreSQL goes on about its compiler.
        let version = said.trim_start_matches("PostgreSQL ").split(' ').next().unwrap_or_default().to_owned();
        Ok(About { is_postgres, version, migration: ask(newest).await? })
    }

    /// Runs a use case as one unit of work and commits it. If PostgreSQL ends it in favour of another one
    /// (serialization failure, deadlock), the whole use case runs again, three times at most.
    ///
    /// # Errors
    /// Whatever the use case or the commit ends in; nothing is kept then.
    pub async fn write<T, E: Retriable>(
        &self,
        actor: Actor,
        use_case: impl AsyncFn(&Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        for _ in 1..TRIES {
            match self.write_once(actor.clone(), &use_case).await {
                Err(error) if error.is_retriable() => {
                    metrics::counter!("noren_db_retries_total").increment(1);
                }
                outcome => return outcome,
            }
        }
        self.write_once(actor, &use_case).await
    }

    async fn write_once<T, E: Retriable>(
        &self,
        actor: Actor,
        use_case: &impl AsyncFn(&Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        let tx = self.begin(actor).await?;
        let outcome = use_case(&tx).await?;
        tx.commit().await?;
        Ok(outcome)
    }

    /// Opens a unit of work in the actor's name. Use cases go through [`Db::write`], which tries again.
    ///
    /// # Errors
    /// `Unavailable` or `LockTimeout` when no connection, or SQLite's writer, is free in time.
    pub async fn begin(&self, actor: Actor) -> Result<Tx, Error> {
        let asked = Instant::now();
        let (pool, writer) = match &self.writer {
            Some(writer) => (&writer.pool, Some(writer.permit().await?)),
            None => (&self.pool, None),
        };
        let options = TransactionOptions {
            sqlite_transaction_mode: writer.is_some().then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let inner = pool.begin_with_options(options).await?;
        metrics::histogram!("noren_db_pool_wait_seconds").record(asked.elapsed().as_secs_f64());
        let audit_key = self.audit_key.clone();
        let (entries, changes, changed) = (Mutex::default(), Mutex::default(), self.changed());
        let (posts, posted) = (AtomicBool::new(false), self.posted());
        Ok(Tx { inner, actor, audit_key, entries, changes, changed, posts, posted, _writer: writer })
    }

    /// Empties SQLite's write-ahead log, in which pages stand as they were before an erasure. Whether nobody was reading in it, so that
    /// it is empty; on PostgreSQL there is nothing to do.
    ///
    /// # Errors
    /// Database errors.
    pub async fn empty_log(&self) -> Result<bool, Error> {
        let Some(writer) = &self.writer else { return Ok(true) };
        let _writer = writer.permit().await?;
        let checkpoint = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
        let answer = writer.pool.query_one_raw(checkpoint).await?;
        let busy: Option<i32> = answer.and_then(|row| row.try_get_by_index(0).ok());
        Ok(busy == Some(0))
    }

    /// How many connections there are, and how many of them work.
    #[must_use]
    pub fn pool_state(&self) -> PoolState {
        let (all, idle) = if let Some(writer) = &self.writer {
            let pools = [&self.pool, &writer.pool].map(DatabaseConnection::get_sqlite_connection_pool);
            let sum = |of: fn(&SqlitePool) -> u64| pools.iter().map(|pool| of(pool)).sum::<u64>();
            (sum(|pool| pool.size().into()), sum(|pool| pool.num_idle() as u64))
        } else {
            let pool = self.pool.get_postgres_connection_pool();
            (u64::from(pool.size()), pool.num_idle() as u64)
        };
        PoolState { idle, used: all.saturating_sub(idle) }
    }

    pub(crate) fn changed(&self) -> Arc<Notify> {
        Arc::clone(&self.changed)
    }

    /// Told when there may be something to send.
    #[must_use]
    pub fn posted(&self) -> Arc<Notify> {
        Arc::clone(&self.posted)
    }

    /// How to reach PostgreSQL once more; nothing on SQLite.
    pub(crate) fn postgres_options(&self) -> Option<PgConnectOptions> {
        let is_sqlite = self.writer.is_some();
        (!is_sqlite).then(|| (*self.pool.get_postgres_connection_pool().connect_options()).clone())
    }

    pub(crate) fn audit_key(&self) -> &AuditKey {
        &self.audit_key
    }
}

impl Tx {
    /// The instant of the use case.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.actor.at
    }

    /// In whose name it is done.
    #[must_use]
    pub fn by(&self) -> &str {
        &self.actor.name
    }

    /// Notes an act for the audit chains; written when the work is committed, with the chains' heads locked last.
    pub fn audit(&self, entry: Entry) {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    }

    /// Notes a change that open screens are to hear of once it is durable; several of one thing are one.
    pub fn announce(&self, change: Change) {
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        match changes.iter_mut().find(|known| known.goes_with(&change)) {
            Some(known) => known.add(change),
            None => changes.push(change),
        }
    }

    /// Notes that there is something to send once it is durable.
    pub(crate) fn post(&self) {
        self.posts.store(true, Ordering::Relaxed);
    }

    /// Makes everything durable at once, the audit entries and the announced changes included.
    ///
    /// # Errors
    /// Whatever the database refuses; nothing is kept then.
    pub async fn commit(self) -> Result<(), Error> {
        let entries = self.entries.into_inner().unwrap_or_else(PoisonError::into_inner);
        let changes = self.changes.into_inner().unwrap_or_else(PoisonError::into_inner);
        let (noted, announced) = (entries.len() as u64, !changes.is_empty());
        audit::append(&self.inner, &self.audit_key, &self.actor, entries).await?;
        events::append(&self.inner, self.actor.at, changes).await?;
        let posts = self.posts.into_inner();
        if posts {
            events::tell_of_post(&self.inner).await?;
        }
        self.inner.commit().await?;
        metrics::counter!("noren_audit_entries_total").increment(noted);
        if announced {
            self.changed.notify_one();
        }
        if posts {
            self.posted.notify_one();
        }
        Ok(())
    }
}

/// Whether a connection may be used again. SQLite undoes a whole unit of work by itself when the disk is full; the driver's ROLLBACK finds none
/// then and goes on counting it, and what is committed later would only be a savepoint of something that nobody ends.
async fn is_at_rest(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // An answer means that what was asked for before, a rollback say, is done.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// Runs what is missing. A newer build may have migrated further; old code must run on the new schema.
async fn up(pool: &DatabaseConnection) -> Result<(), Error> {
    Migrator::install(pool).await?;
    if pending(pool).await? > 0 {
        Migrator::up(pool, None).await?;
    }
    Ok(())
}

/// How many of our migrations the database does not know.
async fn pending(pool: &DatabaseConnection) -> Result<usize, Error> {
    let query = Statement::from_string(pool.get_database_backend(), "SELECT version FROM seaql_migrations");
    let rows = pool.query_all_raw(query).await?;
    let applied = rows.iter().map(|row| row.try_get::<String>("", "version")).collect::<Result<Vec<_>, _>>()?;
    Ok(Migrator::migrations().iter().filter(|ours| applied.iter().all(|name| name != ours.name())).count())
}

fn options(settings: &Settings, pragmas: &'static [(&str, &str)]) -> ConnectOptions {
    let mut options = ConnectOptions::new(&settings.url);
    options.max_connections(settings.max_connections).acquire_timeout(WAIT).connect_timeout(WAIT).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|sqlite| {
        let sqlite = sqlite
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(WRITER_WAIT)
            // What is deleted or erased does not stay behind in the file.
            .pragma("secure_delete", "ON");
        pragmas.iter().fold(sqlite, |sqlite, (name, value)| sqlite.pragma(*name, *value))
    });
    options.map_sqlx_postgres_opts(|postgres| {
        postgres.options([("statement_timeout", STATEMENT_LIMIT), ("lock_timeout", LOCK_LIMIT)])
    });
    options
}

pub(crate) fn sqlite_path(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"))?;
    Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
}

/// An exclusive lock beside an SQLite file, held while it is migrated. Waiting for it blocks, so a thread for that does.
async fn lock_file(database: PathBuf) -> Result<std::fs::File, Error> {
    let name = database.display().to_string();
    let locked = tokio::task::spawn_blocking(move || {
        if let Some(folder) = database.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let file = std::fs::File::create(database.with_extension("lock"))?;
        file.lock()?;
        Ok::<_, std::io::Error>(file)
    });
    let locked = locked.await.map_err(|error| Error::Unavailable(error.to_string()))?;
    locked.map_err(|error| Error::Unavailable(format!("{name}: {error}")))
}

#[cfg(test)]
mod tests;
