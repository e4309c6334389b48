//! One vehicle, whether it is to be had, and its pictures.

use actix_web::http::StatusCode;
use serde_json::{Value, json};

use super::changes::hide;
use crate::http::{Answer, Call, hash};
use crate::pictures::{Subject, is_photo};
use crate::problem::Problem;
use crate::store::Record;
use crate::stream::Stream;

pub fn read_vehicle(call: &Call) -> Result<Answer, Problem> {
    let mut vehicle = vehicle(call, call.segment("stock_number"))?;
    hide(call, Stream::Vehicles, &mut vehicle);
    call.give(vehicle.get("revision").and_then(Value::as_u64).unwrap_or(1), &vehicle)
}

pub fn read_availability(call: &Call) -> Result<Answer, Problem> {
    let vehicle = vehicle(call, call.segment("stock_number"))?;
    let member = |name: &str| vehicle.get(name).cloned().unwrap_or_default();
    let body = json!({
        "stock_number": member("stock_number"),
        "revision": member("revision"),
        "status": member("status"),
        "available": member("status") == "listed" && member("hold").is_null(),
        "hold": member("hold"),
        "advertised_total_yen": member("advertised_total_yen"),
        "as_of": call.now.to_rfc3339(),
    });
    Ok(Answer::json(StatusCode::OK, &body)?.with_header("cache-control", "no-store"))
}

pub fn read_photo(call: &Call) -> Result<Answer, Problem> {
    let photo_id = call.segment("photo_id");
    let mut parts = photo_id.rsplitn(3, '-').skip(2);
    let vehicle = vehicle(call, parts.next().ok_or_else(Problem::not_found)?)?;
    if !is_photo(&vehicle, photo_id) {
        return Err(Problem::not_found());
    }
    let subject = Subject::of(&vehicle, photo_id);
    let etag = format!("\"{}\"", hash(&format!("{photo_id} {subject:?}")));
    if let Some(answer) = call.unchanged(&etag) {
        return Ok(answer);
    }
    let drawn = call.extreme.gallery.picture(&subject);
    let png = drawn.ok_or_else(|| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal"))?;
    Ok(Answer::of(StatusCode::OK, "image/png", png.to_vec()).with_header("etag", etag))
}

fn vehicle(call: &Call, stock_number: &str) -> Result<Record, Problem> {
    call.extreme.store.read()?.get(Stream::Vehicles, stock_number)?.ok_or_else(Problem::not_found)
}
