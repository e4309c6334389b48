//! `GET /vehicle-comparison`: a few cars side by side, in one request.

use actix_web::get;
use actix_web::web::{Data, Json};
use noren_api::Page;
use noren_api::vehicles::{ComparedVehicles, MOST_COMPARED, Vehicle as Wire};
use noren_domain::code::StockNumber;
use noren_domain::sync::Stream;
use noren_persistence::vehicles::{self, Known};

use super::{filter, wire};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::ValidQuery;
use crate::extreme::origin;
use crate::permissions::CompareVehicles;

/// Compare vehicles
///
/// Up to four, whole, out of the copy, in the order in which they are named. What is there no longer is left out. Never with what they
/// have cost: the screen may be turned to a customer at any moment.
#[utoipa::path(tag = "stock", params(ComparedVehicles), responses((status = 200, body = Page<Wire>)))]
#[get("/vehicle-comparison")]
pub async fn compare_vehicles(
    who: Allowed<CompareVehicles>,
    app: Data<App>,
    query: ValidQuery<ComparedVehicles>,
) -> Result<Json<Page<Wire>>, Error> {
    let mut items: Vec<Wire> = Vec::new();
    for number in asked(query.0)? {
        let Some(Known { recorded, read_at }) = vehicles::find(&app.db, &who.viewer, &number).await? else { continue };
        let origin = origin::of_record(&app, Stream::Vehicles, read_at).await?;
        items.push(Wire { purchase_cost: None, ..wire::vehicle(&app, &who.viewer, recorded, origin).await? });
    }
    Ok(Json(Page { items, next: None }))
}

/// Each car once.
fn asked(query: ComparedVehicles) -> Result<Vec<StockNumber>, Error> {
    let named = filter::listed("stock_numbers", Some(query.stock_numbers))?.unwrap_or_default();
    let mut numbers: Vec<StockNumber> = Vec::new();
    for number in named {
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    if numbers.len() > MOST_COMPARED { Err(Error::field("stock_numbers", "too_many")) } else { Ok(numbers) }
}
