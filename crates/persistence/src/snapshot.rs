//! The database as a whole: a copy of it as it is at one instant, and whether another may take its place.

use std::fmt;
use std::path::{Path, PathBuf};

use noren_migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use serde::{Deserialize, Serialize};

use crate::db::{About, sqlite_path};
use crate::{Conn as _, Db, Error, Settings};

/// Which kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    #[must_use]
    pub fn of(about: &About) -> Self {
        if about.is_postgres { Self::Postgres } else { Self::Sqlite }
    }

    #[must_use]
    pub fn of_url(url: &str) -> Self {
        if sqlite_path(url).is_some() { Self::Sqlite } else { Self::Postgres }
    }

    /// What its copy is called.
    #[must_use]
    pub fn member(self) -> &'static str {
        match self {
            Self::Sqlite => "database.sqlite3",
            Self::Postgres => "database.pgdump",
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// Who has a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Nothing was ever put into it.
    Empty,
    /// It holds a schema, and nobody is at it.
    Filled,
    /// Somebody else is connected.
    Others,
}

/// Writes a copy of an SQLite database, as it is at this instant, to a file that does not exist. Readers and writers go on.
///
/// # Errors
/// Database errors, that of a full disk among them.
pub async fn copy(db: &Db, to: &Path) -> Result<(), Error> {
    let path = to.to_string_lossy().into_owned();
    let statement = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [path.into()]);
    db.inner().execute_raw(statement).await?;
    Ok(())
}

/// Whether a migration is one of this build's.
#[must_use]
pub fn knows(migration: &str) -> bool {
    Migrator::migrations().iter().any(|ours| ours.name() == migration)
}

/// The file of an SQLite database.
#[must_use]
pub fn file(url: &str) -> Option<PathBuf> {
    sqlite_path(url)
}

/// Who has the database. One that does not exist is empty, and is not made.
///
/// # Errors
/// `Unavailable` when it cannot be reached.
pub async fn use_of(settings: &Settings) -> Result<Use, Error> {
    if sqlite_path(&settings.url).is_some_and(|path| !path.exists()) {
        return Ok(Use::Empty);
    }
    let mut options = ConnectOptions::new(&settings.url);
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await?;
    let found = if db.get_database_backend() == DbBackend::Sqlite { sqlite(&db).await } else { postgres(&db).await };
    db.close().await?;
    found
}

/// Whoever is connected holds a lock on the file, so that it cannot be had for oneself alone.
async fn sqlite(db: &DatabaseConnection) -> Result<Use, Error> {
    let alone = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT";
    match db.execute_unprepared(alone).await.map_err(Error::from) {
        Ok(_) => filled(db, "SELECT count(*) FROM sqlite_master WHERE type = 'table'").await,
        Err(Error::Unavailable(_)) => Ok(Use::Others),
        Err(error) => Err(error),
    }
}

async fn postgres(db: &DatabaseConnection) -> Result<Use, Error> {
    let others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend'";
    if count(db, others).await? > 0 {
        return Ok(Use::Others);
    }
    filled(db, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'").await
}

async fn filled(db: &DatabaseConnection, tables: &str) -> Result<Use, Error> {
    Ok(if count(db, tables).await? > 0 { Use::Filled } else { Use::Empty })
}

async fn count(db: &DatabaseConnection, query: &str) -> Result<i64, Error> {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), query)).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default())
}
