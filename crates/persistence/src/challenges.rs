//! Questions that wait for an answer, each for one purpose and for a short time. What they are answered with is kept as SHA-256.

use noren_domain::{StaffId, Timestamp};
use sea_orm::sea_query::LockType;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect};
use serde_json::Value;

use crate::entity::challenge::{ActiveModel, Column, Entity, Model};
use crate::{Conn, Error, Tx};

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Challenge {
    /// What an answer is good for, and nothing else.
    pub purpose: &'static str,
    /// Whom it is put to; nobody yet, where the answer is to tell.
    pub staff_id: Option<StaffId>,
    /// What is remembered until the answer.
    pub state: Value,
    /// How often it was answered.
    pub tries: i32,
    pub expires_at: Timestamp,
}

/// # Errors
/// Database errors.
pub async fn insert(tx: &Tx, hash: [u8; 32], challenge: Challenge) -> Result<(), Error> {
    let Challenge { purpose, staff_id, state, tries, expires_at } = challenge;
    let row = ActiveModel {
        hash: Set(hash.to_vec()),
        purpose: Set(purpose.to_owned()),
        staff_id: Set(staff_id.map(|id| id.0)),
        state: Set(state),
        tries: Set(tries),
        expires_at: Set(expires_at),
    };
    Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// The question of this purpose that is still open.
///
/// # Errors
/// Database errors.
pub async fn find(
    conn: &impl Conn,
    hash: [u8; 32],
    purpose: &'static str,
    now: Timestamp,
) -> Result<Option<Challenge>, Error> {
    let found = Entity::find_by_id(hash.to_vec()).one(conn.inner()).await?;
    Ok(found.and_then(|row| open(row, purpose, now)))
}

/// The same, locked until the unit of work ends, so that of two answers at once one comes first.
///
/// # Errors
/// Database errors.
pub async fn hold(tx: &Tx, hash: [u8; 32], purpose: &'static str) -> Result<Option<Challenge>, Error> {
    let mut query = Entity::find_by_id(hash.to_vec());
    if tx.inner().get_database_backend() == DbBackend::Postgres {
        query = query.lock(LockType::Update);
    }
    Ok(query.one(tx.inner()).await?.and_then(|row| open(row, purpose, tx.at())))
}

/// Notes how often it was answered.
///
/// # Errors
/// Database errors.
pub async fn set_tries(tx: &Tx, hash: [u8; 32], tries: i32) -> Result<(), Error> {
    let change = ActiveModel { tries: Set(tries), ..Default::default() };
    Entity::update_many().set(change).filter(Column::Hash.eq(hash.to_vec())).exec(tx.inner()).await?;
    Ok(())
}

/// Takes a question back.
///
/// # Errors
/// Database errors.
pub async fn remove(tx: &Tx, hash: [u8; 32]) -> Result<(), Error> {
    Entity::delete_by_id(hash.to_vec()).exec(tx.inner()).await?;
    Ok(())
}

/// Takes back all that was asked of a person, as a change of what they prove themselves with demands.
///
/// # Errors
/// Database errors.
pub async fn remove_all(tx: &Tx, staff: StaffId) -> Result<(), Error> {
    Entity::delete_many().filter(Column::StaffId.eq(staff.0)).exec(tx.inner()).await?;
    Ok(())
}

/// Removes what expired before a day.
///
/// # Errors
/// Database errors.
pub async fn purge(tx: &Tx, before: Timestamp) -> Result<u64, Error> {
    Ok(Entity::delete_many().filter(Column::ExpiresAt.lt(before)).exec(tx.inner()).await?.rows_affected)
}

fn open(row: Model, purpose: &'static str, now: Timestamp) -> Option<Challenge> {
    let Model { hash: _, purpose: kept, staff_id, state, tries, expires_at } = row;
    let is_open = kept == purpose && expires_at > now;
    is_open.then(|| Challenge { purpose, staff_id: staff_id.map(StaffId), state, tries, expires_at })
}
