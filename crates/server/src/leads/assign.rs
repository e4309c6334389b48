//! `POST /leads/{id}/assign`: hands a lead to a colleague.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use noren_api::leads::{AssignTo, Lead};
use noren_domain::lead::Lead as Entity;
use noren_domain::staff::Staff;
use noren_domain::timeline::{FieldChange, TimelineEvent};
use noren_domain::viewer::Viewer;
use noren_domain::{LeadId, StaffId};
use noren_persistence::{Tx, leads, staff};

use super::edit::{answer, save, stale};
use super::{act, editable, note, record};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, IfMatch, Valid};
use crate::permissions::AssignLead;

/// Assign a lead
///
/// To a colleague of its store, or to nobody. A salesperson hands on what is theirs or nobody's.
#[utoipa::path(tag = "leads", params(("id" = LeadId, Path)), request_body = AssignTo, responses((status = 200, body = Lead)))]
#[post("/leads/{id}/assign")]
pub async fn assign_lead(
    who: Allowed<AssignLead>,
    app: Data<App>,
    id: Id<LeadId>,
    seen: IfMatch,
    to: Valid<AssignTo>,
) -> Result<HttpResponse, Error> {
    app.db.write(who.actor(&app), async |tx| assign(tx, &who.viewer, (id.0, seen.0), to.assignee_id).await).await
}

async fn assign(
    tx: &Tx,
    viewer: &Viewer,
    seen: (LeadId, i64),
    assignee: Option<StaffId>,
) -> Result<HttpResponse, Error> {
    let (id, version) = seen;
    let mut lead = editable(tx, viewer, id).await?;
    if lead.version != version {
        return Err(stale(tx, viewer, id).await);
    }
    let colleague = match assignee {
        Some(id) => Some(staff::lock_account(tx, id).await?.ok_or(noren_domain::Error::AssigneeElsewhere)?.staff),
        None => None,
    };
    let from = lead.assignee_id;
    lead.assign(colleague.as_ref(), tx.at())?;
    if from != lead.assignee_id {
        save(tx, viewer, &mut lead).await?;
        tell(tx, viewer, &lead, from).await?;
    }
    answer(tx, lead, viewer).await
}

/// Hands an open lead on in a hand-over; its row is locked.
///
/// # Errors
/// Those of [`noren_domain::lead::Lead::assign`], and database errors.
pub(crate) async fn hand_to(tx: &Tx, viewer: &Viewer, mut lead: Entity, to: Option<&Staff>) -> Result<(), Error> {
    let from = lead.assignee_id;
    lead.assign(to, tx.at())?;
    leads::update(tx, &mut lead).await?;
    tell(tx, viewer, &lead, from).await
}

/// Notes that the lead has changed hands.
async fn tell(tx: &Tx, viewer: &Viewer, lead: &Entity, from: Option<StaffId>) -> Result<(), Error> {
    note(tx, Some(viewer.principal), lead.id, TimelineEvent::Assigned { from, to: lead.assignee_id }).await?;
    let text = |id: Option<StaffId>| id.map(|id| id.to_string());
    let change = FieldChange { field: "assignee_id".into(), before: text(from), after: text(lead.assignee_id) };
    record(tx, Some(viewer.principal), lead, act("lead.assigned", vec![change]));
    Ok(())
}
