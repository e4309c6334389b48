//! Vehicles between domain and wire, with what Noren knows beside: stores, people, cuts of the price, pictures.

use std::collections::HashMap;

use noren_api::extreme::Origin;
use noren_api::vehicles::{PriceCut, Vehicle as Wire, VehicleChange, VehicleHold, VehiclePhoto, VehicleRow};
use noren_domain::clock::japan_date;
use noren_domain::code::StockNumber;
use noren_domain::hold::{Hold, HoldState};
use noren_domain::sync::Recorded;
use noren_domain::vehicle::{self, HoldSummary, Offered, Photo, Vehicle};
use noren_domain::viewer::Viewer;
use noren_domain::{StaffId, StoreId};
use noren_persistence::{holds, staff, stores, vehicles};

use crate::Error;
use crate::app::App;

/// What Noren knows of some cars, asked once for all of them.
struct Beside {
    stores: HashMap<String, StoreId>,
    staff: HashMap<String, (StaffId, String)>,
    /// What is known of the claims on them; nothing for integrators, who are told by its status that somebody has a car.
    claims: Option<Claims>,
    is_for_customer: bool,
}

/// The claims on some cars, with who they are of.
struct Claims {
    known: HashMap<String, Vec<Hold>>,
    names: HashMap<StaffId, String>,
    store_codes: HashMap<StoreId, String>,
}

impl Beside {
    async fn of<'a>(app: &App, viewer: &Viewer, cars: impl Iterator<Item = &'a Vehicle>) -> Result<Self, Error> {
        let stores = stores::by_code(&app.db).await?;
        let is_for_customer = viewer.customer_view.is_some();
        if viewer.staff_id().is_none() {
            return Ok(Self { stores, staff: HashMap::new(), claims: None, is_for_customer });
        }
        let cars: Vec<&Vehicle> = cars.collect();
        let holders: Vec<&str> = cars.iter().filter_map(|car| Some(car.hold.as_ref()?.staff_code.as_str())).collect();
        let staff = staff::with_codes(&app.db, &holders).await?;
        let claims = Claims::of(app, &stores, &cars).await?;
        Ok(Self { stores, staff, claims: Some(claims), is_for_customer })
    }

    /// A car as far as it is this viewer's to see, and who has it.
    fn seen(&self, car: Vehicle) -> (Vehicle, Option<VehicleHold>) {
        let hold = self.hold(&car.stock_number, car.hold.clone());
        if self.is_for_customer { (car.for_customer(hold.is_some()), None) } else { (car, hold) }
    }

    /// Who has a car: what Noren knows of its own claims first, because a copy may be older.
    fn hold(&self, number: &StockNumber, copied: Option<HoldSummary>) -> Option<VehicleHold> {
        let claims = self.claims.as_ref()?;
        let known = claims.known.get(number.as_str()).map_or(&[][..], Vec::as_slice);
        let waiting = known.iter().filter(|claim| claim.state == HoldState::Queued).count();
        let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
        let has_it = |claim: &&Hold| matches!(claim.state, HoldState::Requested | HoldState::Held);
        if let Some(own) = known.iter().find(has_it) {
            return claims.shown(own, waiting);
        }
        let is_over = |hold: &HoldSummary| {
            known.iter().any(|claim| claim.placed.as_ref().is_some_and(|placed| placed.hold_id == hold.hold_id))
        };
        let HoldSummary { hold_id: _, staff_code, staff_name, store_code, expires_at } =
            copied.filter(|hold| !is_over(hold))?;
        let staff_id = self.staff.get(staff_code.as_str()).map(|(id, _)| *id);
        Some(VehicleHold { staff_id, staff_name, store_code, state: HoldState::Held, expires_at, waiting })
    }
}

impl Claims {
    async fn of(app: &App, stores: &HashMap<String, StoreId>, cars: &[&Vehicle]) -> Result<Self, Error> {
        let numbers: Vec<&str> = cars.iter().map(|car| car.stock_number.as_str()).collect();
        let mut known: HashMap<String, Vec<Hold>> = HashMap::new();
        let mut people = Vec::new();
        for claim in holds::known_on(&app.db, &numbers).await? {
            people.push(claim.staff_id);
            known.entry(claim.stock_number.to_string()).or_default().push(claim);
        }
        let names = if people.is_empty() { HashMap::new() } else { staff::names(&app.db, &people).await? };
        let store_codes = stores.iter().map(|(code, id)| (*id, code.clone())).collect();
        Ok(Self { known, names, store_codes })
    }

    fn shown(&self, claim: &Hold, waiting: u32) -> Option<VehicleHold> {
        Some(VehicleHold {
            staff_id: Some(claim.staff_id),
            staff_name: self.names.get(&claim.staff_id).cloned().unwrap_or_default(),
            store_code: self.store_codes.get(&claim.store_id)?.parse().ok()?,
            state: claim.state,
            expires_at: claim.expires_at?,
            waiting,
        })
    }
}

/// How cars were offered as time went by, which is nothing for a customer: it says how long they stand and what they might still cost.
async fn offered(app: &App, viewer: &Viewer, numbers: &[&str]) -> Result<HashMap<String, Vec<Offered>>, Error> {
    if viewer.customer_view.is_some() { Ok(HashMap::new()) } else { Ok(vehicles::offered(&app.db, numbers).await?) }
}

/// Who has a car of which the copy or EXTREME says that somebody has it or not, as far as the viewer may know; and whether anybody has.
///
/// # Errors
/// Database errors.
pub async fn held(
    app: &App,
    viewer: &Viewer,
    car: &Vehicle,
    copied: Option<HoldSummary>,
) -> Result<(Option<VehicleHold>, bool), Error> {
    let beside = Beside::of(app, viewer, std::iter::once(car)).await?;
    let is_claimed =
        holds::open_on(&app.db, &car.stock_number).await?.iter().any(|claim| claim.state != HoldState::Queued);
    let hold = beside.hold(&car.stock_number, copied.clone());
    // Integrators see no holds: for them the copy's word is all that counts beside Noren's own.
    let is_held = is_claimed || if beside.claims.is_some() { hold.is_some() } else { copied.is_some() };
    Ok((hold, is_held))
}

/// Cars as rows of a list.
///
/// # Errors
/// Database errors.
pub async fn rows(app: &App, viewer: &Viewer, cars: Vec<Vehicle>) -> Result<Vec<VehicleRow>, Error> {
    let beside = Beside::of(app, viewer, cars.iter()).await?;
    let numbers: Vec<&str> = cars.iter().map(|car| car.stock_number.as_str()).collect();
    let offered = offered(app, viewer, &numbers).await?;
    let first = cars.iter().filter_map(|car| car.offer.photos.first().cloned()).collect();
    let mut photos = app.vehicle_photos(first).await?;
    let row = |car: Vehicle| {
        let (car, hold) = beside.seen(car);
        let states = offered.get(car.stock_number.as_str()).map_or(&[][..], Vec::as_slice);
        let photo = car.offer.photos.first().and_then(|photo| photos.remove(&photo.photo_id));
        VehicleRow { hold, ..row(app, &beside, car, (states, photo)) }
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
        hold: None,
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
    let changed_at = Some(changed_at).filter(|_| viewer.customer_view.is_none());
    let beside = Beside::of(app, viewer, std::iter::once(&record)).await?;
    let (car, hold) = beside.seen(record);
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
        hold,
        purchase_cost,
        days_listed,
        changes: changes
            .map(|Offered { at, status, advertised_total }| VehicleChange { at, status, advertised_total })
            .collect(),
        changed_at,
        origin,
    })
}
