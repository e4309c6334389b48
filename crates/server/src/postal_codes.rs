//! `GET /postal-codes/{code}`: the places of a postal code.

use actix_web::get;
use actix_web::web::{Data, Json};
use noren_api::postal_codes::{PostalPlace, PostalPlaces};
use noren_persistence::postal_codes;

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::Id;
use crate::permissions::FindPostalCode;

/// Find the places of a postal code
///
/// One code can cover several towns, even in two prefectures; an unknown one has none.
#[utoipa::path(tag = "masters", params(("code" = String, Path, description = "Seven digits, with or without a hyphen")),
    responses((status = 200, body = PostalPlaces)))]
#[get("/postal-codes/{code}")]
pub async fn find_postal_code(
    _: Allowed<FindPostalCode>,
    app: Data<App>,
    code: Id<String>,
) -> Result<Json<PostalPlaces>, Error> {
    Ok(Json(to_wire(find(&app, &code.0).await?)))
}

/// The places of a code as it is typed.
///
/// # Errors
/// `NotFound` for what is no postal code.
pub async fn find(app: &App, typed: &str) -> Result<Vec<noren_domain::postal::PostalPlace>, Error> {
    let code = noren_domain::contact::postal_code(typed).map_err(|_| Error::NotFound)?;
    Ok(postal_codes::places(&app.db, &code).await?)
}

/// The places as they are answered.
pub fn to_wire(places: Vec<noren_domain::postal::PostalPlace>) -> PostalPlaces {
    PostalPlaces { items: places.into_iter().map(place_to_wire).collect() }
}

fn place_to_wire(place: noren_domain::postal::PostalPlace) -> PostalPlace {
    let noren_domain::postal::PostalPlace {
        postal_code,
        municipality_code: _,
        prefecture,
        city,
        town,
        prefecture_kana,
        city_kana,
        town_kana,
    } = place;
    PostalPlace { postal_code, prefecture, city, town, prefecture_kana, city_kana, town_kana }
}
