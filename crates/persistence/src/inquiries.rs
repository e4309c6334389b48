//! 問い合わせ as rows, kept as received.

use noren_domain::LeadId;
use noren_domain::timeline::Inquiry;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::entity::inquiry::{Column, Entity, Model};
use crate::{Conn, Error, Tx};

/// # Errors
/// `Conflict` when lead or source are unknown.
pub async fn insert(tx: &Tx, inquiry: &Inquiry) -> Result<(), Error> {
    Entity::insert(to_row(inquiry).into_active_model()).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Stores some in one statement; there must be any.
pub(crate) async fn insert_many(tx: &Tx, inquiries: &[Inquiry]) -> Result<(), Error> {
    let rows = inquiries.iter().map(|inquiry| to_row(inquiry).into_active_model());
    Entity::insert_many(rows).exec_without_returning(tx.inner()).await?;
    Ok(())
}

fn to_row(inquiry: &Inquiry) -> Model {
    let Inquiry { id, lead_id, source, body, received_at } = inquiry.clone();
    Model { id: id.0, lead_id: lead_id.0, source_code: source.0, body, received_at }
}

/// Empties what the person of a lead said.
///
/// # Errors
/// Database errors.
pub async fn erase(tx: &Tx, lead: LeadId) -> Result<(), Error> {
    let words = Entity::update_many().col_expr(Column::Body, Expr::value(None::<String>));
    words.filter(Column::LeadId.eq(lead.0)).exec(tx.inner()).await?;
    Ok(())
}
