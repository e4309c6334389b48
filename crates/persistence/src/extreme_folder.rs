//! What was seen in the folder of EXTREME's files. One process looks into it at a time, and any may go on where another has ended.

use std::collections::HashMap;

use chrono::TimeDelta;
use noren_domain::{ExtremeIntakeId, Timestamp};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use crate::entity::{extreme_folder_file as file, extreme_folder_lease as lease};
use crate::lease::is_over;
use crate::{Conn as _, Error, Tx};

/// The one folder that there is.
const FOLDER: &str = "extreme";

/// A file as it lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub name: String,
    pub size: i64,
    /// To the microsecond.
    pub modified_at: Timestamp,
}

/// Since when a file lies there as it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub found: Found,
    pub seen_at: Timestamp,
    /// What it was handed in as.
    pub intake: Option<ExtremeIntakeId>,
}

/// Takes or renews the right to look into the folder, unless somebody else has it.
///
/// # Errors
/// Database errors.
pub async fn take(tx: &Tx, holder: Uuid, life: TimeDelta) -> Result<bool, Error> {
    use lease::{Column, Entity};
    let free = is_over(Column::LeaseUntil, tx.at(), life).add(Column::LeaseHolder.eq(holder));
    let taken = Entity::update_many()
        .col_expr(Column::LeaseHolder, Expr::val(holder))
        .col_expr(Column::LeaseUntil, Expr::val(tx.at() + life))
        .filter(Column::Folder.eq(FOLDER))
        .filter(free)
        .exec(tx.inner())
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Gives that right back.
///
/// # Errors
/// Database errors.
pub async fn give_back(tx: &Tx, holder: Uuid) -> Result<(), Error> {
    use lease::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::LeaseHolder, Expr::val(None::<Uuid>))
        .col_expr(Column::LeaseUntil, Expr::val(None::<Timestamp>))
        .filter(Column::Folder.eq(FOLDER))
        .filter(Column::LeaseHolder.eq(holder))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Notes what lies there, and says since when each file does. One that has changed is seen for the first time, and one that is gone is
/// forgotten.
///
/// # Errors
/// Database errors.
pub async fn see(tx: &Tx, found: &[Found]) -> Result<Vec<Seen>, Error> {
    use file::{Column, Entity, Model};
    let known = Entity::find().all(tx.inner()).await?;
    let mut known: HashMap<String, Model> = known.into_iter().map(|row| (row.name.clone(), row)).collect();
    let mut seen = Vec::with_capacity(found.len());
    for found in found {
        let Found { name, size, modified_at } = found.clone();
        let as_before = known.remove(&name).filter(|row| row.size == size && row.modified_at == modified_at);
        let (seen_at, intake_id) = as_before.as_ref().map_or((tx.at(), None), |row| (row.seen_at, row.intake_id));
        if as_before.is_none() {
            let settled = [Column::Size, Column::ModifiedAt, Column::SeenAt, Column::IntakeId];
            let changed = OnConflict::column(Column::Name).update_columns(settled).to_owned();
            let row = Model { name, size, modified_at, seen_at, intake_id };
            Entity::insert(row.into_active_model()).on_conflict(changed).exec_without_returning(tx.inner()).await?;
        }
        seen.push(Seen { found: found.clone(), seen_at, intake: intake_id.map(ExtremeIntakeId) });
    }
    if !known.is_empty() {
        Entity::delete_many().filter(Column::Name.is_in(known.into_keys())).exec(tx.inner()).await?;
    }
    Ok(seen)
}

/// Notes as what a file was handed in, in the unit of work that does it.
///
/// # Errors
/// `Stale` when it is another file by now.
pub async fn hand_in(tx: &Tx, found: &Found, intake: ExtremeIntakeId) -> Result<(), Error> {
    use file::{Column, Entity};
    let noted = Entity::update_many()
        .col_expr(Column::IntakeId, Expr::val(intake.0))
        .filter(Column::Name.eq(&found.name))
        .filter(Column::Size.eq(found.size))
        .filter(Column::ModifiedAt.eq(found.modified_at))
        .filter(Column::IntakeId.is_null())
        .exec(tx.inner())
        .await?;
    if noted.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}
