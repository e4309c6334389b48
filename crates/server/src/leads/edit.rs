//! `PATCH /leads/{id}`: an edit by JSON Merge Patch.

use actix_web::web::Data;
use actix_web::{HttpResponse, patch};
use noren_api::leads::{Lead, LeadEdit};
use noren_domain::LeadId;
use noren_domain::lead::Lead as Entity;
use noren_domain::timeline::TimelineEvent;
use noren_domain::viewer::Viewer;
use noren_persistence::{Tx, lead_sources, leads};

use super::{act, editable, note, record, visible, wire};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, IfMatch, MergePatch};
use crate::permissions::EditLead;

/// Edit a lead
///
/// Only what changes is sent. An old version in `If-Match` is answered 412 with the lead as it is now.
#[utoipa::path(tag = "leads", params(("id" = LeadId, Path)), responses((status = 200, body = Lead)),
    request_body(content = LeadEdit, content_type = "application/merge-patch+json"))]
#[patch("/leads/{id}")]
pub async fn edit_lead(
    who: Allowed<EditLead>,
    app: Data<App>,
    id: Id<LeadId>,
    seen: IfMatch,
    patch: MergePatch,
) -> Result<HttpResponse, Error> {
    app.db.write(who.actor(&app), async |tx| edit(tx, &who.viewer, (id.0, seen.0), &patch).await).await
}

async fn edit(tx: &Tx, viewer: &Viewer, seen: (LeadId, i64), patch: &MergePatch) -> Result<HttpResponse, Error> {
    let (id, version) = seen;
    let mut lead = editable(tx, viewer, id).await?;
    if lead.version != version {
        return Err(stale(tx, viewer, id).await);
    }
    let LeadEdit { profile } = patch.apply(&LeadEdit { profile: lead.profile.clone().into() })?;
    let mut profile = wire::checked(tx, profile, Some(&lead.profile)).await?;
    if let (Some(new), Some(old)) = (&mut profile.kana, &lead.profile.kana)
        && new.katakana == old.katakana
    {
        new.typed.clone_from(&old.typed);
    }
    let before = lead.clone();
    let changes = lead.edit(profile, tx.at());
    if changes.is_empty() {
        return answer(tx, before, viewer).await;
    }
    save(tx, viewer, &mut lead).await?;
    note(tx, Some(viewer.principal), lead.id, TimelineEvent::Edited { changes: changes.clone() }).await?;
    record(tx, Some(viewer.principal), &lead, act("lead.edited", changes));
    answer(tx, lead, viewer).await
}

pub(super) async fn answer(tx: &Tx, lead: Entity, viewer: &Viewer) -> Result<HttpResponse, Error> {
    let sources = lead_sources::all(tx).await?;
    let etag = ("etag", format!("\"{}\"", lead.version));
    Ok(HttpResponse::Ok().insert_header(etag).json(wire::to_wire(lead, viewer, &sources)))
}

/// Stores the changed lead; if somebody was faster, the answer is their version.
pub(super) async fn save(tx: &Tx, viewer: &Viewer, lead: &mut Entity) -> Result<(), Error> {
    match leads::update(tx, lead).await {
        Err(noren_persistence::Error::Stale) => Err(stale(tx, viewer, lead.id).await),
        outcome => Ok(outcome?),
    }
}

/// The problem of an old version, with the lead as it is now.
pub(super) async fn stale(tx: &Tx, viewer: &Viewer, id: LeadId) -> Error {
    current(tx, viewer, id).await.map_or_else(|error| error, |current| Error::stale(&current, current.version))
}

async fn current(tx: &Tx, viewer: &Viewer, id: LeadId) -> Result<Lead, Error> {
    let lead = visible(tx, viewer, id).await?;
    Ok(wire::to_wire(lead, viewer, &lead_sources::all(tx).await?))
}
