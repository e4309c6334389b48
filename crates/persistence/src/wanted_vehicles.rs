//! Which leads want which cars. A car is named by its stock number, whether EXTREME still has it or not.

use noren_domain::code::StockNumber;
use noren_domain::lead::Lead;
use noren_domain::viewer::Viewer;
use noren_domain::{LeadId, StaffId, Timestamp};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use crate::entity::lead;
use crate::entity::wanted_vehicle::{Column, Entity, Model};
use crate::json::Place;
use crate::{Conn, Error, Tx, leads};

/// A car that a lead wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub stock_number: StockNumber,
    pub since: Timestamp,
    /// Who linked it; nobody for integrators.
    pub staff_id: Option<StaffId>,
}

/// Who wants a car, as a viewer may see them.
#[derive(Clone, Debug, PartialEq)]
pub struct Interested {
    /// With the moment at which the car was linked to them, the last first.
    pub leads: Vec<(Lead, Timestamp)>,
    /// How many more there are whom the viewer may not see.
    pub elsewhere: u64,
}

/// The cars that a lead wants, the last to be linked first.
///
/// # Errors
/// Database errors.
pub async fn of(conn: &impl Conn, lead: LeadId) -> Result<Vec<Wanted>, Error> {
    let query = Entity::find().filter(Column::LeadId.eq(lead.0));
    let rows = query.order_by_desc(Column::Since).order_by_asc(Column::StockNumber).all(conn.inner()).await?;
    rows.into_iter().map(to_wanted).collect()
}

/// Links a car to a lead; whether it was not linked before.
///
/// # Errors
/// Database errors.
pub async fn link(tx: &Tx, lead: LeadId, wanted: &Wanted) -> Result<bool, Error> {
    let Wanted { stock_number, since, staff_id } = wanted;
    let row = Model {
        lead_id: lead.0,
        stock_number: stock_number.to_string(),
        since: *since,
        staff_id: staff_id.map(|id| id.0),
    };
    let kept = OnConflict::columns([Column::LeadId, Column::StockNumber]).do_nothing().to_owned();
    let insert = Entity::insert(row.into_active_model()).on_conflict(kept);
    Ok(insert.exec_without_returning(tx.inner()).await? == 1)
}

/// Takes a car from a lead; whether it was linked.
///
/// # Errors
/// Database errors.
pub async fn unlink(tx: &Tx, lead: LeadId, number: &StockNumber) -> Result<bool, Error> {
    let gone = Entity::delete_by_id((lead.0, number.to_string())).exec(tx.inner()).await?;
    Ok(gone.rows_affected == 1)
}

/// Who wants a car, `limit` of them at most. Whose person was erased wants nothing any more.
///
/// # Errors
/// Database errors.
pub async fn interested(
    conn: &impl Conn,
    viewer: &Viewer,
    number: &StockNumber,
    limit: u64,
) -> Result<Interested, Error> {
    let kept = lead::Entity::find().select_only().column(lead::Column::Id).filter(lead::Column::ErasedAt.is_null());
    let all = Entity::find()
        .filter(Column::StockNumber.eq(number.as_str()))
        .filter(Column::LeadId.in_subquery(QueryTrait::into_query(kept)));
    let visible = all.clone().filter(Column::LeadId.in_subquery(leads::ids(viewer)));
    let (count, seen) = (all.count(conn.inner()).await?, visible.clone().count(conn.inner()).await?);
    let newest = visible.order_by_desc(Column::Since).order_by_desc(Column::LeadId).limit(limit);
    let rows = newest.all(conn.inner()).await?;
    let mut found = leads::several(conn, viewer, rows.iter().map(|row| row.lead_id)).await?;
    let of_row = |row: &Model| {
        let at = found.iter().position(|lead| lead.id.0 == row.lead_id)?;
        Some((found.swap_remove(at), row.since))
    };
    Ok(Interested { leads: rows.iter().filter_map(of_row).collect(), elsewhere: count.saturating_sub(seen) })
}

fn to_wanted(row: Model) -> Result<Wanted, Error> {
    let Model { lead_id: _, stock_number, since, staff_id } = row;
    let stock_number = Place("wanted_vehicles", "stock_number").read_text(stock_number)?;
    Ok(Wanted { stock_number, since, staff_id: staff_id.map(StaffId) })
}
