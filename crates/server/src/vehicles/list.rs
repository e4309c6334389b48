//! `GET /vehicles`.

use actix_web::get;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use noren_api::Page;
use noren_api::vehicles::{VehicleFilter, VehicleRow};
use noren_persistence::vehicles;

use super::{filter, wire};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::ValidQuery;
use crate::permissions::ListVehicles;

/// List vehicles
///
/// The stock of the whole company out of the copy, filtered and sorted, in keyset pages; an integrator's key sees that of its stores.
#[utoipa::path(tag = "stock", params(VehicleFilter), responses((status = 200, body = Page<VehicleRow>)))]
#[get("/vehicles")]
pub async fn list_vehicles(
    who: Allowed<ListVehicles>,
    app: Data<App>,
    request: HttpRequest,
    query: ValidQuery<VehicleFilter>,
) -> Result<HttpResponse, Error> {
    let mut query = query.0;
    if query.q.is_some() {
        app.limits.admit_search(who.quota_key())?;
    }
    let (after, limit) = (query.after.take(), query.limit.take());
    let cursors =
        app.cursors("vehicles", &(&query, &who.viewer.principal.to_string(), who.viewer.customer_view.is_some()))?;
    let wanted = cursors.page(after.as_deref(), limit)?;
    let sort = filter::sort(&query, &who.viewer);
    let filter = filter::checked(query, app.clock.now())?;
    let page = vehicles::page(&app.db, &who.viewer, &filter, sort, &wanted).await?;
    let next = cursors.next(page.next)?;
    let items = wire::rows(&app, &who.viewer, page.items).await?;
    Ok(app.page(&request, &Page { items, next }))
}
