//! `/me/mentions`: the notes that call the caller.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get, post};
use noren_api::leads::{Mention, MentionCounts, TimelineEntry};
use noren_api::{Page, PageQuery};
use noren_domain::access::AccessKind;
use noren_domain::timeline::TimelineEvent;
use noren_domain::{LeadId, StaffId};
use noren_persistence::mentions;

use super::visible;
use crate::Error;
use crate::app::App;
use crate::auth::{Allowed, Caller};
use crate::extract::{Id, ValidQuery};
use crate::permissions::{CountMentions, ListMentions, SeeMentions};

/// As many characters of a note as two lines of a list can hold.
const EXCERPT: usize = 160;

/// List the notes that mention the caller
///
/// The newest first, on leads that the caller sees.
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
    let page = mentions::page(&app.db, &who.viewer, person, &wanted).await?;
    let next = cursors.next(page.next)?;
    app.saw(&who, &request, AccessKind::Timeline, page.items.iter().map(|mention| mention.lead.id.0).collect());
    Ok(app.page(&request, &Page { items: page.items.into_iter().map(to_wire).collect(), next }))
}

fn to_wire(mention: mentions::Mention) -> Mention {
    let mentions::Mention { entry, lead, seen_at } = mention;
    let TimelineEntry { id, at, staff_id, event } = super::timeline::to_wire(entry);
    let body = if let TimelineEvent::Noted { body, .. } = event { body } else { String::new() };
    Mention {
        entry_id: id,
        lead_id: lead.id,
        name: lead.profile.name,
        company: lead.profile.company,
        staff_id,
        excerpt: body.chars().take(EXCERPT).collect(),
        at,
        seen_at,
    }
}

/// Count the notes that wait for the caller
#[utoipa::path(tag = "leads", responses((status = 200, body = MentionCounts)))]
#[get("/me/mention-counts")]
pub async fn count_mentions(who: Allowed<CountMentions>, app: Data<App>) -> Result<Json<MentionCounts>, Error> {
    Ok(Json(MentionCounts { unseen: mentions::count_unseen(&app.db, &who.viewer, person(&who)?).await? }))
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
