//! The audit chains: one per store, and one for what concerns the company.
//!
//! `hash = HMAC-SHA256(key, previous hash ‖ JCS(entry))`. The entry holds a salted digest of each changed value; the values
//! stand in a table of their own, which an erasure empties while the chain still verifies.

mod erase;
mod list;
mod verify;

use hmac::{Hmac, KeyInit, Mac};
use noren_domain::StoreId;
use noren_domain::timeline::FieldChange;
use rand::RngExt;
use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::Serialize;
use sha2::{Digest, Sha256};

pub use erase::erase;
pub use list::{Before, Event, Filter, ValueChange, count, list};
pub use verify::{BadEntry, Flaw, Head, Verification, VerifiedChain, begin, heads, verify, verify_chain, verify_heads};

use crate::entity::{audit_event, audit_head, audit_value};
use crate::{Actor, Conn, Error};

/// The key of the chains' hashes. It lives outside the database.
#[derive(Clone)]
pub struct AuditKey(pub [u8; 32]);

/// What a chain is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chain {
    Company,
    Store(StoreId),
}

impl std::str::FromStr for Chain {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "company" => Ok(Self::Company),
            other => other.strip_prefix("store:").unwrap_or_default().parse().map(Self::Store),
        }
    }
}

impl std::fmt::Display for Chain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Company => f.write_str("company"),
            Self::Store(id) => write!(f, "store:{id}"),
        }
    }
}

/// An act to be noted.
#[derive(Clone, Debug)]
pub struct Entry {
    pub chain: Chain,
    /// Such as `lead.edited`.
    pub action: &'static str,
    /// Such as `lead:{id}`.
    pub subject: String,
    pub changes: Vec<FieldChange>,
}

/// What the hash covers; the order of fields does not matter, canonical JSON sorts them.
#[derive(Serialize)]
struct Sealed<'a> {
    chain: &'a str,
    sequence: i64,
    at: String,
    actor: &'a str,
    session_id: Option<uuid::Uuid>,
    action: &'a str,
    subject: &'a str,
    request_id: Option<&'a str>,
    digests: &'a serde_json::Value,
}

impl AuditKey {
    fn seal(&self, previous: &str, event: &audit_event::Model) -> Result<String, Error> {
        let sealed = Sealed {
            chain: &event.chain,
            sequence: event.sequence,
            at: event.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
            actor: &event.actor,
            session_id: event.session_id,
            action: &event.action,
            subject: &event.subject,
            request_id: event.request_id.as_deref(),
            digests: &event.digests,
        };
        let canonical =
            serde_json_canonicalizer::to_vec(&sealed).map_err(|error| corrupt("digests", error.to_string()))?;
        self.mac(previous.as_bytes(), &canonical)
    }

    pub(super) fn sign(&self, chain: &str, sequence: i64, hash: &str) -> Result<String, Error> {
        self.mac(format!("head\n{chain}\n{sequence}\n{hash}").as_bytes(), b"")
    }

    fn mac(&self, first: &[u8], second: &[u8]) -> Result<String, Error> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).map_err(|error| corrupt("hash", error.to_string()))?;
        mac.update(first);
        mac.update(second);
        Ok(hex(&mac.finalize().into_bytes()))
    }
}

/// Appends the entries, chain by chain in a fixed order, so that two units of work never wait for each other in a circle.
pub(crate) async fn append(
    conn: &impl ConnectionTrait,
    key: &AuditKey,
    actor: &Actor,
    mut entries: Vec<Entry>,
) -> Result<(), Error> {
    entries.sort_by_key(|entry| entry.chain);
    for of_chain in entries.chunk_by(|a, b| a.chain == b.chain) {
        append_to_chain(conn, key, actor, of_chain).await?;
    }
    Ok(())
}

async fn append_to_chain(
    conn: &impl ConnectionTrait,
    key: &AuditKey,
    actor: &Actor,
    entries: &[Entry],
) -> Result<(), Error> {
    let Some(first) = entries.first() else { return Ok(()) };
    let chain = first.chain.to_string();
    let mut head = lock_head(conn, &chain).await?;
    for entry in entries {
        head.sequence += 1;
        let (values, digests) = salted(entry, &chain, head.sequence);
        let mut event = audit_event::Model {
            chain: chain.clone(),
            sequence: head.sequence,
            at: actor.at,
            actor: actor.name.clone(),
            session_id: actor.session_id.map(|id| id.0),
            action: entry.action.to_owned(),
            subject: entry.subject.clone(),
            request_id: actor.request_id.clone(),
            digests,
            hash: String::new(),
        };
        event.hash = key.seal(&head.hash, &event)?;
        head.hash.clone_from(&event.hash);
        let inserted =
            audit_event::Entity::insert(audit_event::ActiveModel::from(event)).exec_without_returning(conn).await;
        inserted.map_err(|error| head_is_wrong(error.into()))?;
        audit_value::Entity::insert_many(values).exec_without_returning(conn).await?;
    }
    let moved = audit_head::ActiveModel { chain: Set(head.chain), sequence: Set(head.sequence), hash: Set(head.hash) };
    audit_head::Entity::update(moved).exec(conn).await?;
    Ok(())
}

/// The head is locked, so an entry that is there already means that somebody changed the head.
fn head_is_wrong(error: Error) -> Error {
    match error {
        Error::Conflict(_) => corrupt("sequence", String::new()),
        other => other,
    }
}

/// The head row, made if missing, locked until the unit of work ends.
async fn lock_head(conn: &impl ConnectionTrait, chain: &str) -> Result<audit_head::Model, Error> {
    let start = audit_head::ActiveModel { chain: Set(chain.to_owned()), sequence: Set(0), hash: Set(String::new()) };
    let nothing = OnConflict::column(audit_head::Column::Chain).do_nothing().to_owned();
    audit_head::Entity::insert(start).on_conflict(nothing).exec_without_returning(conn).await?;
    let mut query = audit_head::Entity::find_by_id(chain.to_owned());
    if conn.get_database_backend() == DbBackend::Postgres {
        query = query.lock(LockType::Update);
    }
    query.one(conn).await?.ok_or_else(|| corrupt("chain", chain.to_owned()))
}

fn salted(entry: &Entry, chain: &str, sequence: i64) -> (Vec<audit_value::ActiveModel>, serde_json::Value) {
    let mut digests = serde_json::Map::new();
    let mut values = Vec::with_capacity(entry.changes.len());
    for (position, change) in (0..).zip(&entry.changes) {
        let salt = hex(&rand::rng().random::<[u8; 16]>());
        digests.insert(position.to_string(), digest(&salt, change).into());
        values.push(audit_value::ActiveModel {
            chain: Set(chain.to_owned()),
            sequence: Set(sequence),
            position: Set(position),
            field: Set(change.field.clone()),
            salt: Set(Some(salt)),
            before: Set(change.before.clone()),
            after: Set(change.after.clone()),
        });
    }
    (values, digests.into())
}

fn digest(salt: &str, change: &FieldChange) -> String {
    let values = serde_json::json!([salt, change.field, change.before, change.after]);
    hex(&Sha256::digest(values.to_string().as_bytes()))
}

async fn values_of(conn: &impl Conn, events: &[audit_event::Model]) -> Result<Vec<audit_value::Model>, Error> {
    use audit_value::Column::{Chain as ChainColumn, Position, Sequence};
    let mut any = Condition::any();
    for of_chain in events.chunk_by(|a, b| a.chain == b.chain) {
        let sequences = of_chain.iter().map(|event| event.sequence);
        let chain = of_chain.first().map(|event| event.chain.clone()).unwrap_or_default();
        any = any.add(Condition::all().add(ChainColumn.eq(chain)).add(Sequence.is_in(sequences)));
    }
    if events.is_empty() {
        return Ok(Vec::new());
    }
    Ok(audit_value::Entity::find().filter(any).order_by_asc(Position).all(conn.inner()).await?)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn corrupt(column: &'static str, value: String) -> Error {
    Error::Corrupt { table: "audit_events", column, value }
}
