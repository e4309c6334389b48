//! 問い合わせ as rows, kept as received.

use noren_domain::timeline::Inquiry;
use sea_orm::{EntityTrait, IntoActiveModel};

use crate::entity::inquiry::{Entity, Model};
use crate::{Conn, Error, Tx};

/// # Errors
/// `Conflict` when lead or source are unknown.
pub async fn insert(tx: &Tx, inquiry: &Inquiry) -> Result<(), Error> {
    let Inquiry { id, lead_id, source, body, received_at } = inquiry.clone();
    let row = Model { id: id.0, lead_id: lead_id.0, source_code: source.0, body, received_at };
    Entity::insert(row.into_active_model()).exec_without_returning(tx.inner()).await?;
    Ok(())
}
