//! Pages, cut from the log or from the keys by one range scan each.

use std::ops::Bound;

use redb::ReadableTable;
use serde::{Deserialize, Serialize};

use super::tables::{Entry, Finding, Row, head};
use super::{Error, Record};
use crate::clock::Time;

/// What is left of a record that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    pub key: String,
    pub revision: u64,
    pub deleted_at: Time,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<String>,
}

/// Some changes of a stream, each record once, as it is now.
#[derive(Debug, PartialEq)]
pub struct Changes {
    pub items: Vec<Record>,
    pub tombstones: Vec<Tombstone>,
    /// From where to go on.
    pub next: u64,
    pub more: bool,
}

/// Some records of a stream by key and revision.
#[derive(Debug, PartialEq, Eq)]
pub struct Revisions {
    pub items: Vec<(String, u64)>,
    /// How many there are in the whole stream.
    pub count: u64,
    pub more: bool,
}

pub fn changes(
    records: &impl ReadableTable<&'static str, Row>,
    gone: &impl ReadableTable<&'static str, Row>,
    log: &impl ReadableTable<u64, Entry>,
    after: Option<u64>,
    limit: usize,
) -> Result<Changes, Error> {
    let mut page = Changes { items: Vec::new(), tombstones: Vec::new(), next: head(log)?, more: false };
    let mut last = 0;
    let begin = after.map_or(Bound::Unbounded, Bound::Excluded);
    for entry in log.range((begin, Bound::Unbounded))? {
        let (position, entry) = entry?;
        if page.items.len() + page.tombstones.len() == limit {
            (page.next, page.more) = (last, true);
            break;
        }
        last = position.value();
        let (key, is_gone) = entry.value();
        let table_row = if is_gone { gone.get(key)? } else { records.get(key)? };
        let Some(row) = table_row else { continue };
        let json = row.value().2;
        if is_gone {
            page.tombstones.push(serde_json::from_slice(json)?);
        } else {
            page.items.push(serde_json::from_slice(json)?);
        }
    }
    Ok(page)
}

pub fn revisions(
    records: &impl ReadableTable<&'static str, Row>,
    after: Option<&str>,
    limit: usize,
) -> Result<Revisions, Error> {
    let begin: Bound<&str> = after.map_or(Bound::Unbounded, Bound::Excluded);
    let mut page = Revisions { items: Vec::new(), count: records.len()?, more: false };
    for row in records.range::<&str>((begin, Bound::Unbounded))? {
        let (key, row) = row?;
        if page.items.len() == limit {
            page.more = true;
            break;
        }
        page.items.push((key.value().to_owned(), row.value().0));
    }
    Ok(page)
}

/// The keys under a word, from the last of their order to the first.
pub fn found(findings: &impl ReadableTable<Finding, ()>, of: &str, limit: usize) -> Result<Vec<String>, Error> {
    // No word holds a control character, so this lies behind all that begin with the word and before the next.
    let end = format!("{of}\u{1}");
    let range = findings.range((of, "", "")..(end.as_str(), "", ""))?;
    range.rev().take(limit).map(|finding| Ok(finding?.0.value().2.to_owned())).collect()
}
