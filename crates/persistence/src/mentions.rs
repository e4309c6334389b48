//! Who was mentioned where, as rows.

use noren_domain::lead::Lead;
use noren_domain::timeline::TimelineEntry;
use noren_domain::viewer::Viewer;
use noren_domain::{LeadId, StaffId, TimelineEntryId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::mention::{ActiveModel, Column, Entity};
use crate::{Conn, Error, Page, PageRequest, Position, Tx, leads, timeline};

/// One mention.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    pub entry: TimelineEntry,
    pub lead: Lead,
    /// When the person looked.
    pub seen_at: Option<Timestamp>,
}

/// # Errors
/// Database errors.
pub async fn insert(tx: &Tx, lead: LeadId, entry: TimelineEntryId, people: &[StaffId]) -> Result<(), Error> {
    if people.is_empty() {
        return Ok(());
    }
    let rows = people.iter().map(|person| ActiveModel {
        staff_id: Set(person.0),
        entry_id: Set(entry.0),
        lead_id: Set(lead.0),
        at: Set(tx.at()),
        seen_at: Set(None),
    });
    Entity::insert_many(rows).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// One page of a person's mentions, the newest first.
///
/// # Errors
/// Database errors; `Corrupt` for a position that is not of this list.
pub async fn page(
    conn: &impl Conn,
    viewer: &Viewer,
    person: StaffId,
    page: &PageRequest,
) -> Result<Page<Mention>, Error> {
    let mut query = Entity::find().filter(of(person, viewer));
    if let Some(after) = &page.after {
        let corrupt = || Error::Corrupt { table: "mentions", column: "at", value: after.sort.clone() };
        let at: Timestamp = after.sort.parse().map_err(|_| corrupt())?;
        let same = Condition::all().add(Column::At.eq(at)).add(Column::EntryId.lt(after.id));
        query = query.filter(Condition::any().add(Column::At.lt(at)).add(same));
    }
    let newest = query.order_by_desc(Column::At).order_by_desc(Column::EntryId).limit(page.limit + 1);
    let page = Page::cut(newest.all(conn.inner()).await?, page.limit, |row| Position {
        sort: row.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        id: row.entry_id,
    });
    let entries = timeline::several(conn, page.items.iter().map(|row| row.entry_id)).await?;
    let leads = leads::several(conn, viewer, page.items.iter().map(|row| row.lead_id)).await?;
    // What was deleted between two of these reads is not there.
    let items = page.items.into_iter().filter_map(|row| {
        let entry = entries.iter().find(|entry| entry.id.0 == row.entry_id)?.clone();
        let lead = leads.iter().find(|lead| lead.id.0 == row.lead_id)?.clone();
        Some(Mention { entry, lead, seen_at: row.seen_at })
    });
    Ok(Page { items: items.collect(), next: page.next })
}

/// How many mentions the person has not looked at.
///
/// # Errors
/// Database errors.
pub async fn count_unseen(conn: &impl Conn, viewer: &Viewer, person: StaffId) -> Result<u64, Error> {
    let unseen = Entity::find().filter(of(person, viewer)).filter(Column::SeenAt.is_null());
    Ok(unseen.count(conn.inner()).await?)
}

/// Notes that the person has looked at everything on a lead that mentions them.
///
/// # Errors
/// Database errors.
pub async fn see(tx: &Tx, person: StaffId, lead: LeadId) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::SeenAt, Expr::value(tx.at()))
        .filter(Column::StaffId.eq(person.0))
        .filter(Column::LeadId.eq(lead.0))
        .filter(Column::SeenAt.is_null())
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Forgets who was called to a lead: there is nothing left to look at.
///
/// # Errors
/// Database errors.
pub async fn forget(tx: &Tx, lead: LeadId) -> Result<(), Error> {
    Entity::delete_many().filter(Column::LeadId.eq(lead.0)).exec(tx.inner()).await?;
    Ok(())
}

/// Whoever has left a store is not called to its leads any more.
fn of(person: StaffId, viewer: &Viewer) -> Condition {
    let mine = Condition::all().add(Column::StaffId.eq(person.0));
    mine.add(Column::LeadId.in_subquery(leads::ids(viewer)))
}
