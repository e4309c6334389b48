//! `POST /leads/{id}/erase`: 個人情報の消去.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use noren_api::leads::{Lead, NewErasure};
use noren_domain::LeadId;
use noren_domain::lead::Erasure;
use noren_domain::timeline::{FieldChange, TimelineEvent};
use noren_domain::viewer::Viewer;
use noren_persistence::{Tx, audit, form_submissions, idempotency, inquiries, lead_search, leads, mentions, timeline};

use super::edit::{answer, save, stale};
use super::{act, note, record};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, IfMatch, Valid};
use crate::permissions::EraseLead;

/// Erase a lead's person
///
/// Of a closed lead everything goes that says something of its person: contact, wishes, notes, inquiries, what they sent through
/// forms, the values in the audit and stored answers. Store, source, status, dates and assignee stay for the statistics, and
/// nothing can be written to the lead any more. It cannot be taken back.
#[utoipa::path(tag = "leads", params(("id" = LeadId, Path)), request_body = NewErasure, responses((status = 200, body = Lead)))]
#[post("/leads/{id}/erase")]
pub async fn erase_lead(
    who: Allowed<EraseLead>,
    app: Data<App>,
    id: Id<LeadId>,
    seen: IfMatch,
    wanted: Valid<NewErasure>,
) -> Result<HttpResponse, Error> {
    let erased =
        app.db.write(who.actor(&app), async |tx| erase(tx, &who.viewer, (id.0, seen.0), &wanted).await).await?;
    // It is erased whatever becomes of this: a log that is being read is emptied with the next housekeeping.
    match app.db.empty_log().await {
        Ok(true) => {}
        Ok(false) => tracing::warn!("erasure.log_in_use"),
        Err(error) => tracing::error!(error = %error, "erasure.log_not_emptied"),
    }
    Ok(erased)
}

async fn erase(tx: &Tx, viewer: &Viewer, seen: (LeadId, i64), wanted: &NewErasure) -> Result<HttpResponse, Error> {
    let (id, version) = seen;
    let mut lead = leads::lock(tx, viewer, id).await?.ok_or(Error::NotFound)?;
    lead.require_kept()?;
    if lead.version != version {
        return Err(stale(tx, viewer, id).await);
    }
    let erasure = Erasure::check(wanted.reason, wanted.note.as_deref(), &lead).map_err(noren_domain::Error::from)?;
    lead.erase(tx.at())?;
    save(tx, viewer, &mut lead).await?;
    forget_person(tx, id).await?;
    let Erasure { reason, note: proof } = erasure;
    let mut said = vec![FieldChange::to("reason", reason.as_str())];
    said.extend(proof.clone().map(|proof| FieldChange::to("note", proof)));
    note(tx, Some(viewer.principal), id, TimelineEvent::Erased { reason, note: proof }).await?;
    record(tx, Some(viewer.principal), &lead, act("lead.erased", said));
    answer(tx, lead, viewer).await
}

/// Empties whatever else says something of the lead's person.
async fn forget_person(tx: &Tx, id: LeadId) -> Result<(), Error> {
    lead_search::sweep(tx).await?;
    inquiries::erase(tx, id).await?;
    timeline::erase(tx, id).await?;
    mentions::forget(tx, id).await?;
    let sent = form_submissions::erase(tx, id).await?;
    let subjects = sent.iter().map(|sent| format!("form_submission:{sent}"));
    audit::erase(tx, &subjects.chain([format!("lead:{id}")]).collect::<Vec<_>>()).await?;
    let places = sent.iter().map(|sent| format!("/api/v1/form-submissions/{sent}"));
    idempotency::erase(tx, &places.chain([format!("/api/v1/leads/{id}")]).collect::<Vec<_>>()).await?;
    Ok(())
}
