//! `/me/authenticator`: an app that shows codes.

use actix_web::web::Data;
use actix_web::{HttpResponse, delete, post};
use noren_api::second_factors::{AuthenticatorOffer, AuthenticatorProof, SecondFactorsChanged};
use noren_persistence::second_factors as kept;
use qrcode::QrCode;
use qrcode::render::svg;

use super::own::Change;
use super::question::{self, LIFE, Question};
use super::{recovery, require_enough, totp};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::auth::guess::Guess;
use crate::extract::Valid;
use crate::permissions::{ConfirmAuthenticator, OfferAuthenticator, RemoveAuthenticator};

const PURPOSE: &str = "authenticator";
/// In pixels of the drawing, which scales.
const QR_SIZE: u32 = 220;

/// Begin to set up an authenticator app
///
/// A new secret, which is good for nothing before `POST /me/authenticator/confirm`.
#[utoipa::path(tag = "second factors", responses((status = 200, body = AuthenticatorOffer)))]
#[post("/me/authenticator")]
pub async fn offer_authenticator(who: Allowed<OfferAuthenticator>, app: Data<App>) -> Result<HttpResponse, Error> {
    let change = Change::by(&who)?;
    let secret = totp::mint();
    let totp = totp::of(&secret, &change.person.mail)?;
    let url = totp.to_url().map_err(|error| Error::Internal(error.to_string()))?;
    let qr = QrCode::new(url.as_bytes()).map_err(|error| Error::Internal(error.to_string()))?;
    let qr = qr.render::<svg::Color>().min_dimensions(QR_SIZE, QR_SIZE).build();
    let sealed = app.seal.seal(change.person.id.0.as_bytes(), &secret)?;
    let put =
        app.db.write(who.actor(&app), async |tx| question::put(tx, PURPOSE, Some(change.person.id), &sealed).await);
    let offer = AuthenticatorOffer {
        challenge: put.await?,
        expires_in: LIFE.num_seconds(),
        secret: totp.secret().to_base32(),
        url,
        qr,
    };
    Ok(HttpResponse::Ok().insert_header(("content-encoding", "identity")).json(offer))
}

/// Confirm an authenticator app
///
/// By the code that it shows now; an app of before is no more. The caller's other sessions and all refresh tokens end.
#[utoipa::path(tag = "second factors", request_body = AuthenticatorProof, responses((status = 200, body = SecondFactorsChanged)))]
#[post("/me/authenticator/confirm")]
pub async fn confirm_authenticator(
    who: Allowed<ConfirmAuthenticator>,
    app: Data<App>,
    proof: Valid<AuthenticatorProof>,
) -> Result<HttpResponse, Error> {
    let change = Change::by(&who)?;
    let guess = Guess::by_person(change.person.id, app.clock.now());
    guess.admit(&app).await?;
    let question = Question::named(PURPOSE, &proof.challenge);
    if question.whom(&app).await? != change.person.id {
        return Err(Error::ChallengeEnded);
    }
    let sealed: Vec<u8> = question::state(question.admit(&app).await?)?;
    let secret = app.seal.open(change.person.id.0.as_bytes(), &sealed)?;
    let Some(step) = totp::step_of(&totp::of(&secret, &change.person.mail)?, &proof.code, app.clock.now()) else {
        guess.fail(&app).await?;
        return Err(Error::field("code", "code.wrong"));
    };
    let confirmed = app.db.write::<_, Error>(who.actor(&app), async |tx| {
        change.begin(tx).await?;
        question.close(tx).await?;
        kept::set_authenticator(tx, change.person.id, sealed.clone(), step).await?;
        guess.was_right(tx).await?;
        change.note(tx, "staff.authenticator_set", Vec::new());
        let codes = change.first_codes(tx).await?;
        Ok((change.finish(tx).await?, codes))
    });
    change.answer(&app, confirmed.await?).await
}

/// Remove my authenticator app
///
/// The caller's other sessions and all refresh tokens end. With the last second factor the recovery codes go; where one is
/// required, the last one stays.
#[utoipa::path(tag = "second factors", responses((status = 200, body = SecondFactorsChanged),
    (status = 404, description = "There is none"), (status = 409, description = "It is the last one, and one is required")))]
#[delete("/me/authenticator")]
pub async fn remove_authenticator(who: Allowed<RemoveAuthenticator>, app: Data<App>) -> Result<HttpResponse, Error> {
    let change = Change::by(&who)?;
    let removed = app.db.write::<_, Error>(who.actor(&app), async |tx| {
        change.begin(tx).await?;
        if !kept::remove_authenticator(tx, change.person.id).await? {
            return Err(Error::NotFound);
        }
        change.note(tx, "staff.authenticator_removed", Vec::new());
        settle(tx, &app, &change).await?;
        Ok((change.finish(tx).await?, Vec::new()))
    });
    change.answer(&app, removed.await?).await
}

/// What is left has to be enough; codes on paper stand for something that is there.
pub(super) async fn settle(tx: &noren_persistence::Tx, app: &App, change: &Change<'_>) -> Result<(), Error> {
    let left = kept::of(tx, change.person.id).await?;
    require_enough(app, change.person.role, left)?;
    if !left.any() {
        recovery::forget(tx, change.person.id).await?;
    }
    Ok(())
}
