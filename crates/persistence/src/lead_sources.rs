//! 反響元 as rows.

use noren_domain::lead_source::{LeadSource, SourceCode};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, IntoActiveModel, QueryOrder};

use crate::entity::lead_source::{Column, Entity, Model};
use crate::{Conn, Error, Tx, master_versions};

/// Whose version it is.
const MASTER: &str = "lead_sources";

/// All sources, in the order of the master.
///
/// # Errors
/// Database errors.
pub async fn all(conn: &impl Conn) -> Result<Vec<LeadSource>, Error> {
    let rows = Entity::find().order_by_asc(Column::Position).all(conn.inner()).await?;
    Ok(rows.into_iter().map(to_source).collect())
}

/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, code: &SourceCode) -> Result<Option<LeadSource>, Error> {
    Ok(Entity::find_by_id(code.0.clone()).one(conn.inner()).await?.map(to_source))
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
pub async fn settle(tx: &Tx, sources: &[LeadSource], seen: i64) -> Result<(), Error> {
    master_versions::count_up(tx, MASTER, seen).await?;
    let rows = sources.iter().cloned().map(|source| to_row(source).into_active_model());
    let settled = [Column::NameJa, Column::NameEn, Column::FirstResponseMinutes, Column::Position, Column::Active];
    let known = OnConflict::column(Column::Code).update_columns(settled).to_owned();
    Entity::insert_many(rows).on_conflict(known).exec_without_returning(tx.inner()).await?;
    Ok(())
}

fn to_row(source: LeadSource) -> Model {
    let LeadSource { code, name_ja, name_en, first_response_minutes, position, active } = source;
    Model { code: code.0, name_ja, name_en, first_response_minutes, position, active }
}

fn to_source(row: Model) -> LeadSource {
    let Model { code, name_ja, name_en, first_response_minutes, position, active } = row;
    LeadSource { code: SourceCode(code), name_ja, name_en, first_response_minutes, position, active }
}
