//! `/me/second-factors` and `/me/recovery-codes`: what the caller has, and what every change of it does.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use noren_api::second_factors::{Passkey, RecoveryCodes, SecondFactors, SecondFactorsChanged};
use noren_domain::staff::Staff;
use noren_domain::timeline::FieldChange;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::second_factors as kept;
use noren_persistence::sessions::Session;
use noren_persistence::{Tx, challenges, sessions, staff};

use super::{is_required, recovery};
use crate::Error;
use crate::app::App;
use crate::auth::refresh_cookie::Token;
use crate::auth::sessions::person;
use crate::auth::{Allowed, Caller, login};
use crate::permissions::{ListSecondFactors, MakeRecoveryCodes};

/// List my second factors
#[utoipa::path(tag = "second factors", responses((status = 200, body = SecondFactors)))]
#[get("/me/second-factors")]
pub async fn list_second_factors(
    who: Allowed<ListSecondFactors>,
    app: Data<App>,
) -> Result<Json<SecondFactors>, Error> {
    let (_, person) = person(&who)?;
    let passkeys = kept::passkeys(&app.db, person.id).await?.into_iter().map(|passkey| {
        let kept::Passkey { id, name, created_at, last_used_at, .. } = passkey;
        Passkey { id, name, created_at, last_used_at }
    });
    Ok(Json(SecondFactors {
        authenticator_since: kept::authenticator(&app.db, person.id).await?.map(|found| found.created_at),
        passkeys: passkeys.collect(),
        recovery_codes: kept::recovery_codes_left(&app.db, person.id).await?,
        required: is_required(&app, person.role),
        takes_passkeys: app.passkeys.are_taken(),
    }))
}

/// Make new recovery codes
///
/// Ten, in the place of those before. The answer is the only place where they are ever shown.
#[utoipa::path(tag = "second factors", responses((status = 200, body = RecoveryCodes),
    (status = 409, description = "There is no second factor")))]
#[post("/me/recovery-codes")]
pub async fn make_recovery_codes(who: Allowed<MakeRecoveryCodes>, app: Data<App>) -> Result<HttpResponse, Error> {
    let change = Change::by(&who)?;
    let made = app.db.write::<_, Error>(who.actor(&app), async |tx| {
        change.begin(tx).await?;
        if !kept::of(tx, change.person.id).await?.any() {
            return Err(Error::FactorMissing);
        }
        change.note(tx, "staff.recovery_codes_made", Vec::new());
        recovery::replace(tx, change.person.id).await
    });
    let recovery_codes = made.await?;
    Ok(HttpResponse::Ok().insert_header(("content-encoding", "identity")).json(RecoveryCodes { recovery_codes }))
}

/// A change of one's own second factors.
pub(super) struct Change<'a> {
    pub session: &'a Session,
    pub person: &'a Staff,
}

impl<'a> Change<'a> {
    pub fn by(who: &'a Caller) -> Result<Self, Error> {
        let (session, person) = person(who)?;
        Ok(Self { session, person })
    }

    /// One change of a person after the other, by a session that has not ended meanwhile.
    pub async fn begin(&self, tx: &Tx) -> Result<(), Error> {
        staff::lock_account(tx, self.person.id).await?;
        let session = sessions::hold(tx, self.session.id).await?;
        session.filter(|session| session.ended_at.is_none()).map(|_| ()).ok_or(Error::SessionEnded)
    }

    pub fn note(&self, tx: &Tx, action: &'static str, changes: Vec<FieldChange>) {
        tx.audit(Entry { chain: Chain::Company, action, subject: format!("staff:{}", self.person.id), changes });
    }

    /// Whatever was signed in or asked by what there was before is over; this session goes on with the next token.
    pub async fn finish(&self, tx: &Tx) -> Result<Token, Error> {
        challenges::remove_all(tx, self.person.id).await?;
        sessions::end_all(tx, self.person.id, Some(self.session.id)).await?;
        sessions::forget_tokens(tx, self.session.id).await?;
        login::hand_out(tx, self.session.id).await
    }

    /// Codes on paper with the first factor; none where there are some.
    pub async fn first_codes(&self, tx: &Tx) -> Result<Vec<String>, Error> {
        let left = kept::recovery_codes_left(tx, self.person.id).await?;
        if left == 0 { recovery::replace(tx, self.person.id).await } else { Ok(Vec::new()) }
    }

    /// The answer: next tokens, and the codes.
    pub async fn answer(
        &self,
        app: &App,
        (token, recovery_codes): (Token, Vec<String>),
    ) -> Result<HttpResponse, Error> {
        let signed_in = login::signed_in(app, self.person.clone(), self.session).await?;
        Ok(login::with_token(&token, SecondFactorsChanged { recovery_codes, signed_in }))
    }
}
