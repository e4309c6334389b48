//! `/me/passkeys`: key pairs of which a device keeps the private half (WebAuthn). A device asks its owner for a finger, a face or a
//! PIN, so a passkey is two factors by itself.

use actix_web::web::Data;
use actix_web::{HttpResponse, delete, post};
use noren_api::second_factors::{NewPasskey, PasskeyChallenge, SecondFactorsChanged};
use noren_domain::text::one_line;
use noren_domain::timeline::FieldChange;
use noren_domain::{PasskeyId, StaffId};
use noren_persistence::second_factors as kept;
use noren_persistence::{Conn, Constraint, Tx};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use webauthn_rs::prelude::{
    CredentialID, Passkey, PasskeyAuthentication, PasskeyRegistration, Url, Webauthn, WebauthnBuilder,
};

use super::authenticator::settle;
use super::own::Change;
use super::question::{self, LIFE, Question};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::auth::guess::Guess;
use crate::extract::{Id, Valid};
use crate::permissions::{OfferPasskey, RegisterPasskey, RemovePasskey};

const PURPOSE: &str = "passkey";

/// The passkeys of this site. There are none where its address is a number: browsers want a name.
pub struct Passkeys(Option<Webauthn>);

impl Passkeys {
    pub fn of(base_url: &str) -> Self {
        let build = || {
            let url = Url::parse(base_url).ok()?;
            WebauthnBuilder::new(url.domain()?, &url).ok()?.rp_name("Noren").build().ok()
        };
        Self(build())
    }

    pub fn are_taken(&self) -> bool {
        self.0.is_some()
    }

    /// # Errors
    /// `PasskeysUnavailable`.
    pub(super) fn site(&self) -> Result<&Webauthn, Error> {
        self.0.as_ref().ok_or(Error::PasskeysUnavailable)
    }

    /// What a browser asks the passkeys of a person, and what is remembered of it; nothing for who has none.
    ///
    /// # Errors
    /// Database errors.
    pub async fn ask(
        &self,
        conn: &impl Conn,
        person: StaffId,
    ) -> Result<Option<(Value, PasskeyAuthentication)>, Error> {
        let Some(site) = &self.0 else { return Ok(None) };
        let passkeys = kept::passkeys(conn, person).await?;
        let passkeys = passkeys.into_iter().map(|kept| read(kept.credential)).collect::<Result<Vec<Passkey>, _>>()?;
        if passkeys.is_empty() {
            return Ok(None);
        }
        let (options, asked) = site.start_passkey_authentication(&passkeys)?;
        Ok(Some((write(&options)?["publicKey"].take(), asked)))
    }
}

/// Whether the answer is that of one of the person's passkeys to what was asked.
///
/// # Errors
/// Database errors.
pub(super) async fn accept(
    tx: &Tx,
    app: &App,
    (person, answer): (StaffId, &Value),
    asked: &PasskeyAuthentication,
) -> Result<bool, Error> {
    let Ok(answer) = serde_json::from_value(answer.clone()) else { return Ok(false) };
    let Ok(result) = app.passkeys.site()?.finish_passkey_authentication(&answer, asked) else { return Ok(false) };
    let found = kept::passkey(tx, result.cred_id()).await?;
    let Some(mut found) = found.filter(|found| found.staff_id == person) else { return Ok(false) };
    let mut passkey: Passkey = read(found.credential.take())?;
    passkey.update_credential(&result);
    kept::use_passkey(tx, found.id, write(&passkey)?).await?;
    Ok(true)
}

/// Begin to register a passkey
///
/// What the browser asks the device, for `navigator.credentials.create`.
#[utoipa::path(tag = "second factors", responses((status = 200, body = PasskeyChallenge),
    (status = 409, description = "The server's address is a number")))]
#[post("/me/passkeys/challenges")]
pub async fn offer_passkey(who: Allowed<OfferPasskey>, app: Data<App>) -> Result<HttpResponse, Error> {
    let change = Change::by(&who)?;
    let site = app.passkeys.site()?;
    let known: Vec<CredentialID> =
        kept::passkeys(&app.db, change.person.id).await?.into_iter().map(|kept| kept.credential_id).collect();
    let (id, mail, name) = (change.person.id.0, &change.person.mail, &change.person.name);
    let (options, asked) = site.start_passkey_registration(id, mail, name, Some(known))?;
    let mut options = write(&options)?["publicKey"].take();
    // Kept by the device where it can, so that its owner need not say who they are.
    options["authenticatorSelection"]["residentKey"] = "preferred".into();
    let put =
        app.db.write(who.actor(&app), async |tx| question::put(tx, PURPOSE, Some(change.person.id), &asked).await);
    Ok(HttpResponse::Ok().json(PasskeyChallenge { challenge: put.await?, expires_in: LIFE.num_seconds(), options }))
}

/// Register a passkey
///
/// The caller's other sessions and all refresh tokens end.
#[utoipa::path(tag = "second factors", request_body = NewPasskey, responses((status = 200, body = SecondFactorsChanged),
    (status = 409, description = "The server's address is a number")))]
#[post("/me/passkeys")]
pub async fn register_passkey(
    who: Allowed<RegisterPasskey>,
    app: Data<App>,
    new: Valid<NewPasskey>,
) -> Result<HttpResponse, Error> {
    let change = Change::by(&who)?;
    let name = one_line(new.name.trim());
    if name.is_empty() {
        return Err(Error::field("name", "required"));
    }
    Guess::by_person(change.person.id, app.clock.now()).admit(&app).await?;
    let question = Question::named(PURPOSE, &new.challenge);
    if question.whom(&app).await? != change.person.id {
        return Err(Error::ChallengeEnded);
    }
    let asked: PasskeyRegistration = question::state(question.admit(&app).await?)?;
    let refused = || Error::field("passkey", "passkey.refused");
    let made = serde_json::from_value(new.passkey.clone()).map_err(|_| refused())?;
    let passkey = app.passkeys.site()?.finish_passkey_registration(&made, &asked).map_err(|_| refused())?;
    let registered = app.db.write::<_, Error>(who.actor(&app), async |tx| {
        change.begin(tx).await?;
        question.close(tx).await?;
        let row = kept::Passkey {
            id: PasskeyId::mint(tx.at()),
            staff_id: change.person.id,
            credential_id: passkey.cred_id().clone(),
            credential: write(&passkey)?,
            name: name.clone(),
            created_at: tx.at(),
            last_used_at: None,
        };
        kept::insert_passkey(tx, row).await.map_err(known_already)?;
        change.note(tx, "staff.passkey_added", vec![FieldChange::to("name", name.clone())]);
        let codes = change.first_codes(tx).await?;
        Ok((change.finish(tx).await?, codes))
    });
    change.answer(&app, registered.await?).await
}

/// Remove one of my passkeys
///
/// The caller's other sessions and all refresh tokens end. With the last second factor the recovery codes go; where one is
/// required, the last one stays.
#[utoipa::path(tag = "second factors", params(("id" = PasskeyId, Path)), responses((status = 200, body = SecondFactorsChanged),
    (status = 409, description = "It is the last one, and one is required")))]
#[delete("/me/passkeys/{id}")]
pub async fn remove_passkey(
    who: Allowed<RemovePasskey>,
    app: Data<App>,
    id: Id<PasskeyId>,
) -> Result<HttpResponse, Error> {
    let change = Change::by(&who)?;
    let removed = app.db.write::<_, Error>(who.actor(&app), async |tx| {
        change.begin(tx).await?;
        if !kept::remove_passkey(tx, change.person.id, id.0).await? {
            return Err(Error::NotFound);
        }
        change.note(tx, "staff.passkey_removed", Vec::new());
        settle(tx, &app, &change).await?;
        Ok((change.finish(tx).await?, Vec::new()))
    });
    change.answer(&app, removed.await?).await
}

fn known_already(error: noren_persistence::Error) -> Error {
    match error {
        noren_persistence::Error::Conflict(Constraint::Unique(_)) => Error::Taken { field: "passkey" },
        other => other.into(),
    }
}

pub(super) fn write(value: &impl Serialize) -> Result<Value, Error> {
    serde_json::to_value(value).map_err(|error| Error::Internal(error.to_string()))
}

pub(super) fn read<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    serde_json::from_value(value).map_err(|error| Error::Internal(error.to_string()))
}

impl From<webauthn_rs::prelude::WebauthnError> for Error {
    fn from(error: webauthn_rs::prelude::WebauthnError) -> Self {
        Self::Internal(error.to_string())
    }
}
