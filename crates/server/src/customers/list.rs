//! `GET /customers`.

use actix_web::get;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use chrono::Months;
use noren_api::customers::{CustomerFilter, CustomerPage, CustomerSort};
use noren_domain::access::AccessKind;
use noren_domain::clock::japan_date;
use noren_domain::search;
use noren_domain::sync::Stream;
use noren_persistence::customers::{self, Filter, Sort};
use noren_persistence::{Page, staff, stores};

use super::wire;
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::ValidQuery;
use crate::extreme::origin;
use crate::permissions::ListCustomers;

/// List customers
///
/// The customers of the caller's stores out of the copy, filtered and sorted, in keyset pages. `origin` says how old the copy is.
#[utoipa::path(tag = "customers", params(CustomerFilter), responses((status = 200, body = CustomerPage)))]
#[get("/customers")]
pub async fn list_customers(
    who: Allowed<ListCustomers>,
    app: Data<App>,
    request: HttpRequest,
    query: ValidQuery<CustomerFilter>,
) -> Result<HttpResponse, Error> {
    let mut query = query.0;
    if query.q.is_some() {
        app.limits.admit_search(who.quota_key())?;
    }
    let (after, limit) = (query.after.take(), query.limit.take());
    let cursors = app.cursors("customers", &(&query, &who.viewer.principal.to_string()))?;
    let wanted = cursors.page(after.as_deref(), limit)?;
    let sort = match query.sort.unwrap_or_default() {
        CustomerSort::Kana => Sort::Kana,
        CustomerSort::Inspection => Sort::Inspection,
    };
    let kind = if query.q.is_some() { AccessKind::CustomerSearch } else { AccessKind::CustomerList };
    let page = match filter(&app, query).await? {
        Some(filter) => customers::page(&app.db, &who.viewer, &filter, sort, &wanted).await?,
        None => Page { items: Vec::new(), next: None },
    };
    let next = cursors.next(page.next)?;
    app.saw_customers(&who, &request, kind, page.items.iter().map(|one| one.customer_code.clone()).collect());
    let origin = origin::of_copy(&app, Stream::Customers).await?;
    let items = wire::rows(&app, page.items).await?;
    Ok(app.linked(&request, next.as_deref(), &CustomerPage { items, next: next.clone(), origin }))
}

/// The filter in EXTREME's codes; none where nobody can fit, because a store or a colleague has no code.
async fn filter(app: &App, query: CustomerFilter) -> Result<Option<Filter>, Error> {
    let CustomerFilter { q, store_id, kind, staff_id, inspection_within, sort: _, after: _, limit: _ } = query;
    let store_code = match store_id {
        Some(id) => stores::by_code(&app.db).await?.into_iter().find(|(_, store)| *store == id).map(|(code, _)| code),
        None => None,
    };
    let staff_code = match staff_id {
        Some(id) => staff::find(&app.db, id).await?.map(|person| person.code),
        None => None,
    };
    if store_code.is_none() && store_id.is_some() || staff_code.is_none() && staff_id.is_some() {
        return Ok(None);
    }
    let today = japan_date(app.clock.now());
    let until = inspection_within.map(|months| today.checked_add_months(Months::new(months)).unwrap_or(today));
    let terms = q.map(|q| search::terms(&q)).unwrap_or_default();
    Ok(Some(Filter { terms, store_code, kind, staff_code, inspection_until: until }))
}
