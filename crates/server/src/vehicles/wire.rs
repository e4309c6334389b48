//! Vehicles between domain and wire, with what Noren knows beside: stores, people, cuts of the price, pictures.

use std::collections::HashMap;

use noren_api::extreme::Origin;
use noren_api::vehicles::{PriceCut, Vehicle as Wire, VehicleChange, VehicleHold, VehiclePhoto, VehicleRow};
use noren_domain::clock::japan_date;
use noren_domain::sync::Recorded;
use noren_domain::vehicle::{self, HoldSummary, Offered, Photo, Vehicle};
use noren_domain::viewer::Viewer;
use noren_domain::{StaffId, StoreId};
use noren_persistence::{staff, stores, vehicles};

use crate::Error;
use crate::app::App;

/// What Noren knows of some cars, asked once for all of them.
struct Beside {
    stores: HashMap<String, StoreId>,
    staff: HashMap<String, (StaffId, String)>,
    /// Whether they may know who holds a car: integrators are told by its status that somebody does.
    sees_holds: bool,
}

impl Beside {
    async fn of<'a>(app: &App, viewer: &Viewer, cars: impl Iterator<Item = &'a Vehicle>) -> Result<Self, Error> {
        let sees_holds = viewer.staff_id().is_some();
        let holders: Vec<&str> = cars.filter_map(|car| Some(car.hold.as_ref()?.staff_code.as_str())).collect();
        let staff = if sees_holds { staff::with_codes(&app.db, &holders).await? } else { HashMap::new() };
        Ok(Self { stores: stores::by_code(&app.db).await?, staff, sees_holds })
    }

    fn hold(&self, hold: Option<HoldSummary>) -> Option<VehicleHold> {
        let HoldSummary { hold_id: _, staff_code, staff_name, store_code, expires_at } =
            hold.filter(|_| self.sees_holds)?;
        Some(VehicleHold {
            staff_id: self.staff.get(staff_code.as_str()).map(|(id, _)| *id),
            staff_name,
            store_code,
            expires_at,
        })
    }
}

/// The car as far as it is this viewer's to see.
fn seen_by(viewer: &Viewer, car: Vehicle) -> Vehicle {
    if viewer.customer_view.is_some() { car.for_customer() } else { car }
}

/// How cars were offered as time went by, which is nothing for a customer: it says how long they stand and what they might still cost.
async fn offered(app: &App, viewer: &Viewer, numbers: &[&str]) -> Result<HashMap<String, Vec<Offered>>, Error> {
    if viewer.customer_view.is_some() { Ok(HashMap::new()) } else { Ok(vehicles::offered(&app.db, numbers).await?) }
}

/// Cars as rows of a list.
///
/// # Errors
/// Database errors.
pub async fn rows(app: &App, viewer: &Viewer, cars: Vec<Vehicle>) -> Result<Vec<VehicleRow>, Error> {
    let cars: Vec<Vehicle> = cars.into_iter().map(|car| seen_by(viewer, car)).collect();
    let beside = Beside::of(app, viewer, cars.iter()).await?;
    let numbers: Vec<&str> = cars.iter().map(|car| car.stock_number.as_str()).collect();
    let offered = offered(app, viewer, &numbers).await?;
    let first = cars.iter().filter_map(|car| car.offer.photos.first().cloned()).collect();
    let mut photos = app.vehicle_photos(first).await?;
    let row = |car: Vehicle| {
        let states = offered.get(car.stock_number.as_str()).map_or(&[][..], Vec::as_slice);
        let photo = car.offer.photos.first().and_then(|photo| photos.remove(&photo.photo_id));
        row(app, &beside, car, (states, photo))
    };
    Ok(cars.into_iter().map(row).collect())
}

fn row(app: &App, beside: &Beside, car: Vehicle, (states, photo): (&[Offered], Option<VehiclePhoto>)) -> VehicleRow {
    let Vehicle { stock_number, store_code, status, condition, identity, build, history, offer, .. } = car;
    let cut = vehicle::price_cut(states, app.clock.now());
    VehicleRow {
        stock_number,
        store_id: beside.stores.get(store_code.as_str()).copied(),
        store_code,
        status,
        condition,
        maker: identity.maker,
        model_name: identity.model_name,
        grade: identity.grade,
        body_type: build.body_type,
        body_color: build.body_color,
        fuel_type: build.fuel_type,
        first_registration: identity.first_registration,
        odometer_km: history.odometer_km,
        repair_history: history.repair_history,
        inspection_status: history.inspection_status,
        inspection_expiry: history.inspection_expiry,
        vehicle_price: offer.vehicle_price,
        advertised_total: offer.advertised_total,
        listed_on: offer.listed_on,
        price_cut: cut.map(|vehicle::PriceCut { by, at }| PriceCut { by, at }),
        hold: beside.hold(car.hold),
        photo,
        photos: u32::try_from(offer.photos.len()).unwrap_or(u32::MAX),
    }
}

/// One car with all that this viewer may see of it.
///
/// # Errors
/// Database errors.
pub async fn vehicle(app: &App, viewer: &Viewer, recorded: Recorded<Vehicle>, origin: Origin) -> Result<Wire, Error> {
    let Recorded { revision: _, changed_at, record } = recorded;
    let car = seen_by(viewer, record);
    let changed_at = Some(changed_at).filter(|_| viewer.customer_view.is_none());
    let beside = Beside::of(app, viewer, std::iter::once(&car)).await?;
    let days_listed = car.days_listed(japan_date(app.clock.now())).and_then(|days| u32::try_from(days).ok());
    let Vehicle { stock_number, store_code, status, condition, identity, build, history, offer, .. } = car;
    // What EXTREME has just said holds the cost as well, so it is never taken from there.
    let purchase_cost = if viewer.sees_cost() { vehicles::purchase_cost(&app.db, &stock_number).await? } else { None };
    let states = offered(app, viewer, &[stock_number.as_str()]).await?.remove(stock_number.as_str());
    let changes = vehicle::changes(states.unwrap_or_default()).into_iter();
    let mut shown = app.vehicle_photos(offer.photos.clone()).await?;
    Ok(Wire {
        stock_number,
        store_id: beside.stores.get(store_code.as_str()).copied(),
        store_code,
        status,
        condition,
        photos: offer.photos.iter().filter_map(|Photo { photo_id, .. }| shown.remove(photo_id)).collect(),
        identity,
        build,
        history,
        offer,
        hold: beside.hold(car.hold),
        purchase_cost,
        days_listed,
        changes: changes
            .map(|Offered { at, status, advertised_total }| VehicleChange { at, status, advertised_total })
            .collect(),
        changed_at,
        origin,
    })
}
