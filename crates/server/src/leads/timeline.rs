//! `GET /leads/{id}/timeline`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use noren_api::leads::TimelineEntry;
use noren_api::{Page, PageQuery};
use noren_domain::access::AccessKind;
use noren_domain::viewer::Principal;
use noren_domain::{LeadId, timeline};
use noren_persistence::timeline as rows;

use super::visible;
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, ValidQuery};
use crate::permissions::ListTimeline;

/// List a lead's timeline
///
/// Inquiries, assignments, status changes, edits and notes, the newest first.
#[utoipa::path(tag = "leads", params(("id" = LeadId, Path), PageQuery), responses((status = 200, body = Page<TimelineEntry>)))]
#[get("/leads/{id}/timeline")]
pub async fn list_timeline(
    who: Allowed<ListTimeline>,
    app: Data<App>,
    request: HttpRequest,
    id: Id<LeadId>,
    query: ValidQuery<PageQuery>,
) -> Result<HttpResponse, Error> {
    let lead = visible(&app.db, &who.viewer, id.0).await?;
    let PageQuery { after, limit } = query.0;
    let cursors = app.cursors("timeline", &lead.id)?;
    let wanted = cursors.page(after.as_deref(), limit)?;
    let page = rows::page(&app.db, lead.id, &wanted).await?;
    let next = cursors.next(page.next)?;
    app.saw(&who, &request, AccessKind::Timeline, vec![lead.id.0]);
    Ok(app.page(&request, &Page { items: page.items.into_iter().map(to_wire).collect(), next }))
}

pub(crate) fn to_wire(entry: timeline::TimelineEntry) -> TimelineEntry {
    let timeline::TimelineEntry { id, lead_id: _, at, by, event } = entry;
    let staff_id = match by {
        Some(Principal::Staff(id)) => Some(id),
        Some(Principal::ApiClient(_)) | None => None,
    };
    TimelineEntry { id, at, staff_id, event }
}
