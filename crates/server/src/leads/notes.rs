//! `POST /leads/{id}/notes`: something written down, perhaps for colleagues to see.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use noren_api::leads::{NewNote, TimelineEntry};
use noren_domain::note::Note;
use noren_domain::timeline::{FieldChange, TimelineEvent};
use noren_domain::viewer::Viewer;
use noren_domain::{LeadId, timeline};
use noren_persistence::{Tx, mentions, staff};

use super::timeline::to_wire;
use super::{Act, act, held, note, record};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::Id;
use crate::idempotency::{Created, Creating};
use crate::permissions::CreateNote;

/// Add a note to a lead
///
/// Whoever sees the lead may write on its timeline. Colleagues who are mentioned are told.
#[utoipa::path(tag = "leads", params(("id" = LeadId, Path)), request_body = NewNote,
    responses((status = 201, body = TimelineEntry)))]
#[post("/leads/{id}/notes")]
pub async fn create_note(
    who: Allowed<CreateNote>,
    app: Data<App>,
    id: Id<LeadId>,
    new: Creating<NewNote>,
) -> Result<HttpResponse, Error> {
    let made = new.key.once(&app, &who, async |tx| {
        let entry = add(tx, &who.viewer, id.0, new.body.clone()).await?;
        let location = format!("/api/v1/leads/{}/timeline", id.0);
        Ok(Created { location, version: None, body: to_wire(entry) })
    });
    Ok(made.await?.respond())
}

async fn add(tx: &Tx, viewer: &Viewer, id: LeadId, new: NewNote) -> Result<timeline::TimelineEntry, Error> {
    let lead = held(tx, viewer, id).await?;
    lead.require_kept()?;
    let mut colleagues = Vec::new();
    for id in &new.mentions {
        colleagues.extend(staff::find(tx, *id).await?);
    }
    let written = Note::check(&new.body, &new.mentions, &colleagues, &lead).map_err(noren_domain::Error::from)?;
    let event = TimelineEvent::Noted { body: written.body.clone(), mentions: written.mentions.clone() };
    let entry = note(tx, Some(viewer.principal), lead.id, event).await?;
    mentions::insert(tx, lead.id, entry.id, &written.mentions).await?;
    let noted = act("lead.noted", vec![FieldChange::to("note", written.body)]);
    record(tx, Some(viewer.principal), &lead, Act { mentions: written.mentions, ..noted });
    Ok(entry)
}
