//! Laying many records at once, for the seed: the tables of a stream stay open, and a record's place in the log follows from when it
//! changed last, so that records can be laid in any order.

use redb::Table;
use serde::Serialize;

use super::tables::{self, Entry, Finding, Row};
use super::{Error, Writing};
use crate::clock::Time;
use crate::stream::Stream;

/// How many records may have changed in the same second: 16 million, so that a position still fits a JSON number.
const SAME_SECOND: u64 = 1 << 24;

/// The open tables of one stream.
pub struct Laying<'a> {
    records: Table<'a, &'static str, Row>,
    log: Table<'a, u64, Entry>,
    findings: Table<'a, Finding, ()>,
}

/// A record with what the store adds to it.
#[derive(Serialize)]
struct Laid<'a, T> {
    revision: u64,
    changed_at: Time,
    #[serde(flatten)]
    record: &'a T,
}

impl Writing {
    /// Opens a stream to lay many records.
    pub fn lay(&self, stream: Stream) -> Result<Laying<'_>, Error> {
        Ok(Laying {
            records: self.0.open_table(tables::records(&tables::name(stream, tables::RECORDS)))?,
            log: self.0.open_table(tables::log(&tables::name(stream, tables::LOG)))?,
            findings: self.0.open_table(tables::findings(&tables::name(stream, tables::FINDINGS)))?,
        })
    }
}

impl Laying<'_> {
    /// Lays the `number`th record of the stream; `found_by` must be what `Stream::finding` says of it.
    pub fn lay(
        &mut self,
        (key, number): (&str, u64),
        (revision, changed_at): (u64, Time),
        record: &impl Serialize,
        found_by: Option<(&str, &str)>,
    ) -> Result<(), Error> {
        let second = u64::try_from(changed_at.timestamp()).unwrap_or_default();
        let position = second * SAME_SECOND + number % SAME_SECOND;
        let json = serde_json::to_vec(&Laid { revision, changed_at, record })?;
        self.records.insert(key, (revision, position, json.as_slice()))?;
        self.log.insert(position, (key, false))?;
        if let Some((of, order)) = found_by {
            self.findings.insert((of, order, key), ())?;
        }
        Ok(())
    }
}
