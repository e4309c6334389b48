//! `POST /leads/{id}/inquiries`: the same person asks again.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use noren_api::leads::{Inquiry, NewInquiry};
use noren_domain::lead_source::SourceCode;
use noren_domain::timeline::{self, TimelineEvent};
use noren_domain::viewer::Viewer;
use noren_domain::{InquiryId, LeadId};
use noren_persistence::{Tx, inquiries, lead_sources};

use super::{act, held, note, record, require_editable};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::Id;
use crate::idempotency::{Created, Creating};
use crate::permissions::CreateInquiry;

/// Add an inquiry to a lead
///
/// The words are kept as received and stand on the lead's timeline.
#[utoipa::path(tag = "leads", params(("id" = LeadId, Path)), request_body = NewInquiry,
    responses((status = 201, body = Inquiry)))]
#[post("/leads/{id}/inquiries")]
pub async fn create_inquiry(
    who: Allowed<CreateInquiry>,
    app: Data<App>,
    id: Id<LeadId>,
    new: Creating<NewInquiry>,
) -> Result<HttpResponse, Error> {
    let made = new.key.once(&app, &who, async |tx| {
        let inquiry = add(tx, &who.viewer, id.0, new.body.clone()).await?;
        Ok(Created { location: format!("/api/v1/leads/{}/timeline", id.0), version: None, body: inquiry })
    });
    Ok(made.await?.respond())
}

async fn add(tx: &Tx, viewer: &Viewer, id: LeadId, new: NewInquiry) -> Result<Inquiry, Error> {
    let NewInquiry { source_code, body } = new;
    let lead = held(tx, viewer, id).await?;
    require_editable(viewer, &lead)?;
    let source = SourceCode(source_code);
    if !lead_sources::find(tx, &source).await?.is_some_and(|source| source.active) {
        return Err(Error::field("source_code", "source.unknown"));
    }
    let inquiry =
        timeline::Inquiry { id: InquiryId::mint(tx.at()), lead_id: lead.id, source, body, received_at: tx.at() };
    inquiries::insert(tx, &inquiry).await?;
    let timeline::Inquiry { id, lead_id, source, body, received_at } = inquiry;
    let event = TimelineEvent::Inquiry { inquiry_id: id, source_code: source.clone(), body: body.clone(), via: None };
    note(tx, Some(viewer.principal), lead_id, event).await?;
    record(tx, Some(viewer.principal), &lead, act("lead.inquiry_added", Vec::new()));
    Ok(Inquiry { id, lead_id, source_code: source, body, received_at })
}
