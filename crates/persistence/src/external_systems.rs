//! 外部連携コード as rows: the master of other systems, and what they call our cars and customers.

use std::collections::HashMap;

use noren_domain::code::{CustomerCode, StockNumber};
use noren_domain::external_system::{ExternalSystem, Subject, SystemKey};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};

use crate::entity::external_code::{self, Entity as Codes};
use crate::entity::external_system::{Column, Entity, Model};
use crate::json::Place;
use crate::{Conn, Error, Tx, customers, master_versions};

/// Whose version it is.
const MASTER: &str = "external_systems";

/// All systems, in the order of the master.
///
/// # Errors
/// Database errors.
pub async fn all(conn: &impl Conn) -> Result<Vec<ExternalSystem>, Error> {
    let rows = Entity::find().order_by_asc(Column::Position).all(conn.inner()).await?;
    rows.into_iter().map(to_system).collect()
}

/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, key: &SystemKey) -> Result<Option<ExternalSystem>, Error> {
    Entity::find_by_id(key.as_str().to_owned()).one(conn.inner()).await?.map(to_system).transpose()
}

/// The version of the master as a whole.
///
/// # Errors
/// Database errors.
pub async fn version(conn: &impl Conn) -> Result<i64, Error> {
    master_versions::of(conn, MASTER).await
}

/// Stores the whole master, whose version counts up, if nobody else changed it since it was read.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn settle(tx: &Tx, systems: &[ExternalSystem], seen: i64) -> Result<(), Error> {
    master_versions::count_up(tx, MASTER, seen).await?;
    if systems.is_empty() {
        return Ok(());
    }
    let rows = systems.iter().cloned().map(|system| to_row(system).into_active_model());
    let settled = [Column::NameJa, Column::NameEn, Column::Template, Column::Covers, Column::Position, Column::Active];
    let known = OnConflict::column(Column::Key).update_columns(settled).to_owned();
    Entity::insert_many(rows).on_conflict(known).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// What the systems call it, by their keys. What a customer was called before they became part of another one still holds.
///
/// # Errors
/// Database errors.
pub async fn codes_of(conn: &impl Conn, subject: &Subject) -> Result<HashMap<SystemKey, String>, Error> {
    let (kind, own) = place(subject);
    let subjects = match subject {
        Subject::Vehicle(_) => vec![own.to_owned()],
        Subject::Customer(code) => customers::codes_of(conn, code).await?,
    };
    let query = Codes::find().filter(external_code::Column::Kind.eq(kind));
    let mut rows = query.filter(external_code::Column::Subject.is_in(subjects)).all(conn.inner()).await?;
    // Its own come last, and so stay.
    rows.sort_unstable_by_key(|row| row.subject == own);
    let code =
        |row: external_code::Model| Ok((Place("external_codes", "system_key").read_text(row.system_key)?, row.code));
    rows.into_iter().map(code).collect()
}

/// Notes what a system calls it; what it was called before.
///
/// # Errors
/// Database errors.
pub async fn put(tx: &Tx, subject: &Subject, key: &SystemKey, code: &str) -> Result<Option<String>, Error> {
    let before = held(tx, subject, key).await?;
    let (kind, subject) = place(subject);
    let row = external_code::Model {
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        system_key: key.as_str().to_owned(),
        code: code.to_owned(),
    };
    let place = [external_code::Column::Kind, external_code::Column::Subject, external_code::Column::SystemKey];
    let known = OnConflict::columns(place).update_column(external_code::Column::Code).to_owned();
    Codes::insert(row.into_active_model()).on_conflict(known).exec_without_returning(tx.inner()).await?;
    Ok(before)
}

/// Forgets what a system calls it, and says what that was.
///
/// # Errors
/// Database errors.
pub async fn remove(tx: &Tx, subject: &Subject, key: &SystemKey) -> Result<Option<String>, Error> {
    let before = held(tx, subject, key).await?;
    let (kind, subject) = place(subject);
    Codes::delete_by_id((kind.to_owned(), subject.to_owned(), key.as_str().to_owned())).exec(tx.inner()).await?;
    Ok(before)
}

async fn held(tx: &Tx, subject: &Subject, key: &SystemKey) -> Result<Option<String>, Error> {
    let (kind, subject) = place(subject);
    let query = Codes::find_by_id((kind.to_owned(), subject.to_owned(), key.as_str().to_owned()));
    Ok(query.one(tx.inner()).await?.map(|row| row.code))
}

fn place(subject: &Subject) -> (&'static str, &str) {
    match subject {
        Subject::Vehicle(number) => ("vehicle", StockNumber::as_str(number)),
        Subject::Customer(code) => ("customer", CustomerCode::as_str(code)),
    }
}

/// The cars that some system calls so, for a list of them.
pub(crate) fn cars_called(code: &str) -> sea_orm::sea_query::SelectStatement {
    let found: Select<Codes> = Codes::find()
        .select_only()
        .column(external_code::Column::Subject)
        .filter(external_code::Column::Code.eq(code))
        .filter(external_code::Column::Kind.eq("vehicle"));
    found.into_query()
}

fn to_row(system: ExternalSystem) -> Model {
    let ExternalSystem { key, name_ja, name_en, template, covers, position, active } = system;
    Model { key: key.into(), name_ja, name_en, template, covers: covers.as_str().to_owned(), position, active }
}

fn to_system(row: Model) -> Result<ExternalSystem, Error> {
    let Model { key, name_ja, name_en, template, covers, position, active } = row;
    let place = |column| Place("external_systems", column);
    Ok(ExternalSystem {
        key: place("key").read_text(key)?,
        name_ja,
        name_en,
        template,
        covers: place("covers").read_text(covers)?,
        position,
        active,
    })
}
