//! `POST /me/lock`, `PUT` and `DELETE /me/pin`: a screen that is left, and what it is opened with.

use actix_web::web::Data;
use actix_web::{HttpResponse, delete, post, put};
use noren_api::auth::NewPin;
use noren_domain::{StaffId, pin};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Tx, second_factors, sessions, staff};

use super::guess::Guess;
use super::password_change::{require_unchanged, verified};
use super::sessions::person;
use super::{Allowed, password};
use crate::Error;
use crate::app::App;
use crate::extract::Valid;
use crate::permissions::{LockScreen, RemovePin, SetPin};

/// Lock my screen
///
/// The session does nothing more until it is unlocked: by the PIN, or by a passkey, with which a person without a PIN comes back in
/// a session of its own. Wants one of them.
#[utoipa::path(tag = "auth", responses((status = 204), (status = 409, description = "There is neither PIN nor passkey")))]
#[post("/me/lock")]
pub async fn lock_screen(who: Allowed<LockScreen>, app: Data<App>) -> Result<HttpResponse, Error> {
    let (session, staff) = person(&who)?;
    if !staff.has_pin && second_factors::of(&app.db, staff.id).await?.passkeys == 0 {
        return Err(Error::PinMissing);
    }
    app.db.write::<_, Error>(who.actor(&app), async |tx| Ok(sessions::lock(tx, session.id).await?)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Set my PIN
///
/// Six digits that unlock the caller's screens where they signed in with the password before. The caller's other sessions end.
#[utoipa::path(tag = "auth", request_body = NewPin, responses((status = 204)))]
#[put("/me/pin")]
pub async fn set_pin(who: Allowed<SetPin>, app: Data<App>, new: Valid<NewPin>) -> Result<HttpResponse, Error> {
    let (session, person) = person(&who)?;
    let chosen = pin::choose(&new.pin).map_err(|code| Error::field("pin", code))?;
    let verified_by = verified(&app, person, &new.current_password).await?;
    let hash = password::hash(&chosen).await?;
    let kept = app.db.write::<_, Error>(who.actor(&app), async |tx| {
        require_unchanged(tx, person, &verified_by).await?;
        staff::set_pin_hash(tx, person.id, Some(hash.clone())).await?;
        // What is over elsewhere, because it rested and there was no PIN, must not come back by this one.
        sessions::end_all(tx, person.id, Some(session.id)).await?;
        Guess::by_person(person.id, tx.at()).was_right(tx).await?;
        record(tx, person.id, "staff.pin_set");
        Ok(())
    });
    kept.await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Remove my PIN
///
/// A screen that rests too long asks for the full sign-in then; those that are locked end.
#[utoipa::path(tag = "auth", responses((status = 204)))]
#[delete("/me/pin")]
pub async fn remove_pin(who: Allowed<RemovePin>, app: Data<App>) -> Result<HttpResponse, Error> {
    let (_, person) = person(&who)?;
    let removed = app.db.write::<_, Error>(who.actor(&app), async |tx| {
        staff::set_pin_hash(tx, person.id, None).await?;
        record(tx, person.id, "staff.pin_removed");
        Ok(())
    });
    removed.await?;
    Ok(HttpResponse::NoContent().finish())
}

fn record(tx: &Tx, staff: StaffId, action: &'static str) {
    tx.audit(Entry { chain: Chain::Company, action, subject: format!("staff:{staff}"), changes: Vec::new() });
}
