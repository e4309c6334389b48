//! The contract's JSON, and how it becomes values of the domain. A record of which a member is wrong is refused, by the member's name.

#[cfg(test)]
mod contract;
mod correction;
mod customer;
mod hold;
mod results;
mod staff;
mod vehicle;

use std::str::FromStr;

use noren_domain::Timestamp;
use noren_domain::code::RecordNumber;
use noren_domain::sync::{Changes, Recorded, Revision, Tombstone};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::gateway::{Health, Limits, Page, Refused, Revisions};
use crate::{Cause, Error};

pub use correction::{CorrectionWish, correction};
pub use customer::{WireCustomer, WireInspection, WireMaintenance, WirePurchase};
pub use hold::{Extension, HoldWish, availability, kept, not_claimed, not_extended};
pub use results::{WireSale, WireStockPurchase};
pub use staff::{StaffEdit, WireStaff, stale};
pub use vehicle::WireVehicle;

/// Records in a page, and keys in a page of revisions, at most: the contract's limits.
const MOST_RECORDS: usize = 1_000;
const MOST_KEYS: usize = 10_000;
/// Records of one customer.
const MOST_OF_ONE: usize = 500;
/// How long a cursor is at most.
const LONGEST_CURSOR: usize = 1_000;
/// How JSON spells a NUL character.
const NUL: &str = "\\u0000";

/// A record as the contract writes it.
pub trait Record: DeserializeOwned {
    type Domain;

    /// The member that is its key.
    const KEY: &'static str;

    /// # Errors
    /// The member that is not what the domain knows.
    fn read(self) -> Result<Self::Domain, &'static str>;
}

/// What every record has beside what it says.
#[derive(Deserialize)]
struct Stamp {
    revision: Revision,
    changed_at: Timestamp,
}

#[derive(Deserialize)]
struct WirePage<'a> {
    #[serde(borrow)]
    items: Vec<&'a RawValue>,
    tombstones: Vec<WireTombstone>,
    next: String,
    more: bool,
}

#[derive(Deserialize)]
struct WireList<'a> {
    #[serde(borrow)]
    items: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct WireTombstone {
    key: RecordNumber,
    revision: Revision,
    deleted_at: Timestamp,
    merged_into: Option<RecordNumber>,
}

impl From<WireTombstone> for Tombstone {
    fn from(gone: WireTombstone) -> Self {
        let WireTombstone { key, revision, deleted_at, merged_into } = gone;
        Self { key: key.into(), revision, deleted_at, merged_into: merged_into.map(Into::into) }
    }
}

/// A page of a stream; each record is understood or refused by itself.
pub fn page<R: Record>(body: &[u8]) -> Result<Page<R::Domain>, Error> {
    let WirePage { items: raw, tombstones, next, more } = serde_json::from_slice(body).map_err(hostile)?;
    if raw.len() + tombstones.len() > MOST_RECORDS || next.len() > LONGEST_CURSOR || next.contains('\0') {
        return Err(Error::Hostile(Cause::Form));
    }
    let (mut items, mut refused) = (Vec::with_capacity(raw.len()), Vec::new());
    for raw in raw {
        match record::<R>(raw.get().as_bytes()) {
            Ok(read) => items.push(read),
            Err(field) => refused.push(Refused { key: key::<R>(raw.get()), field }),
        }
    }
    let tombstones = tombstones.into_iter().map(Into::into).collect();
    Ok(Page { changes: Changes { items, tombstones, next, more }, refused })
}

/// The records of one customer; what is not understood is left out, as the stream says of it by itself.
pub fn several<R: Record>(body: &[u8]) -> Result<Vec<Recorded<R::Domain>>, Error> {
    let WireList { items } = serde_json::from_slice(body).map_err(hostile)?;
    if items.len() > MOST_OF_ONE {
        return Err(Error::Hostile(Cause::Form));
    }
    Ok(items.into_iter().filter_map(|raw| record::<R>(raw.get().as_bytes()).ok()).collect())
}

/// One record. What is no JSON at all is a fault of the way.
pub fn one<R: Record>(body: &[u8]) -> Result<Recorded<R::Domain>, Error> {
    let _: IgnoredAny = serde_json::from_slice(body).map_err(hostile)?;
    record::<R>(body).map_err(|_| Error::Hostile(Cause::Record))
}

/// A record, or the member that is wrong. Two quick passes cost less than one that buffers what is not its own.
fn record<R: Record>(body: &[u8]) -> Result<Recorded<R::Domain>, String> {
    if let Some(member) = nul(body) {
        return Err(member);
    }
    let Stamp { revision, changed_at } = serde_json::from_slice(body).map_err(|_| wrong_member::<Stamp>(body))?;
    if revision < 1 {
        return Err("revision".to_owned());
    }
    let record: R = serde_json::from_slice(body).map_err(|_| wrong_member::<R>(body))?;
    Ok(Recorded { revision, changed_at, record: record.read()? })
}

/// The member with a NUL character, which no text has and PostgreSQL does not keep. JSON can hold one in a single spelling.
fn nul(body: &[u8]) -> Option<String> {
    fn holds(value: &Value) -> bool {
        match value {
            Value::String(text) => text.contains('\0'),
            Value::Array(values) => values.iter().any(holds),
            Value::Object(members) => members.iter().any(|(name, value)| name.contains('\0') || holds(value)),
            _ => false,
        }
    }
    let text = std::str::from_utf8(body).ok().filter(|text| text.contains(NUL))?;
    let Value::Object(members) = serde_json::from_str(text).ok()? else { return None };
    members.into_iter().find(|(_, value)| holds(value)).map(|(name, _)| name)
}

/// The path of the member that is wrong. What stands there is not repeated: it may be personal.
fn wrong_member<T: DeserializeOwned>(body: &[u8]) -> String {
    let mut json = serde_json::Deserializer::from_slice(body);
    match serde_path_to_error::deserialize::<_, T>(&mut json) {
        Err(error) => error.path().to_string(),
        Ok(_) => "form".to_owned(),
    }
}

fn key<R: Record>(raw: &str) -> Option<String> {
    let value: Value = serde_json::from_str(raw).ok()?;
    let key = value.get(R::KEY)?.as_str()?;
    key.parse::<RecordNumber>().ok().map(Into::into)
}

fn hostile(_: serde_json::Error) -> Error {
    Error::Hostile(Cause::Form)
}

/// A word that this version knows; a newer one is none.
fn known<T: FromStr>(word: Option<String>) -> Option<T> {
    word.and_then(|word| word.parse().ok())
}

/// A word that a record cannot be without.
fn needed<T: FromStr>(word: &str, member: &'static str) -> Result<T, &'static str> {
    word.parse().map_err(|_| member)
}

/// A text of at most so many characters: what is longer is refused and never cut.
fn short(text: String, most: usize, member: &'static str) -> Result<String, &'static str> {
    if text.chars().count() <= most { Ok(text) } else { Err(member) }
}

/// The same of one that may be missing; nothing but spaces is nothing.
fn short_or_none(text: Option<String>, most: usize, member: &'static str) -> Result<Option<String>, &'static str> {
    text.filter(|text| !text.trim().is_empty()).map(|text| short(text, most, member)).transpose()
}

#[derive(Deserialize)]
struct WireHealth {
    version: String,
    time: Timestamp,
    limits: WireLimits,
    scopes: Vec<String>,
}

#[derive(Deserialize)]
struct WireLimits {
    page: u32,
    revisions_page: u32,
    requests_per_minute: u32,
    concurrent: u32,
}

pub fn health(body: &[u8]) -> Result<Health, Error> {
    let WireHealth { version, time, limits, scopes } = serde_json::from_slice(body).map_err(hostile)?;
    let WireLimits { page, revisions_page, requests_per_minute, concurrent } = limits;
    let version = short(version, 40, "version").map_err(|_| Error::Hostile(Cause::Form))?;
    let limits = Limits { page, revisions_page, requests_per_minute, concurrent };
    Ok(Health { version, time, limits, scopes })
}

#[derive(Deserialize)]
struct WireRevisions {
    items: Vec<(String, Revision)>,
    count: u64,
    more: bool,
}

pub fn revisions(body: &[u8]) -> Result<Revisions, Error> {
    let WireRevisions { items, count, more } = serde_json::from_slice(body).map_err(hostile)?;
    // Keys rise, so that a listing comes to an end and holds each of them once.
    let rises = items.windows(2).all(|pair| pair[0].0 < pair[1].0);
    if items.len() > MOST_KEYS || !rises || (more && items.is_empty()) {
        return Err(Error::Hostile(Cause::Form));
    }
    Ok(Revisions { items, count, more })
}
