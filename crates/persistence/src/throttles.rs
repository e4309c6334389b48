//! The counters of guesses. They live in the database so that a restart or a further process does not reset them.

use noren_domain::Timestamp;
use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect};

use crate::entity::throttle::{ActiveModel, Column, Entity};
use crate::{Conn, Error, Tx};

/// A counter as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttle {
    /// The theoretical arrival time of the generic cell rate algorithm.
    pub arrival: Timestamp,
    /// Failures in a row.
    pub failures: i64,
}

/// The counter of a subject, made if missing, locked until the unit of work ends.
///
/// # Errors
/// Database errors.
pub async fn lock(tx: &Tx, policy: &str, subject: &str) -> Result<Throttle, Error> {
    let start = ActiveModel {
        policy: Set(policy.to_owned()),
        subject: Set(subject.to_owned()),
        arrival: Set(tx.at()),
        failures: Set(0),
    };
    let nothing = OnConflict::columns([Column::Policy, Column::Subject]).do_nothing().to_owned();
    Entity::insert(start).on_conflict(nothing).exec_without_returning(tx.inner()).await?;
    let mut query = Entity::find_by_id((policy.to_owned(), subject.to_owned()));
    if tx.inner().get_database_backend() == DbBackend::Postgres {
        query = query.lock(LockType::Update);
    }
    let row = query.one(tx.inner()).await?;
    Ok(row.map_or(Throttle { arrival: tx.at(), failures: 0 }, |row| Throttle {
        arrival: row.arrival,
        failures: row.failures,
    }))
}

/// Forgets counters that stopped mattering before an instant, except those of accounts under attack.
///
/// # Errors
/// Database errors.
pub async fn purge(tx: &Tx, before: Timestamp, failures_below: i64) -> Result<u64, Error> {
    let idle = Entity::delete_many().filter(Column::Arrival.lt(before)).filter(Column::Failures.lt(failures_below));
    Ok(idle.exec(tx.inner()).await?.rows_affected)
}

/// # Errors
/// Database errors.
pub async fn store(tx: &Tx, policy: &str, subject: &str, throttle: Throttle) -> Result<(), Error> {
    let change = ActiveModel { arrival: Set(throttle.arrival), failures: Set(throttle.failures), ..Default::default() };
    let one = Entity::update_many().set(change).filter(Column::Policy.eq(policy)).filter(Column::Subject.eq(subject));
    one.exec(tx.inner()).await?;
    Ok(())
}
