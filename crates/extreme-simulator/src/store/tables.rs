//! The tables. Every stream has five: its records, what is gone, the log, the state before, and under which words records are found.

use redb::{ReadableTable, TableDefinition, WriteTransaction};

use super::Error;
use super::papers::Shelf;
use crate::stream::Stream;

pub const RECORDS: &str = "";
pub const GONE: &str = ".gone";
pub const LOG: &str = ".log";
pub const PAST: &str = ".past";
pub const FINDINGS: &str = ".findings";

/// Revision, position in the log, JSON.
pub type Row = (u64, u64, &'static [u8]);
/// Key, and whether it is a tombstone.
pub type Entry = (&'static str, bool);
/// Of what, in which order, key.
pub type Finding = (&'static str, &'static str, &'static str);

pub const PAPERS: TableDefinition<'static, (&str, &str), &[u8]> = TableDefinition::new("papers");
pub const NUMBERS: TableDefinition<'static, &str, u64> = TableDefinition::new("numbers");
/// When a hold ends, in milliseconds, and which.
pub const ENDINGS: TableDefinition<'static, (i64, &str), ()> = TableDefinition::new("endings");

pub fn name(stream: Stream, part: &str) -> String {
    format!("{}{part}", stream.name())
}

pub const fn records(name: &str) -> TableDefinition<'_, &'static str, Row> {
    TableDefinition::new(name)
}

pub const fn log(name: &str) -> TableDefinition<'_, u64, Entry> {
    TableDefinition::new(name)
}

pub const fn past(name: &str) -> TableDefinition<'_, &'static str, &'static [u8]> {
    TableDefinition::new(name)
}

pub const fn findings(name: &str) -> TableDefinition<'_, Finding, ()> {
    TableDefinition::new(name)
}

/// Makes all tables, so that a reader finds them empty rather than missing.
pub fn make(transaction: &WriteTransaction) -> Result<(), Error> {
    for stream in Stream::ALL {
        transaction.open_table(records(&name(stream, RECORDS)))?;
        transaction.open_table(records(&name(stream, GONE)))?;
        transaction.open_table(log(&name(stream, LOG)))?;
        transaction.open_table(past(&name(stream, PAST)))?;
        transaction.open_table(findings(&name(stream, FINDINGS)))?;
    }
    transaction.open_table(PAPERS)?;
    transaction.open_table(NUMBERS)?;
    transaction.open_table(ENDINGS)?;
    Ok(())
}

/// The position of the last change; 0 where there was none.
pub fn head(log: &impl ReadableTable<u64, Entry>) -> Result<u64, Error> {
    Ok(log.last()?.map_or(0, |(position, _)| position.value()))
}

/// The key range of one shelf of the papers.
pub fn shelf(shelf: Shelf) -> (&'static str, &'static str) {
    (shelf.name(), "")
}
