//! One unit of work: what it changes is seen at once by all readers that begin after its commit, or never.

use redb::{ReadableTable, WriteTransaction};
use serde_json::Value;

use super::tables::{self, ENDINGS, NUMBERS};
use super::{Error, Record, Tombstone, page};
use crate::clock::Time;
use crate::stream::Stream;

/// A unit of work. Dropped without `commit` it has changed nothing.
pub struct Writing(pub(super) WriteTransaction);

impl Writing {
    /// Makes all of it durable.
    pub fn commit(self) -> Result<(), Error> {
        Ok(self.0.commit()?)
    }

    /// The record, if there is one.
    pub fn get(&self, stream: Stream, key: &str) -> Result<Option<Record>, Error> {
        let records = self.0.open_table(tables::records(&tables::name(stream, tables::RECORDS)))?;
        let found = records.get(key)?;
        found.map(|row| Ok(serde_json::from_slice(row.value().2)?)).transpose()
    }

    /// Makes or changes a record: it gets its next revision and goes to the end of the log. Says which revision that is.
    pub fn put(&self, stream: Stream, key: &str, mut record: Record, now: Time) -> Result<u64, Error> {
        let mut records = self.0.open_table(tables::records(&tables::name(stream, tables::RECORDS)))?;
        let before = records.get(key)?.map(|row| {
            let (revision, position, json) = row.value();
            (revision, position, json.to_vec())
        });
        let last = match &before {
            Some((revision, position, _)) => Some((*revision, *position)),
            None => self.raise(stream, key)?,
        };
        let revision = last.map_or(1, |(revision, _)| revision + 1);
        record.insert(stream.key_member().to_owned(), key.into());
        record.insert("revision".to_owned(), revision.into());
        record.insert("changed_at".to_owned(), now.to_rfc3339().into());
        let position = self.log_again(stream, key, last.map(|(_, position)| position), false)?;
        records.insert(key, (revision, position, serde_json::to_vec(&record)?.as_slice()))?;
        let old = before.as_ref().map(|(_, _, json)| serde_json::from_slice::<Record>(json)).transpose()?;
        self.find_again(stream, key, old.as_ref(), Some(&record))?;
        if let Some((_, _, json)) = &before {
            let mut past = self.0.open_table(tables::past(&tables::name(stream, tables::PAST)))?;
            past.insert(key, json.as_slice())?;
        }
        Ok(revision)
    }

    /// Changes some members of a record that is there; `false` where it is not.
    pub fn change(
        &self,
        stream: Stream,
        key: &str,
        now: Time,
        members: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Result<bool, Error> {
        let Some(mut record) = self.get(stream, key)? else { return Ok(false) };
        record.extend(members.into_iter().map(|(member, value)| (member.to_owned(), value)));
        self.put(stream, key, record, now)?;
        Ok(true)
    }

    /// Puts a tombstone in a record's place; `false` where there is no record.
    pub fn remove(&self, stream: Stream, key: &str, merged_into: Option<&str>, now: Time) -> Result<bool, Error> {
        let mut records = self.0.open_table(tables::records(&tables::name(stream, tables::RECORDS)))?;
        let Some((revision, position, json)) = records.remove(key)?.map(|row| {
            let (revision, position, json) = row.value();
            (revision + 1, position, json.to_vec())
        }) else {
            return Ok(false);
        };
        self.find_again(stream, key, Some(&serde_json::from_slice(&json)?), None)?;
        let merged_into = merged_into.map(str::to_owned);
        let tombstone = Tombstone { key: key.to_owned(), revision, deleted_at: now, merged_into };
        let position = self.log_again(stream, key, Some(position), true)?;
        let mut gone = self.0.open_table(tables::records(&tables::name(stream, tables::GONE)))?;
        gone.insert(key, (revision, position, serde_json::to_vec(&tombstone)?.as_slice()))?;
        Ok(true)
    }

    /// The next number of a count, from 1.
    pub fn number(&self, count: &str) -> Result<u64, Error> {
        let mut numbers = self.0.open_table(NUMBERS)?;
        let next = numbers.get(count)?.map_or(0, |number| number.value()) + 1;
        numbers.insert(count, next)?;
        Ok(next)
    }

    /// Lets a count go on after `number`.
    pub fn count_on(&self, count: &str, number: u64) -> Result<(), Error> {
        self.0.open_table(NUMBERS)?.insert(count, number)?;
        Ok(())
    }

    /// The keys found under a word, the last of their order first.
    pub fn found(&self, stream: Stream, of: &str, limit: usize) -> Result<Vec<String>, Error> {
        let findings = self.0.open_table(tables::findings(&tables::name(stream, tables::FINDINGS)))?;
        page::found(&findings, of, limit)
    }

    /// Notes when a hold ends.
    pub fn note_ending(&self, hold_id: &str, at: Time) -> Result<(), Error> {
        self.0.open_table(ENDINGS)?.insert((at.timestamp_millis(), hold_id), ())?;
        Ok(())
    }

    /// Forgets when a hold was to end.
    pub fn forget_ending(&self, hold_id: &str, at: Time) -> Result<(), Error> {
        self.0.open_table(ENDINGS)?.remove((at.timestamp_millis(), hold_id))?;
        Ok(())
    }

    /// The holds that end by then.
    pub fn endings(&self, by: Time) -> Result<Vec<String>, Error> {
        endings(&self.0.open_table(ENDINGS)?, by)
    }

    /// Moves a key from its old place in the log to the end, and says where that is.
    fn log_again(&self, stream: Stream, key: &str, old: Option<u64>, is_gone: bool) -> Result<u64, Error> {
        let mut log = self.0.open_table(tables::log(&tables::name(stream, tables::LOG)))?;
        let position = tables::head(&log)? + 1;
        if let Some(old) = old {
            log.remove(old)?;
        }
        log.insert(position, (key, is_gone))?;
        Ok(position)
    }

    fn find_again(&self, stream: Stream, key: &str, old: Option<&Record>, new: Option<&Record>) -> Result<(), Error> {
        let old = old.and_then(|record| stream.finding(record));
        let new = new.and_then(|record| stream.finding(record));
        if old == new {
            return Ok(());
        }
        let mut findings = self.0.open_table(tables::findings(&tables::name(stream, tables::FINDINGS)))?;
        if let Some((of, order)) = &old {
            findings.remove((of.as_str(), order.as_str(), key))?;
        }
        if let Some((of, order)) = &new {
            findings.insert((of.as_str(), order.as_str(), key), ())?;
        }
        Ok(())
    }

    /// Takes a tombstone away because its key is used again, which only the control endpoint does; says its revision and its place in
    /// the log, which is left to be moved: a log whose last entry went would give its place, which readers have passed, to the next.
    fn raise(&self, stream: Stream, key: &str) -> Result<Option<(u64, u64)>, Error> {
        let mut gone = self.0.open_table(tables::records(&tables::name(stream, tables::GONE)))?;
        Ok(gone.remove(key)?.map(|row| (row.value().0, row.value().1)))
    }
}

impl super::Reading {
    /// Whether a hold ends by then.
    pub fn has_ending(&self, by: Time) -> Result<bool, Error> {
        let table = self.0.open_table(ENDINGS)?;
        let first = table.first()?;
        Ok(first.is_some_and(|(ending, _)| ending.value().0 <= by.timestamp_millis()))
    }
}

fn endings(table: &impl ReadableTable<(i64, &'static str), ()>, by: Time) -> Result<Vec<String>, Error> {
    let range = table.range(..=(by.timestamp_millis(), "\u{10ffff}"))?;
    range.map(|ending| Ok(ending?.0.value().1.to_owned())).collect()
}
