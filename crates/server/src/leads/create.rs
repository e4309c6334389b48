//! `POST /leads`: a new lead with its first inquiry.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use noren_api::leads::{Lead, NewLead};
use noren_domain::lead::{Lead as Entity, Opening};
use noren_domain::timeline::{FieldChange, Inquiry, TimelineEvent};
use noren_domain::viewer::Viewer;
use noren_domain::{InquiryId, LeadId, StaffId};
use noren_persistence::{Tx, inquiries, leads, staff, stores};

use super::{CREATED, act, created, note, record, wire};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::idempotency::Creating;
use crate::permissions::CreateLead;

/// Create a lead
///
/// Opens the lead as `new` with its first inquiry; the first-response clock starts now.
#[utoipa::path(tag = "leads", request_body = NewLead, responses((status = 201, body = Lead)))]
#[post("/leads")]
pub async fn create_lead(
    who: Allowed<CreateLead>,
    app: Data<App>,
    new: Creating<NewLead>,
) -> Result<HttpResponse, Error> {
    let Creating { body, key } = new;
    let made = key.once(&app, &who, async |tx| {
        let lead = open(tx, &who.viewer, body.clone()).await?;
        created(tx, &who.viewer, lead).await
    });
    Ok(made.await?.respond())
}

async fn open(tx: &Tx, viewer: &Viewer, new: NewLead) -> Result<Entity, Error> {
    let NewLead { store_id, assignee_id, profile, inquiry } = new;
    if !stores::visible(tx, viewer).await?.iter().any(|store| store.id == store_id) {
        return Err(Error::field("store_id", "unknown"));
    }
    let profile = wire::checked(tx, profile, None).await?;
    let mut known = profile.known();
    let mut lead = Entity::open(Opening { id: LeadId::mint(tx.at()), store_id, received_at: tx.at() }, profile);
    if let Some(id) = assignee_id {
        let colleague = staff::find(tx, id).await?.ok_or(noren_domain::Error::AssigneeElsewhere)?;
        lead.assign(Some(&colleague), tx.at())?;
        known.push(FieldChange::to("assignee_id", id.to_string()));
    }
    leads::insert(tx, &lead).await?;
    record(tx, viewer, &lead, act(CREATED, known));
    ask(tx, viewer, &lead, inquiry).await?;
    if assignee_id.is_some() {
        assigned(tx, viewer, &lead).await?;
    }
    Ok(lead)
}

async fn ask(tx: &Tx, viewer: &Viewer, lead: &Entity, body: Option<String>) -> Result<(), Error> {
    let source = lead.profile.source.clone();
    let inquiry =
        Inquiry { id: InquiryId::mint(tx.at()), lead_id: lead.id, source, body, received_at: lead.received_at };
    inquiries::insert(tx, &inquiry).await?;
    let Inquiry { id, source, body, .. } = inquiry;
    note(tx, viewer, lead.id, TimelineEvent::Inquiry { inquiry_id: id, source_code: source, body }).await
}

async fn assigned(tx: &Tx, viewer: &Viewer, lead: &Entity) -> Result<(), Error> {
    let to: Option<StaffId> = lead.assignee_id;
    note(tx, viewer, lead.id, TimelineEvent::Assigned { from: None, to }).await
}
