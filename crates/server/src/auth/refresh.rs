//! `POST /auth/refresh`: the refresh cookie for a new pair of tokens. A token is good once; the reuse of an old one ends
//! the whole family.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use chrono::TimeDelta;
use noren_api::auth::SignedIn;
use noren_domain::staff::Staff;
use noren_domain::{SessionId, Timestamp};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::sessions::{RefreshToken, Session};
use noren_persistence::{Actor, Tx, sessions};

use super::caller::is_unattended;
use super::refresh_cookie::{Token, require_same_site};
use super::{login, require_alive, session_hash};
use crate::Error;
use crate::app::App;

/// A repeat within this time, while the successor is unused, is a lost answer or a second tab and no theft.
const GRACE: TimeDelta = TimeDelta::seconds(10);

/// Renew the access token
///
/// Uses the refresh cookie, which is replaced, and wants the header `X-Noren` from a page of this origin.
#[utoipa::path(tag = "auth", params(("X-Noren" = String, Header, description = "Any value; no other site can send it")),
    responses((status = 200, body = SignedIn)))]
#[post("/auth/refresh")]
pub async fn refresh_session(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Error> {
    require_same_site(request.headers(), &app.config.base_url)?;
    let presented = Token::of(&request).ok_or(Error::NotSignedIn)?;
    let touches = !is_unattended(request.headers());
    let renewed = app.db.write(Actor::system(app.clock.now()), async |tx| {
        let renewal = renew(tx, &presented).await?;
        if let Renewal::Renewed { session, .. } = &renewal
            && touches
        {
            sessions::touch(tx, session.id).await?;
        }
        Ok::<_, Error>(renewal)
    });
    match renewed.await? {
        Renewal::Renewed { token, session, staff } => login::answer(&app, *staff, &session, &token).await,
        Renewal::Reused(session) => {
            metrics::counter!("noren_auth_total", "outcome" => "token_reused").increment(1);
            tracing::warn!(session = session_hash(session), "auth.token_reused");
            Err(Error::SessionEnded)
        }
    }
}

/// What a known token led to. Both are kept: the end of a family as much as a new pair.
enum Renewal {
    Renewed { token: Token, session: Box<Session>, staff: Box<Staff> },
    Reused(SessionId),
}

async fn renew(tx: &Tx, presented: &Token) -> Result<Renewal, Error> {
    let kept = sessions::lock_token(tx, presented.hash()).await?.ok_or(Error::SessionEnded)?;
    let (session, staff) = sessions::find_with_staff(tx, kept.session_id).await?.ok_or(Error::SessionEnded)?;
    require_alive(&session, &staff, tx.at())?;
    if is_reuse(tx, &kept, tx.at()).await? {
        sessions::end(tx, session.id).await?;
        let subject = format!("staff:{}", staff.id);
        tx.audit(Entry { chain: Chain::Company, action: "session.token_reused", subject, changes: Vec::new() });
        return Ok(Renewal::Reused(session.id));
    }
    let token = login::hand_out(tx, session.id).await?;
    if kept.used_at.is_none() {
        sessions::use_token(tx, kept.hash, token.hash()).await?;
    }
    Ok(Renewal::Renewed { token, session: Box::new(session), staff: Box::new(staff) })
}

async fn is_reuse(tx: &Tx, kept: &RefreshToken, now: Timestamp) -> Result<bool, Error> {
    let Some(used_at) = kept.used_at else { return Ok(false) };
    let successor_used = match &kept.successor {
        Some(successor) => sessions::is_used(tx, successor).await?.unwrap_or(true),
        None => true,
    };
    Ok(successor_used || now - used_at > GRACE)
}
