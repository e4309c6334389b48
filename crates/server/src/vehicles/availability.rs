//! `GET /vehicles/{stock_number}/availability`: whether a car is to be had at this moment.

use actix_web::get;
use actix_web::web::{Data, Json};
use noren_api::extreme::Origin;
use noren_api::vehicles::Availability as Wire;
use noren_domain::code::StockNumber;
use noren_domain::hold;
use noren_domain::sync::Stream;
use noren_domain::viewer::Viewer;
use noren_extreme::{Availability, Error as Trouble};
use noren_persistence::vehicles::{self, Known};

use super::wire;
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::Id;
use crate::extreme::{live, origin};
use crate::permissions::ReadAvailability;

/// Read whether a vehicle is available
///
/// Asked of EXTREME just now, and out of the copy with its age where EXTREME does not answer within 800 ms; `origin` says which. An
/// integrator's key is answered out of the copy. What was asked for in Noren counts as well: a car is not available to anybody else
/// from the moment at which somebody has claimed it.
#[utoipa::path(tag = "stock", params(("stock_number" = StockNumber, Path)), responses((status = 200, body = Wire)))]
#[get("/vehicles/{stock_number}/availability")]
pub async fn read_availability(
    who: Allowed<ReadAvailability>,
    app: Data<App>,
    number: Id<StockNumber>,
) -> Result<Json<Wire>, Error> {
    let known = vehicles::find(&app.db, &who.viewer, &number.0).await?.ok_or(Error::NotFound)?;
    let (known, origin) = now(&app, &who.viewer, known).await?;
    let status = known.recorded.record.status;
    let copied = known.recorded.record.hold.clone().filter(|hold| hold.expires_at > app.clock.now());
    let (hold, is_held) = wire::held(&app, &who.viewer, &known.recorded.record, copied).await?;
    Ok(Json(Wire {
        stock_number: number.0.clone(),
        is_available: !is_held && hold::loss(status).is_none(),
        status,
        hold,
        origin,
    }))
}

/// The car with the status and the hold that it has now, or that the copy has.
async fn now(app: &App, viewer: &Viewer, mut known: Known) -> Result<(Known, Origin), Error> {
    let said = match live::link(app, viewer) {
        Some(link) => link.gateway.availability(&known.recorded.record.stock_number).await,
        None => Err(Trouble::NotFound),
    };
    match said {
        Ok(Availability { status, hold, revision, .. }) if revision >= known.recorded.revision => {
            (known.recorded.record.status, known.recorded.record.hold) = (status, hold);
            Ok((known, origin::live(app)))
        }
        // An older state than is known says nothing of how the car is now.
        Ok(_) | Err(_) => {
            let read_at = known.read_at;
            Ok((known, origin::of_record(app, Stream::Vehicles, read_at).await?))
        }
    }
}
