//! `GET /auth/people` and `POST /auth/unlock`: those who signed in on one tablet take turns there, each by their PIN.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get, post};
use noren_api::Page;
use noren_api::auth::{PersonHere, SignedIn, Unlock};
use noren_domain::pin::TRIES;
use noren_domain::staff::Staff;
use noren_domain::text::tidy;
use noren_domain::{SessionId, Timestamp};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::sessions::Session;
use noren_persistence::{Actor, Tx, sessions, staff};

use super::refresh_cookie::require_same_site;
use super::tablet::Tablet;
use super::{Standing, login, password, standing};
use crate::Error;
use crate::app::App;
use crate::extract::Valid;

/// List the people of this tablet
///
/// Who signed in on this browser within twelve hours, has a PIN and did not sign out: whom the lock screen offers. Nobody, for a
/// browser on which nobody did.
#[utoipa::path(tag = "auth", responses((status = 200, body = Page<PersonHere>)))]
#[get("/auth/people")]
pub async fn list_people_here(app: Data<App>, request: HttpRequest) -> Result<Json<Page<PersonHere>>, Error> {
    let now = app.clock.now();
    let found = match Tablet::of(&request) {
        Some(tablet) => sessions::on_tablet(&app.db, tablet.hash(), now).await?,
        None => Vec::new(),
    };
    let here =
        found.into_iter().filter(|(session, staff)| can_unlock(session, staff, now) && session.wrong_pins < TRIES);
    let items = here.map(|(session, staff)| PersonHere { session_id: session.id, name: staff.name, kana: staff.kana });
    Ok(Json(Page { items: items.collect(), next: None }))
}

/// Unlock a screen
///
/// By the PIN of somebody who signed in on this tablet; whoever worked there before is locked. The fifth wrong PIN in a row ends the
/// session, which asks for the full sign-in. Wants the header `X-Noren` from a page of this origin.
#[utoipa::path(tag = "auth", request_body = Unlock, responses((status = 200, body = SignedIn),
        (status = 401, description = "The PIN is wrong, or the full sign-in is asked for"),
        (status = 403, description = "The request does not come from this site")),
    params(("X-Noren" = String, Header, description = "Any value; no other site can send it")))]
#[post("/auth/unlock")]
pub async fn unlock_screen(app: Data<App>, request: HttpRequest, unlock: Valid<Unlock>) -> Result<HttpResponse, Error> {
    require_same_site(request.headers(), &app.config.base_url)?;
    let tablet = Tablet::of(&request).ok_or(Error::SessionEnded)?;
    let now = app.clock.now();
    let system = || Actor::system(now);
    let try_of = Try { id: unlock.session_id, tablet: Some(tablet.hash()) };
    let (tries, hash) = app.db.write(system(), async |tx| try_of.count(tx).await).await?.ok_or(Error::SessionEnded)?;
    if !password::verify(&tidy(&unlock.pin), Some(&hash)).await? {
        return Err(app.db.write(system(), async |tx| try_of.fail(tx, tries).await).await?);
    }
    let (session, staff, token) = app
        .db
        .write(system(), async |tx| {
            let (session, staff) = try_of.succeed(tx, &hash).await?;
            let token = login::hand_out(tx, session.id).await?;
            Ok::<_, Error>((session, staff, token))
        })
        .await?;
    metrics::counter!("noren_auth_total", "outcome" => "unlocked").increment(1);
    login::answer(&app, staff, &session, &token).await
}

/// Whether a PIN is all that is missing.
fn can_unlock(session: &Session, staff: &Staff, now: Timestamp) -> bool {
    staff.has_pin && standing(session, staff, now) != Standing::Ended
}

/// A PIN that is tried for a session of a tablet.
pub(super) struct Try {
    pub id: SessionId,
    pub tablet: Option<[u8; 32]>,
}

impl Try {
    /// Counts the try before the PIN is looked at, so that a hundred at once are a hundred. The number of the try, and the hash to
    /// compare with; nothing for a session that a PIN opens no more.
    pub async fn count(&self, tx: &Tx) -> Result<Option<(i32, String)>, Error> {
        let Some(session) = self.session(tx).await? else { return Ok(None) };
        let Some(account) = staff::account(tx, session.staff_id).await? else { return Ok(None) };
        let tries = session.wrong_pins + 1;
        if !can_unlock(&session, &account.staff, tx.at()) || tries > TRIES {
            return Ok(None);
        }
        sessions::count_pin(tx, &session).await?;
        Ok(account.pin_hash.map(|hash| (tries, hash)))
    }

    async fn session(&self, tx: &Tx) -> Result<Option<Session>, Error> {
        Ok(sessions::hold(tx, self.id).await?.filter(|session| session.tablet == self.tablet))
    }

    /// What a wrong PIN is answered with.
    pub async fn fail(&self, tx: &Tx, tries: i32) -> Result<Error, Error> {
        tracing::warn!("auth.pin_refused");
        let Some(session) = self.session(tx).await?.filter(|_| tries >= TRIES) else { return Ok(Error::PinWrong) };
        sessions::end(tx, session.id).await?;
        let subject = format!("staff:{}", session.staff_id);
        tx.audit(Entry { chain: Chain::Company, action: "session.pins_exhausted", subject, changes: Vec::new() });
        Ok(Error::SessionEnded)
    }

    /// Opens the screen for its person and locks those of the others. A hash takes a while: much may have happened meanwhile.
    async fn succeed(&self, tx: &Tx, hash: &str) -> Result<(Session, Staff), Error> {
        let session = self.session(tx).await?.ok_or(Error::SessionEnded)?;
        let account = staff::account(tx, session.staff_id).await?.ok_or(Error::SessionEnded)?;
        let same = account.pin_hash.as_deref() == Some(hash);
        if !same || !can_unlock(&session, &account.staff, tx.at()) {
            return Err(Error::SessionEnded);
        }
        login::step_aside(tx, &session).await?;
        sessions::unlock(tx, session.id).await?;
        sessions::forget_tokens(tx, session.id).await?;
        let subject = format!("staff:{}", session.staff_id);
        tx.audit(Entry { chain: Chain::Company, action: "session.unlocked", subject, changes: Vec::new() });
        Ok((session, account.staff))
    }
}
