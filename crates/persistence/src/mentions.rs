//! Who was mentioned where, as rows.

use noren_domain::{LeadId, StaffId, TimelineEntryId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::mention::{ActiveModel, Column, Entity};
use crate::{Conn, Error, Page, PageRequest, Position, Tx};

/// One mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub entry_id: TimelineEntryId,
    pub lead_id: LeadId,
    pub at: Timestamp,
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
pub async fn page(conn: &impl Conn, person: StaffId, page: &PageRequest) -> Result<Page<Mention>, Error> {
    let mut query = Entity::find().filter(Column::StaffId.eq(person.0));
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
    let items = page.items.into_iter().map(|row| Mention {
        entry_id: TimelineEntryId(row.entry_id),
        lead_id: LeadId(row.lead_id),
        at: row.at,
        seen_at: row.seen_at,
    });
    Ok(Page { items: items.collect(), next: page.next })
}

/// How many mentions the person has not looked at.
///
/// # Errors
/// Database errors.
pub async fn count_unseen(conn: &impl Conn, person: StaffId) -> Result<u64, Error> {
    let unseen = Entity::find().filter(Column::StaffId.eq(person.0)).filter(Column::SeenAt.is_null());
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
