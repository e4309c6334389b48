//! `POST /vehicles/{stock_number}/holds`: 仮押さえ is asked for.

use std::time::Duration;

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use noren_api::holds::{Hold as Wire, NewHold};
use noren_domain::code::StockNumber;
use noren_domain::hold::{self, Claim, Hold, HoldState};
use noren_domain::vehicle::Vehicle;
use noren_domain::viewer::Viewer;
use noren_domain::{HoldId, StaffId, StoreId};
use noren_extreme::BreakerState;
use noren_persistence::{Tx, holds, leads, staff, stores, vehicles};
use serde_json::Value;

use super::{keeper, line, wire};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::Id;
use crate::idempotency::{Created, Creating, Once, Repeatable, id_in};
use crate::live::Rising;
use crate::permissions::PlaceHold;

/// How long an answer waits for EXTREME's word.
const PATIENCE: Duration = Duration::from_millis(800);

/// Hold a vehicle
///
/// Claims the car (仮押さえ) for so many hours. EXTREME says whose it is: the answer waits 800 ms for that and tells the state reached.
/// `held`: the car is kept. `queued`: somebody else has it, and `position` people are before. `requested`: EXTREME has not answered yet,
/// and nobody may promise the car. Without EXTREME, Noren's own list decides. A second claim of the same person on the same car is 409.
#[utoipa::path(tag = "holds", params(("stock_number" = StockNumber, Path)), request_body = NewHold,
    responses((status = 201, body = Wire)))]
#[post("/vehicles/{stock_number}/holds")]
pub async fn place_hold(
    who: Allowed<PlaceHold>,
    app: Data<App>,
    number: Id<StockNumber>,
    new: Creating<NewHold>,
) -> Result<HttpResponse, Error> {
    let mut tide = app.live.rising();
    let made = new.key.once(&app, &who, async |tx| {
        let claimed = claim(&app, tx, &who.viewer, (&number.0, &new.body)).await?;
        let location = format!("/api/v1/holds/{}", claimed.id);
        let version = Some(claimed.version);
        Ok(Created { location, version, body: wire::hold(tx, &who.viewer, claimed).await? })
    });
    let (answer, claimed) = match made.await? {
        Once::Made(answer, claimed) => (answer, claimed),
        repeated @ Once::Repeated(_) => return Ok(repeated.respond()),
    };
    if is_answering(&app) {
        // Who has waited long enough is told what is known: that it is asked for.
        drop(tokio::time::timeout(PATIENCE, decided(&app, claimed.id, &mut tide)).await);
    }
    let reached = holds::find(&app.db, claimed.id).await?.ok_or(Error::NotFound)?;
    let mut response = HttpResponse::Created();
    response.insert_header((header::LOCATION, answer.location.unwrap_or_default()));
    response.insert_header((header::ETAG, format!("\"{}\"", reached.version)));
    Ok(response.json(wire::hold(&app.db, &who.viewer, reached).await?))
}

/// Waits until EXTREME has said something of a claim.
async fn decided(app: &App, id: HoldId, tide: &mut Rising) -> Result<(), Error> {
    while holds::find(&app.db, id).await?.is_some_and(|hold| hold.state == HoldState::Requested) {
        tide.next().await;
    }
    Ok(())
}

/// Whether there is a sense in waiting for EXTREME.
fn is_answering(app: &App) -> bool {
    app.extreme.as_ref().is_some_and(|link| link.gateway.pulse().breaker != BreakerState::Open)
}

async fn claim(app: &App, tx: &Tx, viewer: &Viewer, (number, new): (&StockNumber, &NewHold)) -> Result<Hold, Error> {
    let staff_id = viewer.staff_id().ok_or(Error::Forbidden)?;
    let hours = hold::check_hours(new.hours).map_err(noren_domain::Error::from)?;
    let car = vehicles::find(tx, viewer, number).await?.ok_or(Error::NotFound)?.recorded.record;
    if hold::loss(car.status).is_some() {
        return Err(noren_domain::Error::VehicleNotAvailable.into());
    }
    if let Some(lead) = new.lead_id {
        let lead = leads::hold(tx, viewer, lead).await?.ok_or(Error::field("lead_id", "unknown"))?;
        lead.require_kept()?;
    }
    let (id, store_id) = (HoldId::mint(tx.at()), store_of(tx, staff_id, &car).await?);
    // As late as can be: everybody who wants this car waits here for one another.
    holds::lock_car(tx, number).await?;
    if holds::open_on(tx, number).await?.iter().any(|open| open.staff_id == staff_id) {
        return Err(noren_domain::Error::HoldTwice.into());
    }
    let claim = Claim { id, stock_number: number.clone(), staff_id, store_id, lead_id: new.lead_id, hours };
    holds::insert(tx, &Hold::claim(claim, tx.at())).await?;
    line::bring_up_next(tx, number, keeper(app)).await?;
    let claimed = holds::find(tx, id).await?.ok_or(Error::NotFound)?;
    if claimed.state == HoldState::Queued {
        line::note(tx, &claimed).await?;
    }
    Ok(claimed)
}

/// For which store a car is held: the one at which it stands where the person works there too, else their home store.
async fn store_of(tx: &Tx, staff_id: StaffId, car: &Vehicle) -> Result<StoreId, Error> {
    let own = staff::find(tx, staff_id).await?.map(|person| person.stores).unwrap_or_default();
    let here = stores::by_code(tx).await?.get(car.store_code.as_str()).copied();
    let home = own.first().copied();
    here.filter(|store| own.contains(store)).or(home).or(here).ok_or(noren_domain::Error::StoreMissing.into())
}

impl Repeatable for Wire {
    /// Everybody who works here may see who has a car.
    async fn require_visible(tx: &Tx, viewer: &Viewer, made: &Value) -> Result<(), Error> {
        let known = holds::find(tx, id_in(made, "id")?).await?.filter(|_| viewer.staff_id().is_some());
        known.map(|_| ()).ok_or(Error::NotFound)
    }
}
