//! `POST /auth/login`: mail and password for a session.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use noren_api::auth::{Login, Me, MySecondFactor, SignedIn};
use noren_api::customer_view::Turned;
use noren_api::second_factors::SecondFactorWanted;
use noren_domain::customer_view::CustomerView;
use noren_domain::staff::{Staff, StaffStatus};
use noren_domain::viewer::{Principal, Viewer};
use noren_domain::{SessionId, Timestamp};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::sessions::{RefreshToken, Session};
use noren_persistence::staff::Account;
use noren_persistence::{Actor, Tx, company, second_factors, sessions, staff, stores};
use serde::Serialize;

use super::guess::Guess;
use super::refresh_cookie::Token;
use super::second_factor::{self, Way};
use super::tablet::Tablet;
use super::{SESSION_LIFE, access_token, password};
use crate::app::App;
use crate::extract::Valid;
use crate::{Error, frame};

/// Sign in
///
/// Sets the refresh token as a cookie that scripts cannot read. Wrong passwords and unknown accounts are answered alike,
/// in the same time. Who has a second factor is asked for it, and is not signed in before.
#[utoipa::path(tag = "auth", request_body = Login, responses((status = 200, body = SignedIn),
    (status = 202, body = SecondFactorWanted, description = "A second factor is asked for")))]
#[post("/auth/login")]
pub async fn log_in(app: Data<App>, request: HttpRequest, login: Valid<Login>) -> Result<HttpResponse, Error> {
    let now = app.clock.now();
    let mail = login.mail.trim().to_lowercase();
    // A try at an exhausted account counts against the address all the same.
    Guess::from(&app, &request).admit(&app).await?;
    let guess = Guess::at_sign_in(&mail, now);
    guess.admit(&app).await?;
    let account = staff::find_account(&app.db, &mail).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.as_deref());
    let matches = password::verify(&login.password, hash).await?;
    let outdated = matches && hash.is_some_and(password::is_outdated);
    let Some(account) = account.filter(|account| matches && account.staff.status == StaffStatus::Active) else {
        guess.fail(&app).await?;
        metrics::counter!("noren_auth_total", "outcome" => "refused").increment(1);
        tracing::warn!("auth.refused");
        return Err(Error::SignInFailed);
    };
    let staff = &account.staff;
    let tablet = Tablet::of_or_new(&request);
    let session = session(&request, &tablet, staff, now);
    let stronger = if outdated { Some(password::hash(&login.password).await?) } else { None };
    let opened = app.db.write::<_, Error>(actor(staff, &session, now), async |tx| {
        require_as_verified(tx, &account).await?;
        if let Some(hash) = &stronger {
            staff::set_password_hash(tx, session.staff_id, hash).await?;
        }
        let verified_by = stronger.clone().or_else(|| account.password_hash.clone());
        // The failures are not forgotten yet: a password alone must not buy further codes.
        if let Some(wanted) = second_factor::ask(tx, &app, staff, Way::Password(verified_by)).await? {
            return Ok(Entered::Half(wanted));
        }
        guess.was_right(tx).await?;
        Ok(Entered::Whole(open(tx, &session).await?))
    });
    match opened.await? {
        Entered::Half(wanted) => Ok(half(wanted)),
        Entered::Whole(token) => {
            metrics::counter!("noren_auth_total", "outcome" => "signed_in").increment(1);
            tablet.remember(answer(&app, account.staff, &session, &token).await?)
        }
    }
}

/// How far somebody came.
pub(super) enum Entered<T> {
    /// The second factor is missing.
    Half(SecondFactorWanted),
    Whole(T),
}

/// The answer to a first factor that is to be followed by a second.
pub(super) fn half(wanted: SecondFactorWanted) -> HttpResponse {
    metrics::counter!("noren_auth_total", "outcome" => "factor_wanted").increment(1);
    HttpResponse::Accepted().insert_header((header::CONTENT_ENCODING, "identity")).json(wanted)
}

/// A hash takes a while: the password may have been changed, or the person suspended, since it was read.
async fn require_as_verified(tx: &Tx, verified: &Account) -> Result<(), Error> {
    let now = staff::lock_account(tx, verified.staff.id).await?;
    let same =
        now.is_some_and(|now| now.password_hash == verified.password_hash && now.staff.status == StaffStatus::Active);
    if same { Ok(()) } else { Err(Error::SignInFailed) }
}

/// A session that begins.
pub(super) fn session(request: &HttpRequest, tablet: &Tablet, staff: &Staff, now: Timestamp) -> Session {
    Session {
        id: SessionId::mint(now),
        staff_id: staff.id,
        device: device(request),
        created_at: now,
        authenticated_at: now,
        last_seen_at: now,
        expires_at: now + SESSION_LIFE,
        ended_at: None,
        tablet: Some(tablet.hash()),
        locked_at: None,
        wrong_pins: 0,
        customer_view: None,
    }
}

/// Makes room on a tablet for another person: who has a PIN is locked, others sign in again. An earlier session of the same person
/// ends.
pub(super) async fn step_aside(tx: &Tx, session: &Session) -> Result<(), Error> {
    let Some(tablet) = session.tablet else { return Ok(()) };
    for (other, staff) in sessions::on_tablet(tx, tablet, tx.at()).await? {
        match (other.id == session.id, staff.has_pin && staff.id != session.staff_id) {
            (true, _) => {}
            (false, true) => sessions::lock(tx, other.id).await?,
            (false, false) => sessions::end(tx, other.id).await?,
        }
    }
    Ok(())
}

pub(super) async fn open(tx: &Tx, session: &Session) -> Result<Token, Error> {
    step_aside(tx, session).await?;
    sessions::insert(tx, session).await?;
    let subject = format!("staff:{}", session.staff_id);
    tx.audit(Entry { chain: Chain::Company, action: "session.opened", subject, changes: Vec::new() });
    hand_out(tx, session.id).await
}

/// A further refresh token of the session.
pub(super) async fn hand_out(tx: &Tx, session: SessionId) -> Result<Token, Error> {
    let token = Token::mint();
    let row =
        RefreshToken { hash: token.hash(), session_id: session, issued_at: tx.at(), used_at: None, successor: None };
    sessions::insert_token(tx, &row).await?;
    Ok(token)
}

/// The answer to a sign-in or a renewal.
pub(super) async fn answer(app: &App, staff: Staff, session: &Session, token: &Token) -> Result<HttpResponse, Error> {
    Ok(with_token(token, signed_in(app, staff, session).await?))
}

/// What a session is spoken for with.
pub(super) async fn signed_in(app: &App, staff: Staff, session: &Session) -> Result<SignedIn, Error> {
    let access_token = app.access_tokens.issue(staff.id, session.id, app.clock.now())?;
    Ok(SignedIn { access_token, expires_in: access_token::LIFE.num_seconds(), me: me(app, staff, session).await? })
}

/// An answer that brings a refresh token. No compression: it mixes secrets with what the caller sent.
pub(super) fn with_token(token: &Token, body: impl Serialize) -> HttpResponse {
    HttpResponse::Ok().cookie(token.cookie()).insert_header((header::CONTENT_ENCODING, "identity")).json(body)
}

/// The person as they see themselves.
pub async fn me(app: &App, staff: Staff, session: &Session) -> Result<Me, Error> {
    // Their own stores, however the screen is turned.
    let viewer = Viewer {
        principal: Principal::Staff(staff.id),
        role: staff.role,
        stores: staff.stores.clone(),
        customer_view: None,
    };
    let stores = stores::visible(&app.db, &viewer).await?.into_iter().map(crate::stores::to_wire).collect();
    let factors = second_factors::of(&app.db, staff.id).await?;
    let missing = second_factor::is_required(app, staff.role) && !factors.any();
    let second_factor = MySecondFactor { authenticator: factors.authenticator, passkey: factors.passkeys > 0, missing };
    let chosen = staff::language(&app.db, staff.id).await?;
    let language = match chosen {
        Some(language) => language,
        None => company::read(&app.db).await?.profile.language,
    };
    let customer_view = session.customer_view.map(|CustomerView { since, lead }| Turned { since, lead_id: lead });
    let session_id = session.id;
    let Staff { id, name, mail, role, has_pin, .. } = staff;
    Ok(Me { id, session_id, name, mail, role, has_pin, second_factor, language, customer_view, stores })
}

pub(super) fn actor(staff: &Staff, session: &Session, at: Timestamp) -> Actor {
    let name = Principal::Staff(staff.id).to_string();
    Actor { name, session_id: Some(session.id), request_id: Some(frame::current().request_id), at }
}

/// What the browser calls itself, short enough to show in a list.
fn device(request: &HttpRequest) -> String {
    let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    agent.chars().take(200).collect()
}
