//! `POST /auth/logout`: the end of the session on this device.

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::sessions;

use super::Allowed;
use super::refresh_cookie::{emptied, require_same_site};
use crate::Error;
use crate::app::App;
use crate::permissions::LogOut;

/// Sign out
///
/// Ends the session, its access tokens and its refresh tokens at once, and clears what the browser kept.
#[utoipa::path(tag = "auth", params(("X-Noren" = String, Header, description = "Any value; no other site can send it")),
    responses((status = 204)))]
#[post("/auth/logout")]
pub async fn log_out(who: Allowed<LogOut>, app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Error> {
    require_same_site(request.headers(), &app.config.base_url)?;
    let Some((session, staff)) = &who.person else { return Err(Error::Forbidden) };
    let ended = app.db.write::<_, Error>(who.actor(&app), async |tx| {
        sessions::end(tx, session.id).await?;
        let subject = format!("staff:{}", staff.id);
        tx.audit(Entry { chain: Chain::Company, action: "session.ended", subject, changes: Vec::new() });
        Ok(())
    });
    ended.await?;
    let clear = (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(HttpResponse::NoContent().cookie(emptied()).insert_header(clear).finish())
}
