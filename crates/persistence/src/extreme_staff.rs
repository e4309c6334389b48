//! スタッフ of EXTREME's, and how far both sides have agreed on each of them.

use std::collections::HashMap;

use noren_domain::staff_record::{Before, StaffRecord};
use noren_domain::sync::Recorded;
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, IntoActiveModel, QueryOrder};

use crate::entity::{extreme_staff as record, extreme_staff_bond as bond};
use crate::json::Place;
use crate::{Conn, Error, Tx};

/// What both sides last made of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bond {
    /// What EXTREME said then, as far as it was taken.
    pub before: Before,
    pub refusal: Option<Refusal>,
}

/// What EXTREME does not take for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// A stable code, such as `extreme.422`.
    pub code: String,
    /// What it was told: something else is told again.
    pub of: String,
}

/// All of them, by code.
///
/// # Errors
/// Database errors.
pub async fn all(conn: &impl Conn) -> Result<Vec<Recorded<StaffRecord>>, Error> {
    let rows = record::Entity::find().order_by_asc(record::Column::StaffCode).all(conn.inner()).await?;
    rows.into_iter().map(to_record).collect()
}

/// One of them.
///
/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, code: &str) -> Result<Option<Recorded<StaffRecord>>, Error> {
    record::Entity::find_by_id(code.to_owned()).one(conn.inner()).await?.map(to_record).transpose()
}

/// What both sides made of each, by code.
///
/// # Errors
/// Database errors.
pub async fn bonds(conn: &impl Conn) -> Result<HashMap<String, Bond>, Error> {
    let rows = bond::Entity::find().all(conn.inner()).await?;
    rows.into_iter().map(|row| Ok((row.staff_code.clone(), to_bond(row)?))).collect()
}

/// What both sides made of one.
///
/// # Errors
/// Database errors.
pub async fn bond(conn: &impl Conn, code: &str) -> Result<Bond, Error> {
    let row = bond::Entity::find_by_id(code.to_owned()).one(conn.inner()).await?;
    Ok(row.map(to_bond).transpose()?.unwrap_or_default())
}

/// Keeps what both sides make of one.
///
/// # Errors
/// Database errors.
pub async fn keep_bond(tx: &Tx, code: &str, kept: &Bond) -> Result<(), Error> {
    use bond::{Column, Entity, Model};
    let row = Model {
        staff_code: code.to_owned(),
        before: Place("extreme_staff_bonds", "before").write(&kept.before)?,
        refusal: kept.refusal.as_ref().map(|refusal| refusal.code.clone()),
        refused_for: kept.refusal.as_ref().map(|refusal| refusal.of.clone()),
    };
    let settled = [Column::Before, Column::Refusal, Column::RefusedFor];
    let known = OnConflict::column(Column::StaffCode).update_columns(settled).to_owned();
    Entity::insert(row.into_active_model()).on_conflict(known).exec_without_returning(tx.inner()).await?;
    Ok(())
}

fn to_record(row: record::Model) -> Result<Recorded<StaffRecord>, Error> {
    let record::Model { revision, changed_at, record, .. } = row;
    Ok(Recorded { revision, changed_at, record: Place("extreme_staff", "record").read(record)? })
}

fn to_bond(row: bond::Model) -> Result<Bond, Error> {
    let bond::Model { before, refusal, refused_for, .. } = row;
    let refusal = refusal.zip(refused_for).map(|(code, of)| Refusal { code, of });
    Ok(Bond { before: Place("extreme_staff_bonds", "before").read(before)?, refusal })
}
