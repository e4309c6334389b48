//! What people prove who they are with besides the password: an authenticator app, passkeys, and codes on paper for when both are lost.

use noren_domain::{PasskeyId, StaffId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::Value;

use crate::entity::{authenticator, passkey, recovery_code};
use crate::{Conn, Error, Tx};

/// What a person has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Factors {
    pub authenticator: bool,
    pub passkeys: u64,
}

impl Factors {
    #[must_use]
    pub fn any(self) -> bool {
        self.authenticator || self.passkeys > 0
    }
}

/// An app that shows codes.
#[derive(Clone, PartialEq, Eq)]
pub struct Authenticator {
    /// Sealed.
    pub secret: Vec<u8>,
    pub created_at: Timestamp,
}

/// A key pair of which a device keeps the private half.
#[derive(Clone, Debug, PartialEq)]
pub struct Passkey {
    pub id: PasskeyId,
    pub staff_id: StaffId,
    pub credential_id: Vec<u8>,
    pub credential: Value,
    pub name: String,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

/// # Errors
/// Database errors.
pub async fn of(conn: &impl Conn, staff: StaffId) -> Result<Factors, Error> {
    let authenticator = authenticator::Entity::find_by_id(staff.0).count(conn.inner()).await? > 0;
    let passkeys = passkey::Entity::find().filter(passkey::Column::StaffId.eq(staff.0)).count(conn.inner()).await?;
    Ok(Factors { authenticator, passkeys })
}

/// # Errors
/// Database errors.
pub async fn authenticator(conn: &impl Conn, staff: StaffId) -> Result<Option<Authenticator>, Error> {
    let row = authenticator::Entity::find_by_id(staff.0).one(conn.inner()).await?;
    Ok(row.map(|row| Authenticator { secret: row.secret, created_at: row.created_at }))
}

/// Gives a person an authenticator in the place of the one before; `step` is that of the code it was confirmed by.
///
/// # Errors
/// Database errors.
pub async fn set_authenticator(tx: &Tx, staff: StaffId, secret: Vec<u8>, step: i64) -> Result<(), Error> {
    remove_authenticator(tx, staff).await?;
    let row = authenticator::ActiveModel {
        staff_id: Set(staff.0),
        secret: Set(secret),
        last_step: Set(step),
        created_at: Set(tx.at()),
    };
    authenticator::Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Whether there was one.
///
/// # Errors
/// Database errors.
pub async fn remove_authenticator(tx: &Tx, staff: StaffId) -> Result<bool, Error> {
    Ok(authenticator::Entity::delete_by_id(staff.0).exec(tx.inner()).await?.rows_affected > 0)
}

/// Spends the code of a step; not if it, or a later one, was spent before.
///
/// # Errors
/// Database errors.
pub async fn use_step(tx: &Tx, staff: StaffId, step: i64) -> Result<bool, Error> {
    let used = authenticator::Entity::update_many()
        .col_expr(authenticator::Column::LastStep, Expr::value(step))
        .filter(authenticator::Column::StaffId.eq(staff.0))
        .filter(authenticator::Column::LastStep.lt(step));
    Ok(used.exec(tx.inner()).await?.rows_affected > 0)
}

/// Replaces a person's codes on paper.
///
/// # Errors
/// Database errors.
pub async fn replace_recovery_codes(tx: &Tx, staff: StaffId, hashes: &[[u8; 32]]) -> Result<(), Error> {
    recovery_code::Entity::delete_many().filter(recovery_code::Column::StaffId.eq(staff.0)).exec(tx.inner()).await?;
    if hashes.is_empty() {
        return Ok(());
    }
    let rows = hashes.iter().map(|hash| recovery_code::ActiveModel {
        hash: Set(hash.to_vec()),
        staff_id: Set(staff.0),
        used_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// How many were not used yet.
///
/// # Errors
/// Database errors.
pub async fn recovery_codes_left(conn: &impl Conn, staff: StaffId) -> Result<u64, Error> {
    let left = recovery_code::Entity::find()
        .filter(recovery_code::Column::StaffId.eq(staff.0))
        .filter(recovery_code::Column::UsedAt.is_null());
    Ok(left.count(conn.inner()).await?)
}

/// Spends a code; not twice.
///
/// # Errors
/// Database errors.
pub async fn use_recovery_code(tx: &Tx, staff: StaffId, hash: [u8; 32]) -> Result<bool, Error> {
    let used = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(tx.at()))
        .filter(recovery_code::Column::Hash.eq(hash.to_vec()))
        .filter(recovery_code::Column::StaffId.eq(staff.0))
        .filter(recovery_code::Column::UsedAt.is_null());
    Ok(used.exec(tx.inner()).await?.rows_affected > 0)
}

/// A person's passkeys, in the order of their making.
///
/// # Errors
/// Database errors.
pub async fn passkeys(conn: &impl Conn, staff: StaffId) -> Result<Vec<Passkey>, Error> {
    let of_person = passkey::Entity::find().filter(passkey::Column::StaffId.eq(staff.0));
    let rows = of_person.order_by_asc(passkey::Column::Id).all(conn.inner()).await?;
    Ok(rows.into_iter().map(to_passkey).collect())
}

/// The passkey that a device names.
///
/// # Errors
/// Database errors.
pub async fn passkey(conn: &impl Conn, credential_id: &[u8]) -> Result<Option<Passkey>, Error> {
    let named = passkey::Entity::find().filter(passkey::Column::CredentialId.eq(credential_id.to_vec()));
    Ok(named.one(conn.inner()).await?.map(to_passkey))
}

/// # Errors
/// `Conflict` when the device has registered it before.
pub async fn insert_passkey(tx: &Tx, passkey: Passkey) -> Result<(), Error> {
    let Passkey { id, staff_id, credential_id, credential, name, created_at, last_used_at } = passkey;
    let row = passkey::ActiveModel {
        id: Set(id.0),
        staff_id: Set(staff_id.0),
        credential_id: Set(credential_id),
        credential: Set(credential),
        name: Set(name),
        created_at: Set(created_at),
        last_used_at: Set(last_used_at),
    };
    passkey::Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Notes that a passkey was used, with what it counts.
///
/// # Errors
/// Database errors.
pub async fn use_passkey(tx: &Tx, id: PasskeyId, credential: Value) -> Result<(), Error> {
    let change =
        passkey::ActiveModel { credential: Set(credential), last_used_at: Set(Some(tx.at())), ..Default::default() };
    passkey::Entity::update_many().set(change).filter(passkey::Column::Id.eq(id.0)).exec(tx.inner()).await?;
    Ok(())
}

/// Whether the person had it.
///
/// # Errors
/// Database errors.
pub async fn remove_passkey(tx: &Tx, staff: StaffId, id: PasskeyId) -> Result<bool, Error> {
    let theirs = passkey::Entity::delete_many()
        .filter(passkey::Column::Id.eq(id.0))
        .filter(passkey::Column::StaffId.eq(staff.0));
    Ok(theirs.exec(tx.inner()).await?.rows_affected > 0)
}

/// Takes all of it away; whether there was anything.
///
/// # Errors
/// Database errors.
pub async fn remove_all(tx: &Tx, staff: StaffId) -> Result<bool, Error> {
    let had = of(tx, staff).await?.any();
    remove_authenticator(tx, staff).await?;
    replace_recovery_codes(tx, staff, &[]).await?;
    passkey::Entity::delete_many().filter(passkey::Column::StaffId.eq(staff.0)).exec(tx.inner()).await?;
    Ok(had)
}

fn to_passkey(row: passkey::Model) -> Passkey {
    let passkey::Model { id, staff_id, credential_id, credential, name, created_at, last_used_at } = row;
    let (id, staff_id) = (PasskeyId(id), StaffId(staff_id));
    Passkey { id, staff_id, credential_id, credential, name, created_at, last_used_at }
}
