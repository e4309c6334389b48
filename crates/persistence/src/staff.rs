//! スタッフ as rows.

use std::collections::HashMap;

use noren_domain::language::Language;
use noren_domain::staff::{Role, Staff, StaffStatus};
use noren_domain::viewer::Viewer;
use noren_domain::{StaffId, StoreId};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::{staff, staff_store};
use crate::json::Place;
use crate::{Conn, Error, Tx};

/// A person with the hashes of what they sign in and unlock with.
pub struct Account {
    pub staff: Staff,
    pub password_hash: Option<String>,
    pub pin_hash: Option<String>,
}

/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, id: StaffId) -> Result<Option<Staff>, Error> {
    Ok(account(conn, id).await?.map(|account| account.staff))
}

/// The account with this sign-in name, in lower case.
///
/// # Errors
/// Database errors.
pub async fn find_account(conn: &impl Conn, mail: &str) -> Result<Option<Account>, Error> {
    let row = staff::Entity::find().filter(staff::Column::Mail.eq(mail)).one(conn.inner()).await?;
    Ok(with_stores(conn, row.into_iter().collect()).await?.into_iter().next())
}

/// The account of a person.
///
/// # Errors
/// Database errors.
pub async fn account(conn: &impl Conn, id: StaffId) -> Result<Option<Account>, Error> {
    let row = staff::Entity::find_by_id(id.0).one(conn.inner()).await?;
    Ok(with_stores(conn, row.into_iter().collect()).await?.into_iter().next())
}

/// The person again, as they are now, locked until the unit of work ends.
///
/// # Errors
/// Database errors.
pub async fn lock_account(tx: &Tx, id: StaffId) -> Result<Option<Account>, Error> {
    let mut query = staff::Entity::find_by_id(id.0);
    if tx.inner().get_database_backend() == DbBackend::Postgres {
        query = query.lock(LockType::Update);
    }
    let row = query.one(tx.inner()).await?;
    Ok(with_stores(tx, row.into_iter().collect()).await?.into_iter().next())
}

/// The person with this code, locked until the unit of work ends.
///
/// # Errors
/// Database errors.
pub async fn lock_by_code(tx: &Tx, code: &str) -> Result<Option<Staff>, Error> {
    let mut query = staff::Entity::find().filter(staff::Column::Code.eq(code));
    if tx.inner().get_database_backend() == DbBackend::Postgres {
        query = query.lock(LockType::Update);
    }
    let row = query.one(tx.inner()).await?;
    Ok(with_stores(tx, row.into_iter().collect()).await?.into_iter().next().map(|account| account.staff))
}

/// The colleagues who share a store with the viewer, by reading.
///
/// # Errors
/// Database errors.
pub async fn colleagues(conn: &impl Conn, viewer: &Viewer) -> Result<Vec<Staff>, Error> {
    let mut query = staff::Entity::find();
    if let Some(stores) = viewer.store_filter() {
        let theirs = staff_store::Entity::find()
            .select_only()
            .column(staff_store::Column::StaffId)
            .filter(staff_store::Column::StoreId.is_in(stores.iter().map(|store| store.0)));
        query = query.filter(staff::Column::Id.in_subquery(sea_orm::QueryTrait::into_query(theirs)));
    }
    let rows = query.order_by_asc(staff::Column::Kana).order_by_asc(staff::Column::Id).all(conn.inner()).await?;
    Ok(with_stores(conn, rows).await?.into_iter().map(|account| account.staff).collect())
}

/// What people are called, those who have left included.
///
/// # Errors
/// Database errors.
pub async fn names(conn: &impl Conn, people: &[StaffId]) -> Result<HashMap<StaffId, String>, Error> {
    let named = staff::Entity::find().filter(staff::Column::Id.is_in(people.iter().map(|id| id.0)));
    Ok(named.all(conn.inner()).await?.into_iter().map(|row| (StaffId(row.id), row.name)).collect())
}

/// The people who have these codes, and what they are called.
///
/// # Errors
/// Database errors.
pub async fn with_codes(conn: &impl Conn, codes: &[&str]) -> Result<HashMap<String, (StaffId, String)>, Error> {
    if codes.is_empty() {
        return Ok(HashMap::new());
    }
    let known = staff::Entity::find().filter(staff::Column::Code.is_in(codes.iter().copied()));
    Ok(known.all(conn.inner()).await?.into_iter().map(|row| (row.code, (StaffId(row.id), row.name))).collect())
}

/// Those who work at no store, because there was none when they came; locked until the unit of work ends.
///
/// # Errors
/// Database errors.
pub async fn lock_homeless(tx: &Tx) -> Result<Vec<Staff>, Error> {
    let placed = staff_store::Entity::find().select_only().column(staff_store::Column::StaffId);
    let mut query =
        staff::Entity::find().filter(staff::Column::Id.not_in_subquery(sea_orm::QueryTrait::into_query(placed)));
    if tx.inner().get_database_backend() == DbBackend::Postgres {
        query = query.lock(LockType::Update);
    }
    let rows = query.order_by_asc(staff::Column::Id).all(tx.inner()).await?;
    Ok(with_stores(tx, rows).await?.into_iter().map(|account| account.staff).collect())
}

/// The language that a person chose.
///
/// # Errors
/// Database errors.
pub async fn language(conn: &impl Conn, id: StaffId) -> Result<Option<Language>, Error> {
    let row = staff::Entity::find_by_id(id.0).one(conn.inner()).await?;
    row.and_then(|row| row.language).map(|text| Place("staff", "language").read_text(text)).transpose()
}

/// Keeps the language that a person chose.
///
/// # Errors
/// Database errors.
pub async fn set_language(tx: &Tx, id: StaffId, language: Language) -> Result<(), Error> {
    let change = staff::ActiveModel { language: Set(Some(language.as_str().to_owned())), ..Default::default() };
    staff::Entity::update_many().set(change).filter(staff::Column::Id.eq(id.0)).exec(tx.inner()).await?;
    Ok(())
}

/// Whether anybody can sign in at all.
///
/// # Errors
/// Database errors.
pub async fn exist(conn: &impl Conn) -> Result<bool, Error> {
    Ok(staff::Entity::find().count(conn.inner()).await? > 0)
}

/// # Errors
/// `Conflict` when code or mail are taken, or a store is unknown.
pub async fn insert(tx: &Tx, staff: &Staff, password_hash: Option<String>) -> Result<(), Error> {
    let Staff { id, code, name, kana, mail, role, status, stores, has_pin: _, created_at, version } = staff.clone();
    let row = staff::Model {
        id: id.0,
        code,
        name,
        kana,
        mail,
        role: role.as_str().to_owned(),
        status: status.as_str().to_owned(),
        password_hash,
        created_at,
        version,
        pin_hash: None,
        language: None,
    };
    staff::Entity::insert(row.into_active_model()).exec_without_returning(tx.inner()).await?;
    insert_places(tx, id, stores).await
}

async fn insert_places(tx: &Tx, id: StaffId, stores: Vec<StoreId>) -> Result<(), Error> {
    // Whoever sets the house up comes before its first store.
    if stores.is_empty() {
        return Ok(());
    }
    let at = (0..).zip(stores).map(|(position, store)| staff_store::ActiveModel {
        staff_id: Set(id.0),
        store_id: Set(store.0),
        position: Set(position),
    });
    staff_store::Entity::insert_many(at).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Replaces a password's hash.
///
/// # Errors
/// Database errors.
pub async fn set_password_hash(tx: &Tx, id: StaffId, hash: &str) -> Result<(), Error> {
    let change = staff::ActiveModel { password_hash: Set(Some(hash.to_owned())), ..Default::default() };
    staff::Entity::update_many().set(change).filter(staff::Column::Id.eq(id.0)).exec(tx.inner()).await?;
    Ok(())
}

/// Replaces a PIN's hash; without one, a locked screen asks for the full sign-in.
///
/// # Errors
/// Database errors.
pub async fn set_pin_hash(tx: &Tx, id: StaffId, hash: Option<String>) -> Result<(), Error> {
    let change = staff::ActiveModel { pin_hash: Set(hash), ..Default::default() };
    staff::Entity::update_many().set(change).filter(staff::Column::Id.eq(id.0)).exec(tx.inner()).await?;
    Ok(())
}

/// Takes password and PIN away: nobody signs in with them any more.
///
/// # Errors
/// Database errors.
pub async fn forget_secrets(tx: &Tx, id: StaffId) -> Result<(), Error> {
    let change = staff::ActiveModel { password_hash: Set(None), pin_hash: Set(None), ..Default::default() };
    staff::Entity::update_many().set(change).filter(staff::Column::Id.eq(id.0)).exec(tx.inner()).await?;
    Ok(())
}

/// Stores a changed person, whose version counts up, if nobody else changed them since they were read. Effective on their next
/// request.
///
/// # Errors
/// `Stale` when somebody did, `Conflict` when code or mail are taken, or a store is unknown.
pub async fn update(tx: &Tx, staff: &mut Staff) -> Result<(), Error> {
    let seen = staff.version;
    staff.version += 1;
    let Staff { id, code, name, kana, mail, role, status, stores, has_pin: _, created_at: _, version } = staff.clone();
    let change = staff::ActiveModel {
        code: Set(code),
        name: Set(name),
        kana: Set(kana),
        mail: Set(mail),
        role: Set(role.as_str().to_owned()),
        status: Set(status.as_str().to_owned()),
        version: Set(version),
        ..Default::default()
    };
    let of_version = staff::Entity::update_many()
        .set(change)
        .filter(staff::Column::Id.eq(id.0))
        .filter(staff::Column::Version.eq(seen));
    if of_version.exec(tx.inner()).await?.rows_affected != 1 {
        return Err(Error::Stale);
    }
    staff_store::Entity::delete_many().filter(staff_store::Column::StaffId.eq(id.0)).exec(tx.inner()).await?;
    insert_places(tx, id, stores).await
}

/// The active administrators, locked until the unit of work ends, so that two of them cannot take each other's place at once.
///
/// # Errors
/// Database errors.
pub async fn lock_administrators(tx: &Tx) -> Result<Vec<StaffId>, Error> {
    let mut query = staff::Entity::find()
        .filter(staff::Column::Role.eq(Role::Administrator.as_str()))
        .filter(staff::Column::Status.eq(StaffStatus::Active.as_str()))
        .order_by_asc(staff::Column::Id);
    if tx.inner().get_database_backend() == DbBackend::Postgres {
        query = query.lock(LockType::Update);
    }
    Ok(query.all(tx.inner()).await?.into_iter().map(|row| StaffId(row.id)).collect())
}

/// Whether a person has chosen a password.
///
/// # Errors
/// Database errors.
pub async fn has_password(conn: &impl Conn, id: StaffId) -> Result<bool, Error> {
    let chosen = staff::Entity::find_by_id(id.0).filter(staff::Column::PasswordHash.is_not_null());
    Ok(chosen.count(conn.inner()).await? > 0)
}

async fn with_stores(conn: &impl Conn, rows: Vec<staff::Model>) -> Result<Vec<Account>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let places = staff_store::Entity::find()
        .filter(staff_store::Column::StaffId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(staff_store::Column::Position)
        .all(conn.inner())
        .await?;
    rows.into_iter()
        .map(|row| {
            let stores =
                places.iter().filter(|place| place.staff_id == row.id).map(|place| StoreId(place.store_id)).collect();
            to_account(row, stores)
        })
        .collect()
}

fn to_account(row: staff::Model, stores: Vec<StoreId>) -> Result<Account, Error> {
    let role = Role::ALL.into_iter().find(|role| role.as_str() == row.role);
    let role = role.ok_or_else(|| Error::Corrupt { table: "staff", column: "role", value: row.role.clone() })?;
    let status = StaffStatus::ALL.into_iter().find(|status| status.as_str() == row.status);
    let status =
        status.ok_or_else(|| Error::Corrupt { table: "staff", column: "status", value: row.status.clone() })?;
    let staff::Model { id, code, name, kana, mail, password_hash, pin_hash, created_at, version, .. } = row;
    let (id, has_pin) = (StaffId(id), pin_hash.is_some());
    let staff = Staff { id, code, name, kana, mail, role, status, stores, has_pin, created_at, version };
    Ok(Account { staff, password_hash, pin_hash })
}
