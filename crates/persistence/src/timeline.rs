//! What happened to a lead, as rows.

use noren_domain::timeline::TimelineEntry;
use noren_domain::viewer::Principal;
use noren_domain::{ApiClientId, LeadId, StaffId, TimelineEntryId, Timestamp};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::timeline_entry::{Column, Entity, Model};
use crate::{Conn, Error, Page, PageRequest, Position, Tx};

/// # Errors
/// Database errors.
pub async fn insert(tx: &Tx, entry: &TimelineEntry) -> Result<(), Error> {
    Entity::insert(to_row(entry)?.into_active_model()).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Stores some in one statement; there must be any.
pub(crate) async fn insert_many(tx: &Tx, entries: &[TimelineEntry]) -> Result<(), Error> {
    let rows = entries.iter().map(|entry| to_row(entry).map(IntoActiveModel::into_active_model));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    Entity::insert_many(rows).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// The lead whose timeline has an entry.
///
/// # Errors
/// Database errors.
pub async fn lead_of(conn: &impl Conn, id: TimelineEntryId) -> Result<Option<LeadId>, Error> {
    Ok(Entity::find_by_id(id.0).one(conn.inner()).await?.map(|row| LeadId(row.lead_id)))
}

/// The entries of these ids, in no order. That their leads exist for the viewer is asked before.
///
/// # Errors
/// Database errors.
pub async fn several(conn: &impl Conn, ids: impl Iterator<Item = uuid::Uuid>) -> Result<Vec<TimelineEntry>, Error> {
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(conn.inner()).await?;
    rows.into_iter().map(to_entry).collect()
}

/// One page of a lead's timeline, newest first. That the lead exists for the viewer is asked before.
///
/// # Errors
/// Database errors; `Corrupt` for a position that is not of this list.
pub async fn page(conn: &impl Conn, lead: LeadId, page: &PageRequest) -> Result<Page<TimelineEntry>, Error> {
    let mut query = Entity::find().filter(Column::LeadId.eq(lead.0));
    if let Some(after) = &page.after {
        let at: Timestamp = after.sort.parse().map_err(|_| corrupt("at", after.sort.clone()))?;
        let same = Condition::all().add(Column::At.eq(at)).add(Column::Id.lt(after.id));
        query = query.filter(Condition::any().add(Column::At.lt(at)).add(same));
    }
    let rows =
        query.order_by_desc(Column::At).order_by_desc(Column::Id).limit(page.limit + 1).all(conn.inner()).await?;
    let entries = rows.into_iter().map(to_entry).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(entries, page.limit, |entry| Position {
        sort: entry.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        id: entry.id.0,
    }))
}

/// Empties what the timeline of a lead says of its person.
///
/// # Errors
/// Database errors.
pub async fn erase(tx: &Tx, lead: LeadId) -> Result<(), Error> {
    let rows = Entity::find().filter(Column::LeadId.eq(lead.0)).all(tx.inner()).await?;
    for row in rows {
        let entry = to_entry(row)?;
        let emptied = TimelineEntry { event: entry.event.without_person(), ..entry };
        Entity::update(to_row(&emptied)?.into_active_model().reset_all()).exec(tx.inner()).await?;
    }
    Ok(())
}

fn to_row(entry: &TimelineEntry) -> Result<Model, Error> {
    let (staff_id, api_client_id) = match entry.by {
        Some(Principal::Staff(id)) => (Some(id.0), None),
        Some(Principal::ApiClient(id)) => (None, Some(id.0)),
        None => (None, None),
    };
    let event = serde_json::to_value(&entry.event).map_err(|error| corrupt("event", error.to_string()))?;
    Ok(Model { id: entry.id.0, lead_id: entry.lead_id.0, at: entry.at, staff_id, api_client_id, event })
}

fn to_entry(row: Model) -> Result<TimelineEntry, Error> {
    let by = match (row.staff_id, row.api_client_id) {
        (Some(id), _) => Some(Principal::Staff(StaffId(id))),
        (None, Some(id)) => Some(Principal::ApiClient(ApiClientId(id))),
        (None, None) => None,
    };
    let event = serde_json::from_value(row.event).map_err(|error| corrupt("event", error.to_string()))?;
    Ok(TimelineEntry { id: TimelineEntryId(row.id), lead_id: LeadId(row.lead_id), at: row.at, by, event })
}

fn corrupt(column: &'static str, value: String) -> Error {
    Error::Corrupt { table: "timeline_entries", column, value }
}
