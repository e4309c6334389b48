//! `GET /me`: the person behind the session.

use actix_web::get;
use actix_web::web::{Data, Json};
use noren_api::auth::Me;

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::permissions::GetMe;

/// Who am I
#[utoipa::path(tag = "auth", responses((status = 200, body = Me)))]
#[get("/me")]
pub async fn get_me(who: Allowed<GetMe>, app: Data<App>) -> Result<Json<Me>, Error> {
    let Some((session, staff)) = &who.person else { return Err(Error::Forbidden) };
    Ok(Json(crate::auth::me(&app, staff.clone(), session.id).await?))
}
