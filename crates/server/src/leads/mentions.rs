//! `/me/mentions`: the notes that call the caller.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get, post};
use noren_api::Page;
use noren_api::leads::{Mention, MentionCounts, PageQuery};
use noren_domain::{LeadId, StaffId};
use noren_persistence::mentions;

use super::visible;
use crate::Error;
use crate::app::App;
use crate::auth::{Allowed, Caller};
use crate::extract::{Id, ValidQuery};
use crate::permissions::{CountMentions, ListMentions, SeeMentions};

/// List the notes that mention the caller
///
/// The newest first. What they say is on the timeline of their lead.
#[utoipa::path(tag = "leads", params(PageQuery), responses((status = 200, body = Page<Mention>)))]
#[get("/me/mentions")]
pub async fn list_mentions(
    who: Allowed<ListMentions>,
    app: Data<App>,
    request: HttpRequest,
    query: ValidQuery<PageQuery>,
) -> Result<HttpResponse, Error> {
    let person = person(&who)?;
    let PageQuery { after, limit } = query.0;
    let cursors = app.cursors("mentions", &person)?;
    let wanted = cursors.page(after.as_deref(), limit)?;
    let page = mentions::page(&app.db, person, &wanted).await?;
    let next = cursors.next(page.next)?;
    let items = page.items.into_iter().map(|mention| {
        let mentions::Mention { entry_id, lead_id, at, seen_at } = mention;
        Mention { entry_id, lead_id, at, seen_at }
    });
    Ok(app.page(&request, Page { items: items.collect(), next }))
}

/// Count the notes that wait for the caller
#[utoipa::path(tag = "leads", responses((status = 200, body = MentionCounts)))]
#[get("/me/mention-counts")]
pub async fn count_mentions(who: Allowed<CountMentions>, app: Data<App>) -> Result<Json<MentionCounts>, Error> {
    Ok(Json(MentionCounts { unseen: mentions::count_unseen(&app.db, person(&who)?).await? }))
}

/// See the notes of a lead
///
/// The caller has looked at everything on this lead that mentions them.
#[utoipa::path(tag = "leads", params(("id" = LeadId, Path)), responses((status = 204)))]
#[post("/leads/{id}/see-mentions")]
pub async fn see_mentions(who: Allowed<SeeMentions>, app: Data<App>, id: Id<LeadId>) -> Result<HttpResponse, Error> {
    let person = person(&who)?;
    visible(&app.db, &who.viewer, id.0).await?;
    app.db.write::<_, Error>(who.actor(&app), async |tx| Ok(mentions::see(tx, person, id.0).await?)).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn person(caller: &Caller) -> Result<StaffId, Error> {
    caller.viewer.staff_id().ok_or(Error::Forbidden)
}
