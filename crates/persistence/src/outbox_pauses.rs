//! Destinations to which nothing is sent because a person has said so.

use noren_domain::outbox::{Destination, Pause};
use noren_domain::{StaffId, Timestamp};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, IntoActiveModel};

use crate::entity::outbox_pause::{Column, Entity, Model};
use crate::json::Place;
use crate::{Conn, Error, Tx};

/// All that are in force.
///
/// # Errors
/// Database errors.
pub async fn all(conn: &impl Conn) -> Result<Vec<(Destination, Pause)>, Error> {
    Entity::find().all(conn.inner()).await?.into_iter().map(to_pause).collect()
}

/// Whether nothing is sent to a destination.
///
/// # Errors
/// Database errors.
pub async fn is_paused(conn: &impl Conn, destination: Destination) -> Result<bool, Error> {
    Ok(Entity::find_by_id(destination.as_str()).one(conn.inner()).await?.is_some())
}

/// Has nothing more be sent to a destination; whether it was not so before.
///
/// # Errors
/// Database errors.
pub async fn begin(tx: &Tx, destination: Destination, pause: &Pause) -> Result<bool, Error> {
    let Pause { at, staff_id, reason } = pause;
    let row = Model {
        destination: destination.as_str().to_owned(),
        paused_at: *at,
        staff_id: staff_id.0,
        reason: reason.clone(),
    };
    let kept = OnConflict::column(Column::Destination).do_nothing().to_owned();
    let insert = Entity::insert(row.into_active_model()).on_conflict(kept);
    Ok(insert.exec_without_returning(tx.inner()).await? == 1)
}

/// Lets messages go there again; whether they did not before.
///
/// # Errors
/// Database errors.
pub async fn end(tx: &Tx, destination: Destination) -> Result<bool, Error> {
    tx.post();
    Ok(Entity::delete_by_id(destination.as_str()).exec(tx.inner()).await?.rows_affected == 1)
}

fn to_pause(row: Model) -> Result<(Destination, Pause), Error> {
    let destination = Place("outbox_pauses", "destination").read_text(row.destination)?;
    let at: Timestamp = row.paused_at;
    Ok((destination, Pause { at, staff_id: StaffId(row.staff_id), reason: row.reason }))
}
