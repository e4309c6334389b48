//! `GET /vehicles/{stock_number}/holds`, `/holds` and `/holds/{id}`.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get};
use noren_api::Page;
use noren_api::holds::{Hold as Wire, HoldFilter, HoldLine};
use noren_domain::HoldId;
use noren_domain::code::StockNumber;
use noren_persistence::holds::{self, Wanted};
use noren_persistence::{leads, vehicles};

use super::wire;
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, ValidQuery};
use crate::permissions::{ListHolds, ListVehicleHolds, ReadHold};

/// List the claims on a vehicle
///
/// Who has the car or asks for it, and those who wait behind, in their order.
#[utoipa::path(tag = "holds", params(("stock_number" = StockNumber, Path)), responses((status = 200, body = HoldLine)))]
#[get("/vehicles/{stock_number}/holds")]
pub async fn list_vehicle_holds(
    who: Allowed<ListVehicleHolds>,
    app: Data<App>,
    number: Id<StockNumber>,
) -> Result<Json<HoldLine>, Error> {
    vehicles::find(&app.db, &who.viewer, &number.0).await?.ok_or(Error::NotFound)?;
    // Counted first: what changes in between makes the next answer another one.
    let changes = holds::changes_on(&app.db, &number.0).await?;
    let line = holds::open_on(&app.db, &number.0).await?;
    Ok(Json(HoldLine { items: wire::holds(&app.db, &who.viewer, line).await?, changes }))
}

/// List holds
///
/// The caller's own, or those of a lead that they see; the newest first.
#[utoipa::path(tag = "holds", params(HoldFilter), responses((status = 200, body = Page<Wire>)))]
#[get("/holds")]
pub async fn list_holds(
    who: Allowed<ListHolds>,
    app: Data<App>,
    request: HttpRequest,
    query: ValidQuery<HoldFilter>,
) -> Result<HttpResponse, Error> {
    let HoldFilter { lead_id, open, after, limit } = query.0;
    let own = who.viewer.staff_id().filter(|_| lead_id.is_none());
    if let Some(id) = lead_id {
        leads::find(&app.db, &who.viewer, id).await?.ok_or(Error::field("lead_id", "unknown"))?;
    }
    let cursors = app.cursors("holds", &(lead_id, open, own))?;
    let wanted = Wanted { staff_id: own, lead_id, open };
    let page = holds::page(&app.db, &wanted, &cursors.page(after.as_deref(), limit)?).await?;
    let next = cursors.next(page.next)?;
    let items = wire::holds(&app.db, &who.viewer, page.items).await?;
    Ok(app.page(&request, &Page { items, next }))
}

/// Read a hold
#[utoipa::path(tag = "holds", params(("id" = HoldId, Path)), responses((status = 200, body = Wire)))]
#[get("/holds/{id}")]
pub async fn read_hold(who: Allowed<ReadHold>, app: Data<App>, id: Id<HoldId>) -> Result<HttpResponse, Error> {
    let hold = holds::find(&app.db, id.0).await?.ok_or(Error::NotFound)?;
    wire::answer(&app.db, &who.viewer, hold).await
}
