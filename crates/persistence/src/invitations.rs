//! Ways in that administrators give to staff, kept as SHA-256 alone.

use noren_domain::{InvitationId, StaffId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use crate::entity::invitation::{ActiveModel, Column, Entity, Model};
use crate::{Conn, Error, Tx};

/// A way in, once: who has its secret chooses the person's password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub staff_id: StaffId,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// When it was used or taken back.
    pub ended_at: Option<Timestamp>,
}

impl Invitation {
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && self.expires_at > now
    }
}

/// Stores a new invitation and ends the person's earlier ones.
///
/// # Errors
/// Database errors.
pub async fn replace(tx: &Tx, invitation: &Invitation, hash: [u8; 32]) -> Result<(), Error> {
    let Invitation { id, staff_id, created_at, expires_at, ended_at } = *invitation;
    end_all(tx, staff_id).await?;
    let row = ActiveModel {
        id: Set(id.0),
        staff_id: Set(staff_id.0),
        hash: Set(hash.to_vec()),
        created_at: Set(created_at),
        expires_at: Set(expires_at),
        ended_at: Set(ended_at),
    };
    Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Ends what a person was given, used or not; how many were open.
///
/// # Errors
/// Database errors.
pub async fn end_all(tx: &Tx, staff: StaffId) -> Result<u64, Error> {
    let ended = Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(tx.at()))
        .filter(Column::StaffId.eq(staff.0))
        .filter(Column::EndedAt.is_null())
        .exec(tx.inner());
    Ok(ended.await?.rows_affected)
}

/// The invitation with this secret, whatever its state.
///
/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, hash: [u8; 32]) -> Result<Option<Invitation>, Error> {
    Ok(Entity::find().filter(Column::Hash.eq(hash.to_vec())).one(conn.inner()).await?.map(|row| to_invitation(&row)))
}

/// # Errors
/// Database errors.
pub async fn by_id(conn: &impl Conn, id: InvitationId) -> Result<Option<Invitation>, Error> {
    Ok(Entity::find_by_id(id.0).one(conn.inner()).await?.map(|row| to_invitation(&row)))
}

/// The invitation that a person can use now.
///
/// # Errors
/// Database errors.
pub async fn open_of(conn: &impl Conn, staff: StaffId, now: Timestamp) -> Result<Option<Invitation>, Error> {
    let open = Entity::find()
        .filter(Column::StaffId.eq(staff.0))
        .filter(Column::EndedAt.is_null())
        .filter(Column::ExpiresAt.gt(now));
    Ok(open.one(conn.inner()).await?.map(|row| to_invitation(&row)))
}

/// Removes what expired before a day.
///
/// # Errors
/// Database errors.
pub async fn purge(tx: &Tx, before: Timestamp) -> Result<u64, Error> {
    Ok(Entity::delete_many().filter(Column::ExpiresAt.lt(before)).exec(tx.inner()).await?.rows_affected)
}

fn to_invitation(row: &Model) -> Invitation {
    Invitation {
        id: InvitationId(row.id),
        staff_id: StaffId(row.staff_id),
        created_at: row.created_at,
        expires_at: row.expires_at,
        ended_at: row.ended_at,
    }
}
