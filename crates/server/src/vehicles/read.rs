//! `GET /vehicles/{stock_number}`: live first, the copy second.

use std::time::Duration;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use noren_api::extreme::Origin;
use noren_api::vehicles::Vehicle as Wire;
use noren_domain::code::StockNumber;
use noren_domain::sync::{Changes, Recorded, Stream};
use noren_domain::vehicle::Vehicle;
use noren_domain::viewer::Viewer;
use noren_persistence::vehicles::{self, Known};
use noren_persistence::{Actor, copies};

use super::wire;
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, is_unchanged};
use crate::extreme::{Link, origin};
use crate::permissions::ReadVehicle;

/// How long the answer waits until what EXTREME has just said is kept; the stream brings it anyway.
const PATIENCE: Duration = Duration::from_millis(300);

/// Read a vehicle
///
/// Asked of EXTREME just now, and out of the copy with its age where EXTREME does not answer within 800 ms; `origin` says which. An
/// integrator's key is answered out of the copy. `purchase_cost` is there for managers and administrators alone.
/// `If-None-Match` with the known ETag answers 304 while EXTREME changed nothing.
#[utoipa::path(tag = "stock", params(("stock_number" = StockNumber, Path)),
    responses((status = 200, body = Wire), (status = 304)))]
#[get("/vehicles/{stock_number}")]
pub async fn read_vehicle(
    who: Allowed<ReadVehicle>,
    app: Data<App>,
    request: HttpRequest,
    number: Id<StockNumber>,
) -> Result<HttpResponse, Error> {
    let (recorded, origin) = now(&app, &who.viewer, &number.0).await?;
    let etag = ("etag", format!("\"{}\"", recorded.revision));
    if is_unchanged(request.headers(), recorded.revision) {
        return Ok(HttpResponse::NotModified().insert_header(etag).finish());
    }
    let vehicle = wire::vehicle(&app, &who.viewer, recorded, origin).await?;
    Ok(HttpResponse::Ok().insert_header(etag).json(vehicle))
}

/// The car as it is now, or as it was when it was last known. What may not be seen is not there.
async fn now(app: &App, viewer: &Viewer, number: &StockNumber) -> Result<(Recorded<Vehicle>, Origin), Error> {
    let known = vehicles::find(&app.db, viewer, number).await?;
    // What integrators ask, however much that is, costs EXTREME nothing that a customer would wait for.
    let link = app.extreme.as_ref().filter(|_| viewer.staff_id().is_some());
    let said = match link {
        Some(link) => ask(link, number, known.as_ref()).await,
        None => Said::Nothing,
    };
    match (said, known) {
        (Said::Changed(recorded), _) => {
            keep(app, &recorded).await;
            Ok((*recorded, origin::live(app)))
        }
        (Said::AsKnown, Some(known)) => Ok((known.recorded, origin::live(app))),
        (Said::Gone, _) | (_, None) => Err(Error::NotFound),
        (Said::Nothing, Some(Known { recorded, read_at })) => {
            Ok((recorded, origin::of_record(app, Stream::Vehicles, read_at).await?))
        }
    }
}

/// What EXTREME says of a car.
enum Said {
    /// It is another than was known.
    Changed(Box<Recorded<Vehicle>>),
    AsKnown,
    /// There is no such car.
    Gone,
    /// It cannot be asked just now.
    Nothing,
}

async fn ask(link: &Link, number: &StockNumber, known: Option<&Known>) -> Said {
    let revision = known.map(|known| known.recorded.revision);
    match link.gateway.vehicle(number, revision).await {
        // An older state than is known, or another car than was asked for, says nothing of how this one is now.
        Ok(Some(live)) if Some(live.revision) < revision || live.record.stock_number != *number => Said::Nothing,
        Ok(Some(live)) => Said::Changed(Box::new(live)),
        Ok(None) => Said::AsKnown,
        Err(noren_extreme::Error::NotFound) => Said::Gone,
        Err(error) => {
            tracing::debug!(error = %error, "extreme.not_live");
            Said::Nothing
        }
    }
}

/// Keeps what was just said beside what the stream brings; the higher revision stays, whoever is first.
async fn keep(app: &App, recorded: &Recorded<Vehicle>) {
    let news = Changes { items: vec![recorded.clone()], tombstones: Vec::new(), next: String::new(), more: false };
    let kept = app.db.write(Actor::system(app.clock.now()), async |tx| copies::keep(tx, &news, tx.at()).await);
    match tokio::time::timeout(PATIENCE, kept).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => tracing::warn!(error = %error, "vehicle.not_kept"),
        Err(_elapsed) => tracing::warn!("vehicle.kept_later"),
    }
}
