//! The pictures of the stock. EXTREME's are made anew, kept under the hash of their bytes and seen at `/photos/{sha256}`.
//!
//! An `<img>` carries no access token. So a picture that was never asked for yet has an address that nobody else can make: it is
//! authenticated by a key of the server, is good for a day or two, and leads on to the picture, which is fetched and made by then.

mod address;
mod make;

use std::collections::HashMap;

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use noren_api::vehicles::{PhotoSize, VehiclePhoto, VehiclePhotoQuery};
use noren_domain::code::{RecordNumber, StockNumber};
use noren_domain::vehicle::Photo;
use noren_persistence::vehicle_photos::{self, Outcome};
use noren_persistence::vehicles;

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, ValidQuery};
use crate::permissions::ReadVehiclePhoto;

pub use make::Turns;

/// A browser need not ask again for a while where a picture is: it never moves.
const MOVED: &str = "private, max-age=86400";

/// Find a picture of a vehicle
///
/// Leads on to `/photos/{sha256}`, where anybody sees it and it never changes. It is fetched from EXTREME the first time, made anew and
/// kept. What is no picture is not found.
#[utoipa::path(tag = "stock",
    params(("stock_number" = StockNumber, Path), ("photo_id" = RecordNumber, Path), VehiclePhotoQuery),
    responses((status = 303, description = "Where it is", headers(("Location" = String)))))]
#[get("/vehicles/{stock_number}/photos/{photo_id}")]
pub async fn read_vehicle_photo(
    who: Allowed<ReadVehiclePhoto>,
    app: Data<App>,
    path: Id<(StockNumber, RecordNumber)>,
    query: ValidQuery<VehiclePhotoQuery>,
) -> Result<HttpResponse, Error> {
    let (number, photo_id) = path.0;
    let known = vehicles::find(&app.db, &who.viewer, &number).await?.ok_or(Error::NotFound)?;
    let photos = known.recorded.record.offer.photos;
    let photo = photos.iter().find(|photo| photo.photo_id == photo_id.as_str()).ok_or(Error::NotFound)?;
    lead_on(&app, &photo.photo_id, query.0.size.unwrap_or_default()).await
}

/// The same for whoever has an address of ours.
#[get("/photos/of/{sealed}")]
pub async fn show_vehicle_photo(app: Data<App>, sealed: Path<String>) -> Result<HttpResponse, Error> {
    let (photo_id, size) = address::opened(&app, &sealed)?;
    lead_on(&app, &photo_id, size).await
}

async fn lead_on(app: &App, photo_id: &str, size: PhotoSize) -> Result<HttpResponse, Error> {
    let made = make::made(app, photo_id).await?;
    let place = address::of_hash(match size {
        PhotoSize::Small => &made.small,
        PhotoSize::Large => &made.large,
    });
    let (location, moved) = ((header::LOCATION, place), (header::CACHE_CONTROL, MOVED));
    Ok(HttpResponse::SeeOther().insert_header(location).insert_header(moved).finish())
}

impl App {
    /// Where these pictures are, by EXTREME's names for them.
    pub(crate) async fn vehicle_photos(&self, photos: Vec<Photo>) -> Result<HashMap<String, VehiclePhoto>, Error> {
        let ids: Vec<&str> = photos.iter().map(|photo| photo.photo_id.as_str()).collect();
        let known = vehicle_photos::known(&self.db, &ids).await?;
        let shown = |Photo { photo_id, caption }: Photo| {
            let (small, large) = match known.get(&photo_id) {
                Some(Outcome::Made(made)) => (address::of_hash(&made.small), address::of_hash(&made.large)),
                _ => {
                    let of = |size| address::of_unmade(self, &photo_id, size);
                    (of(PhotoSize::Small)?, of(PhotoSize::Large)?)
                }
            };
            Ok((photo_id.clone(), VehiclePhoto { photo_id, caption, small, large }))
        };
        photos.into_iter().map(shown).collect()
    }
}
