//! `GET /vehicles/{stock_number}`: live first, the copy second.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use noren_api::extreme::Origin;
use noren_api::vehicles::Vehicle as Wire;
use noren_domain::code::StockNumber;
use noren_domain::sync::{Recorded, Stream};
use noren_domain::vehicle::Vehicle;
use noren_domain::viewer::Viewer;
use noren_persistence::holds;
use noren_persistence::vehicles::{self, Known};
use sha2::{Digest, Sha256};

use super::wire;
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, has_tag};
use crate::extreme::live::{self, Said};
use crate::extreme::origin;
use crate::permissions::ReadVehicle;

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
    let tag = tag(&app, &who.viewer, &recorded).await?;
    let etag = ("etag", tag.as_str());
    if has_tag(request.headers(), &tag) {
        return Ok(HttpResponse::NotModified().insert_header(etag).finish());
    }
    let vehicle = wire::vehicle(&app, &who.viewer, recorded, origin).await?;
    Ok(HttpResponse::Ok().insert_header(etag).json(vehicle))
}

/// What names this state of a car: EXTREME's revision, and what Noren's own claims add to it for those who see them.
async fn tag(app: &App, viewer: &Viewer, recorded: &Recorded<Vehicle>) -> Result<String, Error> {
    let revision = recorded.revision;
    let known = match viewer.staff_id() {
        Some(_) => holds::known_on(&app.db, &[recorded.record.stock_number.as_str()]).await?,
        None => Vec::new(),
    };
    if known.is_empty() {
        return Ok(format!("\"{revision}\""));
    }
    let mut claims = Sha256::new();
    for hold in known {
        claims.update(hold.id.0.as_bytes());
        claims.update(hold.version.to_be_bytes());
    }
    Ok(format!("\"{revision}-{}\"", BASE64_URL_SAFE_NO_PAD.encode(&claims.finalize()[..12])))
}

/// The car as it is now, or as it was when it was last known. What may not be seen is not there.
async fn now(app: &App, viewer: &Viewer, number: &StockNumber) -> Result<(Recorded<Vehicle>, Origin), Error> {
    let known = vehicles::find(&app.db, viewer, number).await?;
    let revision = known.as_ref().map(|known| known.recorded.revision);
    let said = match live::link(app, viewer) {
        Some(link) => live::heard(app, (number.as_str(), revision), link.gateway.vehicle(number, revision).await).await,
        None => Said::Nothing,
    };
    match (said, known) {
        (Said::Changed(recorded), _) => Ok((*recorded, origin::live(app))),
        (Said::AsKnown, Some(known)) => Ok((known.recorded, origin::live(app))),
        (Said::Gone, _) | (_, None) => Err(Error::NotFound),
        (Said::Nothing, Some(Known { recorded, read_at })) => {
            Ok((recorded, origin::of_record(app, Stream::Vehicles, read_at).await?))
        }
    }
}
