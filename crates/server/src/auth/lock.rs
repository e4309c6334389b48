//! `POST /me/lock`, `PUT` and `DELETE /me/pin`: a screen that is left, and what it is opened with.

use actix_web::web::Data;
use actix_web::{HttpResponse, delete, post, put};
use noren_api::auth::NewPin;
use noren_domain::pin;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Tx, sessions, staff};

use super::password_change::verified;
use super::sessions::person;
use super::{Allowed, password};
use crate::Error;
use crate::app::App;
use crate::extract::Valid;
use crate::permissions::{LockScreen, RemovePin, SetPin};

/// Lock my screen
///
/// The session does nothing more until it is unlocked. Wants a PIN to be set.
#[utoipa::path(tag = "auth", responses((status = 204)))]
#[post("/me/lock")]
pub async fn lock_screen(who: Allowed<LockScreen>, app: Data<App>) -> Result<HttpResponse, Error> {
    let (session, staff) = person(&who)?;
    if !staff.has_pin {
        return Err(Error::PinMissing);
    }
    app.db.write::<_, Error>(who.actor(&app), async |tx| Ok(sessions::lock(tx, session.id).await?)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Set my PIN
///
/// Six digits that unlock the caller's screens where they signed in with the password before.
#[utoipa::path(tag = "auth", request_body = NewPin, responses((status = 204)))]
#[put("/me/pin")]
pub async fn set_pin(who: Allowed<SetPin>, app: Data<App>, new: Valid<NewPin>) -> Result<HttpResponse, Error> {
    let (_, staff) = person(&who)?;
    let chosen = pin::choose(&new.pin).map_err(|code| Error::field("pin", code))?;
    verified(&app, staff, &new.current_password).await?;
    let hash = password::hash(&chosen).await?;
    keep(&app, &who, ("staff.pin_set", Some(hash))).await
}

/// Remove my PIN
///
/// A screen that rests too long asks for the full sign-in then; those that are locked end.
#[utoipa::path(tag = "auth", responses((status = 204)))]
#[delete("/me/pin")]
pub async fn remove_pin(who: Allowed<RemovePin>, app: Data<App>) -> Result<HttpResponse, Error> {
    keep(&app, &who, ("staff.pin_removed", None)).await
}

async fn keep(
    app: &App,
    who: &super::Caller,
    (action, hash): (&'static str, Option<String>),
) -> Result<HttpResponse, Error> {
    let (_, person) = person(who)?;
    let kept = app.db.write::<_, Error>(who.actor(app), async |tx: &Tx| {
        staff::set_pin_hash(tx, person.id, hash.clone()).await?;
        let subject = format!("staff:{}", person.id);
        tx.audit(Entry { chain: Chain::Company, action, subject, changes: Vec::new() });
        Ok(())
    });
    kept.await?;
    Ok(HttpResponse::NoContent().finish())
}
