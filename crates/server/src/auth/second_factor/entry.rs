//! `POST /auth/second-factor`: what follows the password at the door, and a new password's choice.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use noren_api::auth::SignedIn;
use noren_api::second_factors::{SecondFactor, SecondFactorWanted};
use noren_domain::staff::{Staff, StaffStatus};
use noren_persistence::second_factors as kept;
use noren_persistence::{Tx, challenges, staff};
use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::PasskeyAuthentication;

use super::question::{self, LIFE, Question};
use super::{Shown, prove};
use crate::Error;
use crate::app::App;
use crate::auth::guess::Guess;
use crate::auth::invitation::Chosen;
use crate::auth::refresh_cookie::Token;
use crate::auth::tablet::Tablet;
use crate::auth::{invitation, login};
use crate::extract::Valid;

const PURPOSE: &str = "entry";

/// What the first factor was.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// The password with this hash.
    Password(Option<String>),
    /// An invitation, with what was chosen: nothing is spent before the second factor.
    Invitation(Chosen),
}

/// What is remembered meanwhile.
#[derive(Serialize, Deserialize)]
struct Entry {
    way: Way,
    passkey: Option<PasskeyAuthentication>,
}

/// Asks for the second factor; nothing for who has none.
///
/// # Errors
/// Database errors.
pub async fn ask(tx: &Tx, app: &App, person: &Staff, way: Way) -> Result<Option<SecondFactorWanted>, Error> {
    let factors = kept::of(tx, person.id).await?;
    if !factors.any() {
        return Ok(None);
    }
    let (options, passkey) = match app.passkeys.ask(tx, person.id).await? {
        Some((options, asked)) => (Some(options), Some(asked)),
        None => (None, None),
    };
    let challenge = question::put(tx, PURPOSE, Some(person.id), &Entry { way, passkey }).await?;
    let (expires_in, authenticator) = (LIFE.num_seconds(), factors.authenticator);
    Ok(Some(SecondFactorWanted { challenge, expires_in, authenticator, passkey: options }))
}

/// Pass the second factor
///
/// After `POST /auth/login` or `/auth/join` answered 202. Five tries; each counts as a sign-in of the account and of the address too.
#[utoipa::path(tag = "auth", request_body = SecondFactor, responses((status = 200, body = SignedIn)))]
#[post("/auth/second-factor")]
pub async fn pass_second_factor(
    app: Data<App>,
    request: HttpRequest,
    answer: Valid<SecondFactor>,
) -> Result<HttpResponse, Error> {
    let SecondFactor { challenge, code, recovery_code, passkey } = answer.0;
    let shown = Shown::of(code, recovery_code, passkey)?;
    Guess::from(&app, &request).admit(&app).await?;
    let question = Question::named(PURPOSE, &challenge);
    let person = staff::find(&app.db, question.whom(&app).await?).await?.ok_or(Error::ChallengeEnded)?;
    let guess = Guess::at_sign_in(&person.mail, app.clock.now());
    guess.admit(&app).await?;
    let entry: Entry = question::state(question.admit(&app).await?)?;
    let tablet = Tablet::of_or_new(&request);
    let session = login::session(&request, &tablet, &person, app.clock.now());
    let entered = app.db.write::<_, Error>(login::actor(&person, &session, app.clock.now()), async |tx| {
        let account = staff::lock_account(tx, person.id).await?.ok_or(Error::ChallengeEnded)?;
        if account.staff.status != StaffStatus::Active {
            return Err(Error::ChallengeEnded);
        }
        if !prove(tx, &app, person.id, (&shown, entry.passkey.as_ref())).await? {
            return Ok(None);
        }
        question.close(tx).await?;
        let person = entry.way.enter(tx, account).await?;
        guess.was_right(tx).await?;
        Ok(Some((login::open(tx, &session).await?, person)))
    });
    let Some((token, person)): Option<(Token, Staff)> = entered.await? else {
        guess.fail(&app).await?;
        metrics::counter!("noren_auth_total", "outcome" => "factor_refused").increment(1);
        tracing::warn!("auth.factor_refused");
        return Err(Error::SecondFactorWrong);
    };
    metrics::counter!("noren_auth_total", "outcome" => "signed_in").increment(1);
    tablet.remember(login::answer(&app, person, &session, &token).await?)
}

impl Way {
    /// Much may have happened since the first factor was right.
    async fn enter(&self, tx: &Tx, account: staff::Account) -> Result<Staff, Error> {
        match self {
            Self::Password(hash) if *hash == account.password_hash => Ok(account.staff),
            Self::Password(_) => Err(Error::ChallengeEnded),
            Self::Invitation(chosen) => {
                challenges::remove_all(tx, account.staff.id).await?;
                invitation::spend(tx, chosen).await
            }
        }
    }
}
