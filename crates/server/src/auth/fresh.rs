//! `POST /auth/step-up`: whoever is signed in proves anew who they are, for what is sensitive.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use noren_api::auth::{SignedIn, StepUp as Proof};
use noren_domain::SessionId;
use noren_domain::staff::Staff;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::second_factors as factors;
use noren_persistence::sessions::Session;
use noren_persistence::{Tx, sessions};
use serde_json::Value;

use super::guess::Guess;
use super::password_change::{require_unchanged, verified};
use super::refresh_cookie::{Token, require_same_site};
use super::second_factor::{Again, Shown, accept_again, prove};
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
    let guess = Guess::by_person(person.id, app.clock.now());
    let shown = Proven::counted(&app, person, proof.0, &guess).await?;
    let stepped_up = app.db.write::<_, Error>(who.actor(&app), async |tx| {
        if !shown.proves(tx, &app, person).await? {
            return Ok(None);
        }
        guess.was_right(tx).await?;
        Ok(Some(go_on(tx, session.id).await?))
    });
    let Some((session, token)) = stepped_up.await? else {
        guess.fail(&app).await?;
        tracing::warn!("auth.factor_refused");
        return Err(Error::field(shown.field(), "code.wrong"));
    };
    metrics::counter!("noren_auth_total", "outcome" => "stepped_up").increment(1);
    login::answer(&app, person.clone(), &session, &token).await
}

/// What was shown, counted already.
enum Proven {
    Passkey(Value, Again),
    /// The hash that the password was right by, and what is shown beside it.
    Password(Option<String>, Option<Shown>),
}

impl Proven {
    async fn counted(app: &App, person: &Staff, proof: Proof, guess: &Guess) -> Result<Self, Error> {
        let Proof { current_password, code, recovery_code, challenge, passkey } = proof;
        if let Some(passkey) = passkey {
            guess.admit(app).await?;
            let again = Again::admit(app, person.id, &challenge.unwrap_or_default()).await?;
            return Ok(Self::Passkey(passkey, again));
        }
        let password = current_password.ok_or_else(|| Error::field("current_password", "required"))?;
        let beside = if factors::of(&app.db, person.id).await?.any() {
            Some(Shown::of(code, recovery_code, None)?)
        } else {
            None
        };
        Ok(Self::Password(verified(app, person, &password).await?, beside))
    }

    async fn proves(&self, tx: &Tx, app: &App, person: &Staff) -> Result<bool, Error> {
        match self {
            Self::Passkey(answer, again) => accept_again(tx, app, (person.id, answer), again).await,
            Self::Password(verified_by, beside) => {
                require_unchanged(tx, person, verified_by).await?;
                match beside {
                    Some(shown) => prove(tx, app, person.id, (shown, None)).await,
                    // A factor that was set up meanwhile has not been shown.
                    None => Ok(!factors::of(tx, person.id).await?.any()),
                }
            }
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Self::Passkey(..) => "passkey",
            Self::Password(_, beside) => beside.as_ref().map_or("code", Shown::field),
        }
    }
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
