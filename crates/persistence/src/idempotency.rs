//! Stored answers of creating requests. Claim, effect and answer are one unit of work: an answer can be replayed if and
//! only if its effect is durable.

use noren_domain::Timestamp;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter};

use crate::entity::idempotency_key::{ActiveModel, Column, Entity};
use crate::{Conn, Error, Tx};

/// What makes a key unique.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub principal: String,
    pub operation: String,
    pub key: String,
}

/// An answer as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub etag: Option<String>,
    pub body: String,
}

/// What a claim found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The key is new and now ours.
    Fresh,
    /// The same request was answered before.
    Answered(Answer),
    /// The key was used with another payload.
    Mismatch,
    /// The answer was about somebody who was erased since.
    Erased,
}

/// Claims a key. A first request still in work is waited for: PostgreSQL blocks on its row for at most the lock limit
/// (`LockTimeout`), SQLite has one writer anyway.
///
/// # Errors
/// `LockTimeout` when the first request takes too long.
pub async fn claim(tx: &Tx, key: &Key, fingerprint: &[u8]) -> Result<Claim, Error> {
    let row = ActiveModel {
        principal: Set(key.principal.clone()),
        operation: Set(key.operation.clone()),
        key: Set(key.key.clone()),
        fingerprint: Set(fingerprint.to_vec()),
        created_at: Set(tx.at()),
        ..Default::default()
    };
    let nothing = OnConflict::columns([Column::Principal, Column::Operation, Column::Key]).do_nothing().to_owned();
    if Entity::insert(row).on_conflict(nothing).exec_without_returning(tx.inner()).await? == 1 {
        return Ok(Claim::Fresh);
    }
    let id = (key.principal.clone(), key.operation.clone(), key.key.clone());
    let Some(stored) = Entity::find_by_id(id).one(tx.inner()).await? else { return Err(Error::LockTimeout) };
    if stored.status.is_some() && stored.body.is_none() {
        return Ok(Claim::Erased);
    }
    if stored.fingerprint != fingerprint {
        return Ok(Claim::Mismatch);
    }
    let (Some(status), Some(body)) = (stored.status, stored.body) else { return Err(Error::LockTimeout) };
    let status = u16::try_from(status).map_err(|_| Error::Corrupt {
        table: "idempotency_keys",
        column: "status",
        value: status.to_string(),
    })?;
    Ok(Claim::Answered(Answer { status, location: stored.location, etag: stored.etag, body }))
}

/// Stores the answer of a claimed key.
///
/// # Errors
/// Database errors.
pub async fn store(tx: &Tx, key: &Key, answer: &Answer) -> Result<(), Error> {
    let change = ActiveModel {
        status: Set(Some(i32::from(answer.status))),
        location: Set(answer.location.clone()),
        etag: Set(answer.etag.clone()),
        body: Set(Some(answer.body.clone())),
        ..Default::default()
    };
    Entity::update_many()
        .set(change)
        .filter(Column::Principal.eq(&key.principal))
        .filter(Column::Operation.eq(&key.operation))
        .filter(Column::Key.eq(&key.key))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Empties the answers about somebody, which led to one of these places or to what is below it. The keys stay taken, so that a
/// request that was kept somewhere and is repeated later makes nothing anew.
///
/// # Errors
/// Database errors.
pub async fn erase(tx: &Tx, places: &[String]) -> Result<(), Error> {
    let about = places.iter().fold(Condition::any(), |about, place| {
        about.add(Column::Location.eq(place)).add(Column::Location.starts_with(format!("{place}/")))
    });
    Entity::update_many()
        .col_expr(Column::Body, Expr::value(None::<String>))
        .col_expr(Column::Fingerprint, Expr::value(Vec::<u8>::new()))
        .filter(about)
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Forgets the answers from before an instant.
///
/// # Errors
/// Database errors.
pub async fn purge(tx: &Tx, before: Timestamp) -> Result<u64, Error> {
    let gone = Entity::delete_many().filter(Column::CreatedAt.lt(before)).exec(tx.inner()).await?;
    Ok(gone.rows_affected)
}
