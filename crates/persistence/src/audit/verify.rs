//! Whether the audit chains still fit together, and whether they still hold what their signed heads say.

use noren_domain::timeline::FieldChange;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use super::list::by_entry;
use super::{digest, values_of};
use crate::entity::{audit_event, audit_head, audit_value};
use crate::{Conn, Db, Error};

/// How many entries are read at once.
const BATCH: i64 = 500;

/// The first entry of a chain that does not fit, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadEntry {
    pub chain: String,
    pub sequence: i64,
    pub flaw: Flaw,
}

/// Why an entry does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    #[error("the entry is missing")]
    Missing,
    #[error("the entry was altered")]
    Altered,
    #[error("the values were altered")]
    ValuesAltered,
    #[error("the chain has no head")]
    NoHead,
    #[error("the chain does not end at its head")]
    BeforeHead,
    #[error("the chain goes on past its head")]
    PastHead,
    #[error("the noted head was not signed with this key")]
    ForgedHead,
    #[error("the entry of the noted head is gone")]
    HeadGone,
    #[error("the entry of the noted head is another one")]
    OtherHead,
}

impl Flaw {
    /// As it is kept and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Altered => "altered",
            Self::ValuesAltered => "values_altered",
            Self::NoHead => "no_head",
            Self::BeforeHead => "before_head",
            Self::PastHead => "past_head",
            Self::ForgedHead => "forged_head",
            Self::HeadGone => "head_gone",
            Self::OtherHead => "other_head",
        }
    }
}

/// One chain that was walked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedChain {
    /// Its end when the walk began, signed. A chain that has lost it has an empty one.
    pub head: Head,
    /// How many entries fit.
    pub entries: u64,
    pub bad: Option<BadEntry>,
}

/// What [`verify`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    pub chains: Vec<VerifiedChain>,
}

impl Verification {
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.chains.iter().map(|chain| chain.entries).sum()
    }

    /// The first bad entry of each chain that has one.
    #[must_use]
    pub fn bad(&self) -> Vec<BadEntry> {
        self.chains.iter().filter_map(|chain| chain.bad.clone()).collect()
    }
}

/// The end of a chain at some time, signed. Kept apart from the database, it shows a tail that was cut later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    rows.into_iter().map(|row| signed(db, row)).collect()
}

fn signed(db: &Db, row: audit_head::Model) -> Result<Head, Error> {
    let audit_head::Model { chain, sequence, hash } = row;
    let signature = db.audit_key().sign(&chain, sequence, &hash)?;
    Ok(Head { chain, sequence, hash, signature })
}

/// Compares heads that were noted earlier with the chains: the entry must still be there with its hash.
///
/// # Errors
/// Database errors; a chain that lost its tail is a finding and not an error.
pub async fn verify_heads(db: &Db, noted: &[Head]) -> Result<Vec<BadEntry>, Error> {
    let mut bad = Vec::new();
    for head in noted {
        if let Some(flaw) = unlike(db, head).await? {
            bad.push(BadEntry { chain: head.chain.clone(), sequence: head.sequence, flaw });
        }
    }
    Ok(bad)
}

async fn unlike(db: &Db, head: &Head) -> Result<Option<Flaw>, Error> {
    if db.audit_key().sign(&head.chain, head.sequence, &head.hash)? != head.signature {
        return Ok(Some(Flaw::ForgedHead));
    }
    let entry = audit_event::Entity::find_by_id((head.chain.clone(), head.sequence)).one(db.inner()).await?;
    Ok(match entry {
        None => Some(Flaw::HeadGone),
        Some(entry) if entry.hash != head.hash => Some(Flaw::OtherHead),
        Some(_) => None,
    })
}

/// Walks every chain from its first entry to its head. Writers may go on meanwhile: what they add is not looked at.
///
/// # Errors
/// Database errors; a broken chain is a finding and not an error.
pub async fn verify(db: &Db) -> Result<Verification, Error> {
    let mut chains = Vec::new();
    for head in begin(db).await? {
        chains.push(verify_chain(db, head, async |_| Ok::<_, Error>(())).await?);
    }
    Ok(Verification { chains })
}

/// The ends of all chains as a walk finds them; a chain that has lost its own has an empty one.
///
/// # Errors
/// Database errors.
pub async fn begin(db: &Db) -> Result<Vec<Head>, Error> {
    let mut heads = heads(db).await?;
    for chain in chains_of_events(db).await? {
        // Looked for once more, because the chain may have begun since.
        if heads.iter().all(|head| head.chain != chain) && find_head(db, &chain).await?.is_none() {
            heads.push(Head { chain, sequence: 0, hash: String::new(), signature: String::new() });
        }
    }
    Ok(heads)
}

/// Walks one chain, and says after each batch how many entries fit so far.
///
/// # Errors
/// Database errors, and whatever the saying ends in.
pub async fn verify_chain<E: From<Error>>(
    db: &Db,
    head: Head,
    mut say: impl AsyncFnMut(u64) -> Result<(), E>,
) -> Result<VerifiedChain, E> {
    let found = |entries, bad: Option<(i64, Flaw)>, head: Head| {
        let bad = bad.map(|(sequence, flaw)| BadEntry { chain: head.chain.clone(), sequence, flaw });
        VerifiedChain { head, entries, bad }
    };
    if head.signature.is_empty() {
        return Ok(found(0, Some((1, Flaw::NoHead)), head));
    }
    let (mut expected, mut previous, mut good) = (1, String::new(), 0);
    while expected <= head.sequence {
        let events = batch(db, &head, expected).await?;
        if events.is_empty() {
            break;
        }
        let mut values = by_entry(values_of(db, &events).await?);
        for event in events {
            let mine = values.remove(&(event.chain.clone(), event.sequence)).unwrap_or_default();
            if let Some(flaw) = flaw(db, (expected, &previous), &event, &mine)? {
                return Ok(found(good, Some((expected, flaw)), head));
            }
            previous = event.hash;
            expected += 1;
            good += 1;
        }
        say(good).await?;
    }
    let whole = expected == head.sequence + 1 && previous == head.hash;
    let bad = if whole { beyond_head(db, &head.chain).await? } else { Some((expected, Flaw::BeforeHead)) };
    Ok(found(good, bad, head))
}

async fn batch(db: &Db, head: &Head, expected: i64) -> Result<Vec<audit_event::Model>, Error> {
    let of_batch = Condition::all()
        .add(audit_event::Column::Chain.eq(&head.chain))
        .add(audit_event::Column::Sequence.gte(expected))
        .add(audit_event::Column::Sequence.lt((expected + BATCH).min(head.sequence + 1)));
    let events = audit_event::Entity::find().filter(of_batch).order_by_asc(audit_event::Column::Sequence);
    Ok(events.all(db.inner()).await?)
}

fn flaw(
    db: &Db,
    (expected, previous): (i64, &str),
    event: &audit_event::Model,
    values: &[audit_value::Model],
) -> Result<Option<Flaw>, Error> {
    Ok(if event.sequence != expected {
        Some(Flaw::Missing)
    } else if db.audit_key().seal(previous, event)? != event.hash {
        Some(Flaw::Altered)
    } else if !values_fit(event, values) {
        Some(Flaw::ValuesAltered)
    } else {
        None
    })
}

async fn chains_of_events(db: &Db) -> Result<Vec<String>, Error> {
    let chains = audit_event::Entity::find().select_only().column(audit_event::Column::Chain).distinct();
    Ok(chains.into_tuple().all(db.inner()).await?)
}

async fn find_head(db: &Db, chain: &str) -> Result<Option<audit_head::Model>, Error> {
    Ok(audit_head::Entity::find_by_id(chain.to_owned()).one(db.inner()).await?)
}

/// An entry that the head does not know of. The head is read after the entries, so that a writer in between is no alarm.
async fn beyond_head(db: &Db, chain: &str) -> Result<Option<(i64, Flaw)>, Error> {
    let of_chain = audit_event::Entity::find().filter(audit_event::Column::Chain.eq(chain));
    let last = of_chain.order_by_desc(audit_event::Column::Sequence).one(db.inner()).await?;
    let head = find_head(db, chain).await?.map_or(0, |head| head.sequence);
    Ok(last.filter(|last| last.sequence > head).map(|_| (head + 1, Flaw::PastHead)))
}

/// There is a value for every digest of the entry. An erased one is empty and proves nothing; all others must have
/// their digest.
fn values_fit(event: &audit_event::Model, values: &[audit_value::Model]) -> bool {
    let digests = event.digests.as_object().map_or(0, serde_json::Map::len);
    digests == values.len()
        && values.iter().all(|value| {
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
