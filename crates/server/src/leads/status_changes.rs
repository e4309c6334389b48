//! `POST /leads/{id}/status-changes`: moves a lead along.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use noren_api::leads::{Lead, NewStatusChange};
use noren_domain::LeadId;
use noren_domain::timeline::{FieldChange, TimelineEvent};
use noren_persistence::{lead_sources, leads};

use super::{audited, editable, note, wire};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::Id;
use crate::idempotency::{Claimed, Created, Creating, commit};
use crate::permissions::ChangeLeadStatus;

/// Change a lead's status
///
/// The allowed moves are in the lead's `allowed.move_to`. Leaving `new` stops the first-response clock.
#[utoipa::path(tag = "leads", params(("id" = LeadId, Path)), request_body = NewStatusChange,
    responses((status = 201, body = Lead)))]
#[post("/leads/{id}/status-changes")]
pub async fn change_lead_status(
    who: Allowed<ChangeLeadStatus>,
    app: Data<App>,
    id: Id<LeadId>,
    change: Creating<NewStatusChange>,
) -> Result<HttpResponse, Error> {
    let Creating { body: NewStatusChange { to, reason }, key } = change;
    let (tx, key) = match key.claim(&app, &who).await? {
        Claimed::Fresh(tx, key) => (tx, key),
        Claimed::Answered(answer) => return Ok(answer),
    };
    let mut lead = editable(&tx, &who.viewer, id.0).await?;
    let from = lead.status;
    lead.move_to(to, tx.at())?;
    leads::update(&tx, &mut lead).await.map_err(|error| match error {
        noren_persistence::Error::Stale => noren_domain::Error::ForbiddenMove { from, to }.into(),
        other => Error::from(other),
    })?;
    note(&tx, &who.viewer, lead.id, TimelineEvent::StatusChanged { from, to, reason }).await?;
    let moved =
        FieldChange { field: "status".into(), before: Some(from.as_str().into()), after: Some(to.as_str().into()) };
    tx.audit(audited(&lead, "lead.status_changed", vec![moved]));
    let sources = lead_sources::all(&tx).await?;
    let (id, version) = (lead.id, lead.version);
    let body = wire::to_wire(lead, &who.viewer, &sources);
    commit(tx, &key, Created { location: format!("/api/v1/leads/{id}"), version: Some(version), body: &body }).await
}
