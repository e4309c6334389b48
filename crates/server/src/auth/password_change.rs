//! `POST /me/password`: a new password by whoever knows the present one.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use noren_api::auth::{PasswordChange, SignedIn};
use noren_domain::staff::Staff;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Tx, sessions, staff};

use super::guess::{Guess, forgive};
use super::refresh_cookie::require_same_site;
use super::sessions::person;
use super::{Allowed, login, password};
use crate::Error;
use crate::app::App;
use crate::extract::Valid;
use crate::outbox::{asked_language, tell_of_new_password};
use crate::permissions::ChangePassword;

/// Change my password
///
/// Ends the caller's other sessions and all refresh tokens; the answer brings the next one. Wants the header `X-Noren` from a page
/// of this origin.
#[utoipa::path(tag = "auth", request_body = PasswordChange, responses((status = 200, body = SignedIn)),
    params(("X-Noren" = String, Header, description = "Any value; no other site can send it")))]
#[post("/me/password")]
pub async fn change_password(
    who: Allowed<ChangePassword>,
    app: Data<App>,
    request: HttpRequest,
    change: Valid<PasswordChange>,
) -> Result<HttpResponse, Error> {
    require_same_site(request.headers(), &app.config.base_url)?;
    let (session, person) = person(&who)?;
    let old = verified(&app, person, &change.current_password).await?;
    check(&app, person, &change).await?;
    let new = password::hash(&change.new_password).await?;
    let changed = app.db.write(who.actor(&app), async |tx| {
        require_unchanged(tx, person, &old).await?;
        staff::set_password_hash(tx, person.id, &new).await?;
        sessions::end_all(tx, person.id, Some(session.id)).await?;
        sessions::forget_tokens(tx, session.id).await?;
        Guess::by_person(person.id, tx.at()).was_right(tx).await?;
        forgive(tx, &person.mail).await?;
        tell_of_new_password(tx, person.id, asked_language(&request)).await?;
        let subject = format!("staff:{}", person.id);
        tx.audit(Entry { chain: Chain::Company, action: "staff.password_changed", subject, changes: Vec::new() });
        login::hand_out(tx, session.id).await
    });
    let token = changed.await?;
    login::answer(&app, person.clone(), session, &token).await
}

/// The hash that the present password was found right by. Guesses are limited as those of a sign-in are.
pub(super) async fn verified(app: &App, person: &Staff, typed: &str) -> Result<Option<String>, Error> {
    let guess = Guess::by_person(person.id, app.clock.now());
    guess.admit(app).await?;
    let hash = staff::find_account(&app.db, &person.mail).await?.and_then(|account| account.password_hash);
    if password::verify(typed, hash.as_deref()).await? {
        return Ok(hash);
    }
    guess.fail(app).await?;
    tracing::warn!("auth.password_refused");
    Err(Error::field("current_password", "password.wrong"))
}

async fn check(app: &App, person: &Staff, change: &PasswordChange) -> Result<(), Error> {
    let PasswordChange { current_password, new_password } = change;
    if new_password == current_password {
        return Err(Error::field("new_password", "password.same"));
    }
    let known = password::known(app, person).await?;
    password::check(new_password, &known).map_err(|code| Error::field("new_password", code))
}

/// A hash takes a while: another change may have come in between.
pub(super) async fn require_unchanged(tx: &Tx, person: &Staff, verified: &Option<String>) -> Result<(), Error> {
    let now = staff::lock_account(tx, person.id).await?;
    if now.is_some_and(|now| now.password_hash == *verified) { Ok(()) } else { Err(Error::SessionEnded) }
}
