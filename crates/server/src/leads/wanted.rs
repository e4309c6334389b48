//! `/leads/{id}/wanted-vehicles`: the cars of the stock that a lead wants.

use actix_web::web::{Data, Json};
use actix_web::{delete, get, put};
use noren_api::vehicles::{WantedVehicle, WantedVehicles};
use noren_domain::LeadId;
use noren_domain::code::StockNumber;
use noren_domain::sync::Stream;
use noren_domain::timeline::{FieldChange, TimelineEvent};
use noren_domain::viewer::Viewer;
use noren_persistence::wanted_vehicles::{self, Wanted};
use noren_persistence::{Tx, leads, vehicles};

use super::{act, note, record, require_editable, visible};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::Id;
use crate::extreme::origin;
use crate::permissions::{LinkWantedVehicle, ListWantedVehicles, UnlinkWantedVehicle};
use crate::vehicles::rows;

/// How many cars a lead wants at most.
const MOST: usize = 20;

/// List the vehicles that a lead wants
///
/// As they stand now; `vehicle` is `null` where EXTREME has it no longer, or where an integrator's key does not see its store.
#[utoipa::path(tag = "leads", params(("id" = LeadId, Path)), responses((status = 200, body = WantedVehicles)))]
#[get("/leads/{id}/wanted-vehicles")]
pub async fn list_wanted_vehicles(
    who: Allowed<ListWantedVehicles>,
    app: Data<App>,
    id: Id<LeadId>,
) -> Result<Json<WantedVehicles>, Error> {
    who.require_shown(id.0)?;
    let lead = visible(&app.db, &who.viewer, id.0).await?;
    wanted_by(&app, &who.viewer, lead.id).await
}

/// Link a vehicle to a lead
///
/// A lead wants 20 vehicles at most. What is linked already stays linked, and nothing else happens. The answer is the whole list.
#[utoipa::path(tag = "leads", params(("id" = LeadId, Path), ("stock_number" = StockNumber, Path)),
    responses((status = 200, body = WantedVehicles), (status = 409, description = "The lead's person was erased")))]
#[put("/leads/{id}/wanted-vehicles/{stock_number}")]
pub async fn link_wanted_vehicle(
    who: Allowed<LinkWantedVehicle>,
    app: Data<App>,
    path: Id<(LeadId, StockNumber)>,
) -> Result<Json<WantedVehicles>, Error> {
    let (id, number) = &path.0;
    who.require_shown(*id)?;
    app.db.write(who.actor(&app), async |tx| link(tx, &who.viewer, *id, number).await).await?;
    wanted_by(&app, &who.viewer, *id).await
}

/// Take a vehicle from a lead
///
/// What is not linked stays so, and nothing else happens. The answer is the whole list.
#[utoipa::path(tag = "leads", params(("id" = LeadId, Path), ("stock_number" = StockNumber, Path)),
    responses((status = 200, body = WantedVehicles), (status = 409, description = "The lead's person was erased")))]
#[delete("/leads/{id}/wanted-vehicles/{stock_number}")]
pub async fn unlink_wanted_vehicle(
    who: Allowed<UnlinkWantedVehicle>,
    app: Data<App>,
    path: Id<(LeadId, StockNumber)>,
) -> Result<Json<WantedVehicles>, Error> {
    let (id, number) = &path.0;
    who.require_shown(*id)?;
    app.db.write(who.actor(&app), async |tx| unlink(tx, &who.viewer, *id, number).await).await?;
    wanted_by(&app, &who.viewer, *id).await
}

async fn link(tx: &Tx, viewer: &Viewer, id: LeadId, number: &StockNumber) -> Result<(), Error> {
    // Locked, so that two who link at once count each other's.
    let lead = leads::lock(tx, viewer, id).await?.ok_or(Error::NotFound)?;
    require_editable(viewer, &lead)?;
    let car = vehicles::find(tx, viewer, number).await?.ok_or(Error::NotFound)?.recorded.record;
    let linked = wanted_vehicles::of(tx, id).await?;
    if linked.iter().any(|wanted| wanted.stock_number == *number) {
        return Ok(());
    }
    if linked.len() >= MOST {
        return Err(Error::field("stock_number", "too_many"));
    }
    let wanted = Wanted { stock_number: number.clone(), since: tx.at(), staff_id: viewer.staff_id() };
    wanted_vehicles::link(tx, id, &wanted).await?;
    let event = TimelineEvent::VehicleLinked { stock_number: number.clone(), name: car.title() };
    note(tx, Some(viewer.principal), id, event).await?;
    let linked = vec![FieldChange::to("wanted_vehicle", number.as_str())];
    record(tx, Some(viewer.principal), &lead, act("lead.vehicle_linked", linked));
    Ok(())
}

async fn unlink(tx: &Tx, viewer: &Viewer, id: LeadId, number: &StockNumber) -> Result<(), Error> {
    let lead = leads::lock(tx, viewer, id).await?.ok_or(Error::NotFound)?;
    require_editable(viewer, &lead)?;
    if !wanted_vehicles::unlink(tx, id, number).await? {
        return Ok(());
    }
    // It may have gone from the stock since, and then there is nothing left to call it by.
    let car = vehicles::find(tx, viewer, number).await?;
    let name = car.map(|car| car.recorded.record.title()).unwrap_or_default();
    note(tx, Some(viewer.principal), id, TimelineEvent::VehicleUnlinked { stock_number: number.clone(), name }).await?;
    let before = Some(number.to_string());
    let taken = vec![FieldChange { field: "wanted_vehicle".to_owned(), before, after: None }];
    record(tx, Some(viewer.principal), &lead, act("lead.vehicle_unlinked", taken));
    Ok(())
}

async fn wanted_by(app: &App, viewer: &Viewer, id: LeadId) -> Result<Json<WantedVehicles>, Error> {
    let wanted = wanted_vehicles::of(&app.db, id).await?;
    let numbers: Vec<&str> = wanted.iter().map(|wanted| wanted.stock_number.as_str()).collect();
    let cars = vehicles::several(&app.db, viewer, &numbers).await?;
    let mut shown = rows(app, viewer, cars.into_values().collect()).await?;
    let item = |Wanted { stock_number, since, staff_id }| {
        // Who of the house linked it is no customer's to see.
        let staff_id = staff_id.filter(|_| viewer.customer_view.is_none());
        let at = shown.iter().position(|row| row.stock_number == stock_number);
        WantedVehicle { vehicle: at.map(|at| shown.swap_remove(at)), stock_number, since, staff_id }
    };
    let items = wanted.into_iter().map(item).collect();
    Ok(Json(WantedVehicles { items, origin: origin::of_copy(app, Stream::Vehicles).await? }))
}
