//! タグ as rows: the master, and which leads have them.

use std::collections::HashMap;

use noren_domain::lead::Lead;
use noren_domain::tag::{LeadTag, Tag};
use noren_domain::{LeadId, TagId};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::entity::lead_tag;
use crate::entity::tag::{Column, Entity, Model};
use crate::json::Place;
use crate::{Conn, Error, Tx, master_versions};

/// Whose version it is.
const MASTER: &str = "tags";

/// All tags, in the order of the master.
///
/// # Errors
/// Database errors.
pub async fn all(conn: &impl Conn) -> Result<Vec<Tag>, Error> {
    let rows = Entity::find().order_by_asc(Column::Position).all(conn.inner()).await?;
    rows.into_iter().map(to_tag).collect()
}

/// The version of the master as a whole.
///
/// # Errors
/// Database errors.
pub async fn version(conn: &impl Conn) -> Result<i64, Error> {
    master_versions::of(conn, MASTER).await
}

/// Stores the whole master, whose version counts up, if nobody else changed it since it was read.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn settle(tx: &Tx, tags: &[Tag], seen: i64) -> Result<(), Error> {
    master_versions::count_up(tx, MASTER, seen).await?;
    if tags.is_empty() {
        return Ok(());
    }
    let rows = tags.iter().cloned().map(|tag| to_row(tag).into_active_model());
    let settled = [Column::Name, Column::Tone, Column::Position, Column::Active];
    let known = OnConflict::column(Column::Id).update_columns(settled).to_owned();
    Entity::insert_many(rows).on_conflict(known).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// What tags these leads have, by one query: each lead's in the order of the master.
pub(crate) async fn of_leads(
    conn: &impl Conn,
    leads: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<LeadTag>>, Error> {
    let mut query = lead_tag::Entity::find()
        .select_only()
        .column(lead_tag::Column::LeadId)
        .column(Column::Id)
        .column(Column::Name)
        .filter(lead_tag::Column::LeadId.is_in(leads));
    QueryTrait::query(&mut query)
        .inner_join(Entity, Expr::col((Entity, Column::Id)).equals((lead_tag::Entity, lead_tag::Column::TagId)));
    let rows: Vec<(Uuid, Uuid, String)> = query.order_by_asc(Column::Position).into_tuple().all(conn.inner()).await?;
    let mut found: HashMap<Uuid, Vec<LeadTag>> = HashMap::new();
    for (lead, id, name) in rows {
        found.entry(lead).or_default().push(LeadTag { id: TagId(id), name });
    }
    Ok(found)
}

/// Gives a lead its tags, in place of those that it had.
pub(crate) async fn put(tx: &Tx, lead: &Lead) -> Result<(), Error> {
    let kept = lead.profile.tags.iter().map(|tag| tag.id.0);
    lead_tag::Entity::delete_many()
        .filter(lead_tag::Column::LeadId.eq(lead.id.0))
        .filter(lead_tag::Column::TagId.is_not_in(kept))
        .exec(tx.inner())
        .await?;
    add(tx, lead).await
}

/// Gives a lead those of its tags that it does not have.
pub(crate) async fn add(tx: &Tx, lead: &Lead) -> Result<(), Error> {
    let Lead { id: LeadId(lead_id), received_at, profile, .. } = lead;
    let (lead_id, received_at) = (*lead_id, *received_at);
    if profile.tags.is_empty() {
        return Ok(());
    }
    let rows = profile.tags.iter().map(|tag| lead_tag::Model { lead_id, tag_id: tag.id.0, received_at });
    let kept = OnConflict::columns([lead_tag::Column::LeadId, lead_tag::Column::TagId]).do_nothing().to_owned();
    lead_tag::Entity::insert_many(rows.map(IntoActiveModel::into_active_model))
        .on_conflict(kept)
        .exec_without_returning(tx.inner())
        .await?;
    Ok(())
}

/// Gives new leads their tags; returns how many.
pub(crate) async fn add_many(tx: &Tx, leads: &[Lead]) -> Result<u64, Error> {
    let of = |lead: &Lead| {
        let (lead_id, received_at) = (lead.id.0, lead.received_at);
        let tags: Vec<TagId> = lead.profile.tags.iter().map(|tag| tag.id).collect();
        tags.into_iter().map(move |tag| lead_tag::Model { lead_id, tag_id: tag.0, received_at })
    };
    let rows: Vec<_> = leads.iter().flat_map(of).map(IntoActiveModel::into_active_model).collect();
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    if count > 0 {
        lead_tag::Entity::insert_many(rows).exec_without_returning(tx.inner()).await?;
    }
    Ok(count)
}

fn to_row(tag: Tag) -> Model {
    let Tag { id, name, tone, position, active } = tag;
    Model { id: id.0, name, tone: tone.as_str().to_owned(), position, active }
}

fn to_tag(row: Model) -> Result<Tag, Error> {
    let Model { id, name, tone, position, active } = row;
    Ok(Tag { id: TagId(id), name, tone: Place("tags", "tone").read_text(tone)?, position, active })
}
