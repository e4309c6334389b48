//! What EXTREME remembers: records in streams with a log of their changes, and papers (holds, quotes, contracts, …) beside them, in one
//! embedded database, on a file or in memory. One writer at a time; readers see the state that was when they began.

mod error;
mod laying;
mod page;
mod papers;
mod tables;
#[cfg(test)]
mod tests;
mod write;

use std::path::PathBuf;

use redb::backends::InMemoryBackend;
use redb::{Database, ReadTransaction, ReadableDatabase, ReadableTableMetadata};

pub use self::error::Error;
pub use self::laying::Laying;
pub use self::page::{Changes, Revisions, Tombstone};
pub use self::papers::Shelf;
pub use self::write::Writing;
use crate::stream::Stream;

/// A record as it is stored and served, a JSON object.
pub type Record = serde_json::Map<String, serde_json::Value>;

/// Where the store is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Gone with the process.
    #[default]
    Memory,
    File(PathBuf),
}

/// How many bytes of the database are kept at hand.
const CACHE: usize = 256 << 20;

/// The database.
pub struct Store(Database);

impl Store {
    /// Opens the store, and makes its tables where there are none.
    ///
    /// # Errors
    /// What the database says.
    pub fn open(place: &Place) -> Result<Self, Error> {
        let mut builder = Database::builder();
        builder.set_cache_size(CACHE);
        let database = match place {
            Place::Memory => builder.create_with_backend(InMemoryBackend::new())?,
            Place::File(path) => builder.create(path)?,
        };
        let transaction = database.begin_write()?;
        tables::make(&transaction)?;
        transaction.commit()?;
        Ok(Self(database))
    }

    /// Begins to read.
    ///
    /// # Errors
    /// What the database says.
    pub fn read(&self) -> Result<Reading, Error> {
        Ok(Reading(self.0.begin_read()?))
    }

    /// Begins to write; waits while somebody else writes. What is not committed is undone.
    ///
    /// # Errors
    /// What the database says.
    pub fn write(&self) -> Result<Writing, Error> {
        Ok(Writing(self.0.begin_write()?))
    }
}

/// A state of the store that does not change.
pub struct Reading(ReadTransaction);

impl Reading {
    /// The record, if there is one.
    pub fn get(&self, stream: Stream, key: &str) -> Result<Option<Record>, Error> {
        let records = self.0.open_table(tables::records(&tables::name(stream, tables::RECORDS)))?;
        let found = records.get(key)?;
        found.map(|row| Ok(serde_json::from_slice(row.value().2)?)).transpose()
    }

    /// The state of a record before its last change.
    pub fn earlier(&self, stream: Stream, key: &str) -> Result<Option<Record>, Error> {
        let past = self.0.open_table(tables::past(&tables::name(stream, tables::PAST)))?;
        let found = past.get(key)?;
        found.map(|row| Ok(serde_json::from_slice(row.value())?)).transpose()
    }

    /// How many records there are.
    pub fn count(&self, stream: Stream) -> Result<u64, Error> {
        let records = self.0.open_table(tables::records(&tables::name(stream, tables::RECORDS)))?;
        Ok(records.len()?)
    }

    /// What changed after a position, oldest change first.
    pub fn changes(&self, stream: Stream, after: Option<u64>, limit: usize) -> Result<Changes, Error> {
        let records = self.0.open_table(tables::records(&tables::name(stream, tables::RECORDS)))?;
        let gone = self.0.open_table(tables::records(&tables::name(stream, tables::GONE)))?;
        let log = self.0.open_table(tables::log(&tables::name(stream, tables::LOG)))?;
        page::changes(&records, &gone, &log, after, limit)
    }

    /// The position of the last change; 0 where there was none.
    pub fn head(&self, stream: Stream) -> Result<u64, Error> {
        let log = self.0.open_table(tables::log(&tables::name(stream, tables::LOG)))?;
        tables::head(&log)
    }

    /// Keys and revisions, in the order of the keys.
    pub fn revisions(&self, stream: Stream, after: Option<&str>, limit: usize) -> Result<Revisions, Error> {
        let records = self.0.open_table(tables::records(&tables::name(stream, tables::RECORDS)))?;
        page::revisions(&records, after, limit)
    }

    /// The records found under a word, the newest first.
    pub fn found(&self, stream: Stream, of: &str, limit: usize) -> Result<Vec<Record>, Error> {
        let records = self.0.open_table(tables::records(&tables::name(stream, tables::RECORDS)))?;
        let findings = self.0.open_table(tables::findings(&tables::name(stream, tables::FINDINGS)))?;
        let keys = page::found(&findings, of, limit)?;
        let read = |key: &String| {
            let row = records.get(key.as_str())?;
            row.map(|row| Ok(serde_json::from_slice(row.value().2)?)).transpose()
        };
        keys.iter().filter_map(|key| read(key).transpose()).collect()
    }

    /// How many are found under a word.
    pub fn count_found(&self, stream: Stream, of: &str) -> Result<usize, Error> {
        let findings = self.0.open_table(tables::findings(&tables::name(stream, tables::FINDINGS)))?;
        Ok(page::found(&findings, of, usize::MAX)?.len())
    }
}
