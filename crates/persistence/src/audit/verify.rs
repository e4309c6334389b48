//! Whether the audit chains still fit together, and whether they still hold what their signed heads say.

use noren_domain::timeline::FieldChange;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Deserialize;

use super::{digest, values_of};
use crate::entity::{audit_event, audit_head, audit_value};
use crate::{Conn, Db, Error};

/// The first entry of a chain that does not fit, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadEntry {
    pub chain: String,
    pub sequence: i64,
    pub reason: &'static str,
}

/// What [`verify`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    pub chains: u64,
    pub entries: u64,
    pub bad: Vec<BadEntry>,
}

/// The end of a chain at some time, signed. Kept apart from the database, it shows a tail that was cut later.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Head {
    pub chain: String,
    pub sequence: i64,
    pub hash: String,
    /// HMAC-SHA256 over the three above.
    pub signature: String,
}

/// The ends of all chains, signed.
///
/// # Errors
/// Database errors.
pub async fn heads(db: &Db) -> Result<Vec<Head>, Error> {
    let rows = audit_head::Entity::find().order_by_asc(audit_head::Column::Chain).all(db.inner()).await?;
    let signed = |audit_head::Model { chain, sequence, hash }| {
        let signature = db.audit_key().sign(&chain, sequence, &hash)?;
        Ok(Head { chain, sequence, hash, signature })
    };
    rows.into_iter().map(signed).collect()
}

/// Compares heads that were noted earlier with the chains: the entry must still be there with its hash.
///
/// # Errors
/// Database errors; a chain that lost its tail is a finding and not an error.
pub async fn verify_heads(db: &Db, noted: &[Head]) -> Result<Vec<BadEntry>, Error> {
    let mut bad = Vec::new();
    for head in noted {
        if let Some(reason) = unlike(db, head).await? {
            bad.push(BadEntry { chain: head.chain.clone(), sequence: head.sequence, reason });
        }
    }
    Ok(bad)
}

async fn unlike(db: &Db, head: &Head) -> Result<Option<&'static str>, Error> {
    if db.audit_key().sign(&head.chain, head.sequence, &head.hash)? != head.signature {
        return Ok(Some("the noted head was not signed with this key"));
    }
    let entry = audit_event::Entity::find_by_id((head.chain.clone(), head.sequence)).one(db.inner()).await?;
    Ok(match entry {
        None => Some("the entry of the noted head is gone"),
        Some(entry) if entry.hash != head.hash => Some("the entry of the noted head is another one"),
        Some(_) => None,
    })
}

/// Walks every chain from its first entry to its head. Writers may go on meanwhile: what they add is not looked at.
///
/// # Errors
/// Database errors; a broken chain is a finding and not an error.
pub async fn verify(db: &Db) -> Result<Verification, Error> {
    let mut found = Verification::default();
    let heads = audit_head::Entity::find().order_by_asc(audit_head::Column::Chain).all(db.inner()).await?;
    for chain in chains_of_events(db).await? {
        if heads.iter().all(|head| head.chain != chain) && find_head(db, &chain).await?.is_none() {
            found.bad.push(BadEntry { chain, sequence: 1, reason: "the chain has no head" });
        }
    }
    for head in heads {
        found.chains += 1;
        let chain = head.chain.clone();
        let (entries, mut bad) = verify_chain(db, &head).await?;
        if bad.is_none() {
            bad = beyond_head(db, &chain).await?;
        }
        found.entries += entries;
        found.bad.extend(bad.map(|(sequence, reason)| BadEntry { chain, sequence, reason }));
    }
    Ok(found)
}

async fn chains_of_events(db: &Db) -> Result<Vec<String>, Error> {
    let chains = audit_event::Entity::find().select_only().column(audit_event::Column::Chain).distinct();
    Ok(chains.into_tuple().all(db.inner()).await?)
}

async fn find_head(db: &Db, chain: &str) -> Result<Option<audit_head::Model>, Error> {
    Ok(audit_head::Entity::find_by_id(chain.to_owned()).one(db.inner()).await?)
}

/// An entry that the head does not know of. The head is read after the entries, so that a writer in between is no alarm.
async fn beyond_head(db: &Db, chain: &str) -> Result<Option<(i64, &'static str)>, Error> {
    let of_chain = audit_event::Entity::find().filter(audit_event::Column::Chain.eq(chain));
    let last = of_chain.order_by_desc(audit_event::Column::Sequence).one(db.inner()).await?;
    let head = find_head(db, chain).await?.map_or(0, |head| head.sequence);
    Ok(last.filter(|last| last.sequence > head).map(|_| (head + 1, "the chain goes on past its head")))
}

/// How many entries fit up to the head, and the first that does not.
async fn verify_chain(db: &Db, head: &audit_head::Model) -> Result<(u64, Option<(i64, &'static str)>), Error> {
    const BATCH: i64 = 500;
    let (mut expected, mut previous, mut good) = (1, String::new(), 0);
    while expected <= head.sequence {
        let of_batch = Condition::all()
            .add(audit_event::Column::Chain.eq(&head.chain))
            .add(audit_event::Column::Sequence.gte(expected))
            .add(audit_event::Column::Sequence.lt((expected + BATCH).min(head.sequence + 1)));
        let events = audit_event::Entity::find()
            .filter(of_batch)
            .order_by_asc(audit_event::Column::Sequence)
            .all(db.inner())
            .await?;
        if events.is_empty() {
            break;
        }
        let values = values_of(db, &events).await?;
        for event in events {
            if event.sequence != expected {
                return Ok((good, Some((expected, "the entry is missing"))));
            }
            if db.audit_key().seal(&previous, &event)? != event.hash {
                return Ok((good, Some((expected, "the entry was altered"))));
            }
            if !values_fit(&event, &values) {
                return Ok((good, Some((expected, "the values were altered"))));
            }
            previous = event.hash;
            expected += 1;
            good += 1;
        }
    }
    let whole = expected == head.sequence + 1 && previous == head.hash;
    Ok((good, (!whole).then_some((expected, "the chain does not end at its head"))))
}

/// There is a value for every digest of the entry. An erased one is empty and proves nothing; all others must have
/// their digest.
fn values_fit(event: &audit_event::Model, values: &[audit_value::Model]) -> bool {
    let mine: Vec<_> =
        values.iter().filter(|value| value.chain == event.chain && value.sequence == event.sequence).collect();
    let digests = event.digests.as_object().map_or(0, serde_json::Map::len);
    digests == mine.len()
        && mine.into_iter().all(|value| {
            let Some(expected) = event.digests.get(value.position.to_string()).and_then(|digest| digest.as_str())
            else {
                return false;
            };
            let Some(salt) = &value.salt else { return value.before.is_none() && value.after.is_none() };
            let change =
                FieldChange { field: value.field.clone(), before: value.before.clone(), after: value.after.clone() };
            digest(salt, &change) == expected
        })
}
