//! What can go wrong with a database, in this crate's words.

use sea_orm::{DbErr, RuntimeErr};

/// A named rule of the schema that a write broke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    Unique(String),
    ForeignKey(String),
    Check(String),
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The write breaks a rule of the schema. The name is PostgreSQL's constraint, or `table.column` on SQLite.
    #[error("a constraint refuses the write: {0:?}")]
    Conflict(Constraint),
    /// The row has another version than the writer saw.
    #[error("the row was changed by somebody else")]
    Stale,
    /// A row cannot be what the schema says it is. The value may be personal, so the message leaves it out.
    #[error("{table}.{column} holds what it cannot")]
    Corrupt { table: &'static str, column: &'static str, value: String },
    /// No connection within the time limit, or the database refuses to work just now.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// Somebody else holds what the write needs for longer than the lock limit.
    #[error("a lock was not had in time")]
    LockTimeout,
    /// PostgreSQL ended this unit of work in favour of another one. Running it again is all it takes.
    #[error("another unit of work was in the way")]
    Serialization,
    #[error(transparent)]
    Database(DbErr),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if let DbErr::ConnectionAcquire(_) | DbErr::Conn(_) = &error {
            return Self::Unavailable(error.to_string());
        }
        match database_error(&error) {
            Some((code, message, name)) => classify(&code, &message, name).unwrap_or(Self::Database(error)),
            None => Self::Database(error),
        }
    }
}

/// Code, message and constraint name of the driver's error, where it is one.
fn database_error(error: &DbErr) -> Option<(String, String, Option<String>)> {
    let (DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner))) = error else {
        return None;
    };
    match inner.as_ref() {
        sea_orm::SqlxError::Database(driver) => Some((
            driver.code().unwrap_or_default().into_owned(),
            driver.message().to_owned(),
            driver.constraint().map(str::to_owned),
        )),
        sea_orm::SqlxError::Io(_) | sea_orm::SqlxError::PoolTimedOut | sea_orm::SqlxError::PoolClosed => {
            Some(("08000".to_owned(), inner.to_string(), None))
        }
        _ => None,
    }
}

/// PostgreSQL's SQLSTATE and SQLite's extended result codes. SQLite names no constraint: its message says where.
fn classify(code: &str, message: &str, name: Option<String>) -> Option<Error> {
    let place = name.unwrap_or_else(|| message.rsplit(": ").next().unwrap_or_default().to_owned());
    match code {
        "23505" | "2067" | "1555" => Some(Error::Conflict(Constraint::Unique(place))),
        "23503" | "787" => Some(Error::Conflict(Constraint::ForeignKey(place))),
        "23514" | "275" => Some(Error::Conflict(Constraint::Check(place))),
        "40001" | "40P01" => Some(Error::Serialization),
        "55P03" => Some(Error::LockTimeout),
        "08000" | "08006" | "08003" | "57P01" | "57P02" | "57P03" | "53100" | "53300" | "25006" | "57014" => {
            Some(Error::Unavailable(message.to_owned()))
        }
        sqlite if matches!(primary(sqlite), Some(BUSY | READONLY | IO_ERROR | FULL)) => {
            Some(Error::Unavailable(message.to_owned()))
        }
        _ => None,
    }
}

const BUSY: u32 = 5;
const READONLY: u32 = 8;
const IO_ERROR: u32 = 10;
const FULL: u32 = 13;

/// The lowest byte of SQLite's extended codes is the plain code; SQLSTATEs have five characters, these have fewer.
fn primary(code: &str) -> Option<u32> {
    code.parse::<u32>().ok().filter(|_| code.len() < 5).map(|code| code & 0xff)
}
