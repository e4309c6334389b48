//! `POST /leads`: a new lead with its first inquiry.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use noren_api::leads::{Lead, NewLead};
use noren_domain::lead::{Lead as Entity, Opening, Profile};
use noren_domain::timeline::{FieldChange, Inquiry, TimelineEvent, Via};
use noren_domain::viewer::{Principal, Viewer};
use noren_domain::{InquiryId, LeadId};
use noren_persistence::{Tx, inquiries, leads, staff};

use super::{CREATED, act, created, note, record, wire};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::idempotency::Creating;
use crate::permissions::CreateLead;
use crate::stores::require_open;

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
    require_open(tx, viewer, store_id, "store_id").await?;
    let profile = wire::checked(tx, profile, None).await?;
    let mut known = profile.known();
    let mut lead = Entity::open(Opening { id: LeadId::mint(tx.at()), store_id, received_at: tx.at() }, profile);
    if let Some(id) = assignee_id {
        let colleague = staff::find(tx, id).await?.ok_or(noren_domain::Error::AssigneeElsewhere)?;
        lead.assign(Some(&colleague), tx.at())?;
        known.push(FieldChange::to("assignee_id", id.to_string()));
    }
    let asked = Asked { body: inquiry, via: None };
    store(tx, Some(viewer.principal), &lead, known).await?;
    ask(tx, Some(viewer.principal), &lead, asked).await?;
    if let Some(to) = assignee_id {
        note(tx, Some(viewer.principal), lead.id, TimelineEvent::Assigned { from: None, to: Some(to) }).await?;
    }
    Ok(lead)
}

/// Opens the lead of somebody who asked by themselves. Its clock runs since they did.
///
/// # Errors
/// Database errors.
pub(crate) async fn open_for_visitor(
    tx: &Tx,
    opening: Opening,
    profile: Profile,
    asked: Asked,
) -> Result<Entity, Error> {
    let known = profile.known();
    let lead = Entity::open(opening, profile);
    store(tx, None, &lead, known).await?;
    ask(tx, None, &lead, asked).await?;
    Ok(lead)
}

/// What somebody asked, and through which form.
pub(crate) struct Asked {
    pub body: Option<String>,
    pub via: Option<Via>,
}

async fn store(tx: &Tx, by: Option<Principal>, lead: &Entity, known: Vec<FieldChange>) -> Result<(), Error> {
    leads::insert(tx, lead).await?;
    record(tx, by, lead, act(CREATED, known));
    Ok(())
}

async fn ask(tx: &Tx, by: Option<Principal>, lead: &Entity, asked: Asked) -> Result<(), Error> {
    let Asked { body, via } = asked;
    let source = lead.profile.source.clone();
    let inquiry =
        Inquiry { id: InquiryId::mint(tx.at()), lead_id: lead.id, source, body, received_at: lead.received_at };
    inquiries::insert(tx, &inquiry).await?;
    let Inquiry { id, source, body, .. } = inquiry;
    note(tx, by, lead.id, TimelineEvent::Inquiry { inquiry_id: id, source_code: source, body, via }).await?;
    Ok(())
}
