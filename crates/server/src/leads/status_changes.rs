//! `POST /leads/{id}/status-changes`: moves a lead along.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use noren_api::leads::NewStatusChange;
use noren_domain::LeadId;
use noren_domain::lead::Lead;
use noren_domain::text::lines;
use noren_domain::timeline::{FieldChange, TimelineEvent};
use noren_domain::viewer::Viewer;
use noren_persistence::{Tx, leads, stores};

use super::{act, created, editable, note, record};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::Id;
use crate::idempotency::Creating;
use crate::permissions::ChangeLeadStatus;

/// Change a lead's status
///
/// The allowed moves are in the lead's `allowed.move_to`. Leaving `new` stops the first-response clock.
#[utoipa::path(tag = "leads", params(("id" = LeadId, Path)), request_body = NewStatusChange,
    responses((status = 201, body = noren_api::leads::Lead)))]
#[post("/leads/{id}/status-changes")]
pub async fn change_lead_status(
    who: Allowed<ChangeLeadStatus>,
    app: Data<App>,
    id: Id<LeadId>,
    change: Creating<NewStatusChange>,
) -> Result<HttpResponse, Error> {
    let made = change.key.once(&app, &who, async |tx| {
        let lead = move_along(tx, &who.viewer, id.0, change.body.clone()).await?;
        created(tx, &who.viewer, lead).await
    });
    Ok(made.await?.respond())
}

async fn move_along(tx: &Tx, viewer: &Viewer, id: LeadId, change: NewStatusChange) -> Result<Lead, Error> {
    let NewStatusChange { to, reason } = change;
    let reason = reason.map(|reason| lines(&reason)).filter(|reason| !reason.is_empty());
    let mut lead = editable(tx, viewer, id).await?;
    let from = lead.status;
    lead.move_to(to, reason.as_deref(), tx.at())?;
    if to.is_open() && !from.is_open() {
        stores::hold(tx, viewer, lead.store_id).await?.ok_or(Error::NotFound)?.require_open()?;
    }
    // Somebody edited the lead meanwhile: the move is judged again on what they left.
    leads::update(tx, &mut lead).await.map_err(|error| match error {
        noren_persistence::Error::Stale => noren_persistence::Error::Serialization,
        other => other,
    })?;
    note(tx, Some(viewer.principal), lead.id, TimelineEvent::StatusChanged { from, to, reason }).await?;
    let moved =
        FieldChange { field: "status".into(), before: Some(from.as_str().into()), after: Some(to.as_str().into()) };
    record(tx, Some(viewer.principal), &lead, act("lead.status_changed", vec![moved]));
    Ok(lead)
}
