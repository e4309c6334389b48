//! 反響元 as rows.

use noren_domain::lead_source::{LeadSource, SourceCode};
use sea_orm::{EntityTrait, QueryOrder};

use crate::entity::lead_source::{Column, Entity, Model};
use crate::{Conn, Error};

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

fn to_source(row: Model) -> LeadSource {
    let Model { code, name_ja, name_en, first_response_minutes, position, active } = row;
    LeadSource { code: SourceCode(code), name_ja, name_en, first_response_minutes, position, active }
}
