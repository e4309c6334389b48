//! `/auth/passkey` and its questions: who has a passkey at hand needs no password, at the door, on a locked screen and for what is
//! sensitive.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, post};
use noren_api::auth::SignedIn;
use noren_api::second_factors::{PasskeyChallenge, PasskeySignIn};
use noren_domain::StaffId;
use noren_domain::staff::StaffStatus;
use noren_persistence::second_factors as kept;
use noren_persistence::{Actor, Tx, staff};
use serde_json::Value;
use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey, PasskeyAuthentication, PublicKeyCredential};

use super::passkey::{accept, read, write};
use super::question::{self, LIFE, Question};
use crate::Error;
use crate::app::App;
use crate::auth::guess::Guess;
use crate::auth::sessions::person;
use crate::auth::tablet::Tablet;
use crate::auth::{Allowed, login};
use crate::extract::Valid;
use crate::permissions::AskPasskeyAgain;

const AT_THE_DOOR: &str = "passkey_entry";
const AGAIN: &str = "passkey_again";

/// Ask for a passkey
///
/// For a sign-in without a password: the device knows whose passkeys it has.
#[utoipa::path(tag = "auth", responses((status = 200, body = PasskeyChallenge),
    (status = 409, description = "The server's address is a number")))]
#[post("/auth/passkey/challenges")]
pub async fn ask_passkey(app: Data<App>, request: HttpRequest) -> Result<Json<PasskeyChallenge>, Error> {
    Guess::from(&app, &request).admit(&app).await?;
    let (options, asked) = app.passkeys.site()?.start_discoverable_authentication()?;
    let options = write(&options)?["publicKey"].take();
    let put =
        app.db.write(Actor::system(app.clock.now()), async |tx| question::put(tx, AT_THE_DOOR, None, &asked).await);
    Ok(Json(PasskeyChallenge { challenge: put.await?, expires_in: LIFE.num_seconds(), options }))
}

/// Sign in by a passkey
///
/// Two factors by itself: the device, and what it asks its owner for. An earlier session of the person on this tablet, locked or not,
/// goes on as this one.
#[utoipa::path(tag = "auth", request_body = PasskeySignIn, responses((status = 200, body = SignedIn),
    (status = 409, description = "The server's address is a number")))]
#[post("/auth/passkey")]
pub async fn sign_in_by_passkey(
    app: Data<App>,
    request: HttpRequest,
    answer: Valid<PasskeySignIn>,
) -> Result<HttpResponse, Error> {
    Guess::from(&app, &request).admit(&app).await?;
    let site = app.passkeys.site()?;
    let question = Question::named(AT_THE_DOOR, &answer.challenge);
    let asked: DiscoverableAuthentication = question::state(question.admit(&app).await?)?;
    let shown: PublicKeyCredential = serde_json::from_value(answer.passkey.clone()).map_err(|_| refused())?;
    let (owner, credential) = site.identify_discoverable_authentication(&shown).map_err(|_| refused())?;
    let found = kept::passkey(&app.db, credential).await?.filter(|found| found.staff_id.0 == owner);
    let mut found = found.ok_or_else(refused)?;
    // Apart from passwords: whoever spoils those of somebody else must not keep them from their passkey.
    let guess = Guess::by_person(found.staff_id, app.clock.now());
    guess.admit(&app).await?;
    let mut passkey: Passkey = read(found.credential.take())?;
    let Ok(result) = site.finish_discoverable_authentication_v2(&shown, asked, &passkey) else {
        guess.fail(&app).await?;
        return Err(refused());
    };
    passkey.update_credential(&result);
    let person = staff::find(&app.db, found.staff_id).await?.ok_or_else(refused)?;
    let tablet = Tablet::of_or_new(&request);
    let session = login::session(&request, &tablet, &person, app.clock.now());
    let entered = app.db.write::<_, Error>(login::actor(&person, &session, app.clock.now()), async |tx| {
        let account = staff::lock_account(tx, person.id).await?.ok_or_else(refused)?;
        let still = kept::passkey(tx, &found.credential_id).await?.is_some();
        if !still || account.staff.status != StaffStatus::Active {
            return Err(refused());
        }
        question.close(tx).await?;
        kept::use_passkey(tx, found.id, write(&passkey)?).await?;
        guess.was_right(tx).await?;
        Ok((login::open(tx, &session).await?, account.staff))
    });
    let (token, person) = entered.await?;
    metrics::counter!("noren_auth_total", "outcome" => "signed_in").increment(1);
    tablet.remember(login::answer(&app, person, &session, &token).await?)
}

/// Unknown passkeys, other people's and wrong answers are answered alike.
fn refused() -> Error {
    metrics::counter!("noren_auth_total", "outcome" => "factor_refused").increment(1);
    tracing::warn!("auth.passkey_refused");
    Error::SecondFactorWrong
}

/// Ask for a passkey again
///
/// For `POST /auth/step-up`: one of the caller's own.
#[utoipa::path(tag = "auth", responses((status = 200, body = PasskeyChallenge),
    (status = 409, description = "There is no passkey")))]
#[post("/auth/step-up/challenges")]
pub async fn ask_passkey_again(who: Allowed<AskPasskeyAgain>, app: Data<App>) -> Result<Json<PasskeyChallenge>, Error> {
    let (_, person) = person(&who)?;
    let (options, asked) = app.passkeys.ask(&app.db, person.id).await?.ok_or(Error::FactorMissing)?;
    let put = app.db.write(who.actor(&app), async |tx| question::put(tx, AGAIN, Some(person.id), &asked).await);
    Ok(Json(PasskeyChallenge { challenge: put.await?, expires_in: LIFE.num_seconds(), options }))
}

/// What waits for an answer of the caller's passkey.
pub struct Again {
    question: Question,
    asked: PasskeyAuthentication,
}

impl Again {
    /// Counts the answer before it is looked at.
    ///
    /// # Errors
    /// `ChallengeEnded`.
    pub async fn admit(app: &App, person: StaffId, challenge: &str) -> Result<Self, Error> {
        let question = Question::named(AGAIN, challenge);
        if question.whom(app).await? != person {
            return Err(Error::ChallengeEnded);
        }
        let asked = question::state(question.admit(app).await?)?;
        Ok(Self { question, asked })
    }
}

/// Whether a passkey proves that it is still the person.
pub async fn accept_again(
    tx: &Tx,
    app: &App,
    (person, answer): (StaffId, &Value),
    again: &Again,
) -> Result<bool, Error> {
    if !accept(tx, app, (person, answer), &again.asked).await? {
        return Ok(false);
    }
    again.question.close(tx).await?;
    Ok(true)
}
