//! `POST /auth/step-up`: whoever is signed in proves anew who they are, for what is sensitive.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use noren_api::auth::{SignedIn, StepUp as Proof};
use noren_domain::SessionId;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::sessions::Session;
use noren_persistence::{Tx, sessions};

use super::guess::Guess;
use super::password_change::{require_unchanged, verified};
use super::refresh_cookie::{Token, require_same_site};
use super::sessions::person;
use super::{Allowed, login};
use crate::Error;
use crate::app::App;
use crate::extract::Valid;
use crate::permissions::StepUp;

/// Prove again who I am
///
/// For what wants a fresh sign-in. The session goes on under another id with new tokens, and those of before are worth nothing.
/// Wants the header `X-Noren` from a page of this origin.
#[utoipa::path(tag = "auth", request_body = Proof, responses((status = 200, body = SignedIn)),
    params(("X-Noren" = String, Header, description = "Any value; no other site can send it")))]
#[post("/auth/step-up")]
pub async fn step_up(
    who: Allowed<StepUp>,
    app: Data<App>,
    request: HttpRequest,
    proof: Valid<Proof>,
) -> Result<HttpResponse, Error> {
    require_same_site(request.headers(), &app.config.base_url)?;
    let (session, person) = person(&who)?;
    let verified_by = verified(&app, person, &proof.current_password).await?;
    let stepped_up = app.db.write(who.actor(&app), async |tx| {
        require_unchanged(tx, person, &verified_by).await?;
        Guess::by_person(person.id, tx.at()).was_right(tx).await?;
        go_on(tx, session.id).await
    });
    let (session, token) = stepped_up.await?;
    metrics::counter!("noren_auth_total", "outcome" => "stepped_up").increment(1);
    login::answer(&app, person.clone(), &session, &token).await
}

/// The session goes on as another one: what was handed out before the proof, to whomever, must not gain by it.
async fn go_on(tx: &Tx, id: SessionId) -> Result<(Session, Token), Error> {
    let before = sessions::hold(tx, id).await?;
    let before = before.filter(|session| session.ended_at.is_none() && session.locked_at.is_none());
    let before = before.ok_or(Error::SessionEnded)?;
    sessions::end(tx, before.id).await?;
    let session = Session { id: SessionId::mint(tx.at()), authenticated_at: tx.at(), last_seen_at: tx.at(), ..before };
    sessions::insert(tx, &session).await?;
    let subject = format!("staff:{}", session.staff_id);
    tx.audit(Entry { chain: Chain::Company, action: "session.stepped_up", subject, changes: Vec::new() });
    let token = login::hand_out(tx, session.id).await?;
    Ok((session, token))
}
