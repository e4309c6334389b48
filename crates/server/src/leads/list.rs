//! `GET /leads` and `GET /lead-counts`.

use actix_web::get;
use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse};
use noren_api::Page;
use noren_api::leads::{AssigneeFilter, LeadCounts, LeadFilter, LeadRow, LeadSort};
use noren_domain::access::AccessKind;
use noren_domain::lead::LeadStatus;
use noren_domain::lead_source::SourceCode;
use noren_domain::search;
use noren_domain::viewer::Viewer;
use noren_persistence::lead_sources;
use noren_persistence::leads::{self, Assignee, Filter, Sort};

use super::wire;
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::ValidQuery;
use crate::permissions::{CountLeads, ListLeads};

/// List leads
///
/// The leads that the caller may see, filtered and sorted, in keyset pages.
#[utoipa::path(tag = "leads", params(LeadFilter), responses((status = 200, body = Page<LeadRow>)))]
#[get("/leads")]
pub async fn list_leads(
    who: Allowed<ListLeads>,
    app: Data<App>,
    request: HttpRequest,
    query: ValidQuery<LeadFilter>,
) -> Result<HttpResponse, Error> {
    let mut query = query.0;
    if query.q.is_some() {
        app.limits.admit_search(who.quota_key())?;
    }
    let after = query.after.take();
    let limit = query.limit.take();
    let cursors = app.cursors("leads", &(&query, &who.viewer.principal.to_string()))?;
    let wanted = cursors.page(after.as_deref(), limit)?;
    let sort = match query.sort.unwrap_or_default() {
        LeadSort::Newest => Sort::Newest,
        LeadSort::Oldest => Sort::Oldest,
        LeadSort::Updated => Sort::Updated,
        LeadSort::Kana => Sort::Kana,
    };
    let kind = if query.q.is_some() { AccessKind::LeadSearch } else { AccessKind::LeadList };
    let filter = filter(query, &who.viewer)?;
    let page = leads::page(&app.db, &who.viewer, &filter, sort, &wanted).await?;
    let next = cursors.next(page.next)?;
    app.saw(&who, &request, kind, page.items.iter().map(|lead| lead.id.0).collect());
    let sources = lead_sources::all(&app.db).await?;
    let items = page.items.into_iter().map(|lead| wire::to_row(lead, &sources)).collect();
    Ok(app.page(&request, &Page { items, next }))
}

/// Count leads
///
/// How many leads the caller sees, by the tabs of the list.
#[utoipa::path(tag = "leads", responses((status = 200, body = LeadCounts)))]
#[get("/lead-counts")]
pub async fn count_leads(who: Allowed<CountLeads>, app: Data<App>) -> Result<Json<LeadCounts>, Error> {
    let count = async |filter: Filter| leads::count(&app.db, &who.viewer, &filter).await;
    let of_status = |status| Filter { status: Some(status), ..Filter::default() };
    let mine = match who.viewer.staff_id() {
        Some(id) => count(Filter { assignee: Some(Assignee::Is(id)), ..Filter::default() }).await?,
        None => 0,
    };
    Ok(Json(LeadCounts {
        new: count(of_status(LeadStatus::New)).await?,
        mine,
        nurturing: count(of_status(LeadStatus::Nurturing)).await?,
        all: count(Filter::default()).await?,
    }))
}

fn filter(query: LeadFilter, viewer: &Viewer) -> Result<Filter, Error> {
    let LeadFilter {
        q,
        status,
        store_id,
        assignee_id,
        assignee,
        source_code,
        temperature,
        tag_id,
        sort: _,
        after: _,
        limit: _,
    } = query;
    let assignee = match (assignee_id, assignee) {
        (Some(_), Some(_)) => return Err(Error::field("assignee", "exclusive")),
        (Some(id), None) => Some(Assignee::Is(id)),
        (None, Some(AssigneeFilter::Nobody)) => Some(Assignee::Nobody),
        (None, Some(AssigneeFilter::Me)) => {
            Some(Assignee::Is(viewer.staff_id().ok_or_else(|| Error::field("assignee", "staff_only"))?))
        }
        (None, None) => None,
    };
    let terms = q.map(|q| search::terms(&q)).unwrap_or_default();
    Ok(Filter {
        terms,
        status,
        store: store_id,
        assignee,
        source: source_code.map(SourceCode),
        temperature,
        tag: tag_id,
    })
}
