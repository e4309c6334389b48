//! `POST /auth/invitation` and `/auth/join`: an invitation is looked at, and used once.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, post};
use hmac::{Hmac, KeyInit, Mac};
use noren_api::auth::{InvitationCode, Invited, Joining, SignedIn};
use noren_api::second_factors::SecondFactorWanted;
use noren_domain::InvitationId;
use noren_domain::language::Language;
use noren_domain::staff::{Staff, StaffStatus};
use noren_domain::text::tidy;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::invitations::Invitation;
use noren_persistence::staff::Account;
use noren_persistence::{Tx, invitations, sessions, staff};
use rand::RngExt;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::guess::{Guess, forgive};
use super::login::Entered;
use super::second_factor::{self, Way};
use super::tablet::Tablet;
use super::{login, password};
use crate::Error;
use crate::app::App;
use crate::extract::Valid;
use crate::outbox::{asked_language, tell_of_new_password};

/// Letters and digits that are not taken for each other when they are read from paper.
const ALPHABET: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
/// Together 79 bits: nobody guesses them in the seven days that a code lives.
const LENGTH: usize = 16;
const GROUP: usize = 4;

/// What an invitation is used with.
pub struct InvitationSecret(String);

impl InvitationSecret {
    /// A code that nobody has.
    pub fn mint() -> Self {
        let mut random = rand::rng();
        Self((0..LENGTH).map(|_| char::from(ALPHABET[random.random_range(0..ALPHABET.len())])).collect())
    }

    /// The code of a mailed invitation, which is kept nowhere: whoever has the key makes it again when the mail is written. Two
    /// bytes a letter, so that no letter is likelier than another.
    ///
    /// # Errors
    /// `Internal` when the key does not fit the algorithm, which it does.
    pub fn derived(key: &[u8; 32], id: InvitationId) -> Result<Self, Error> {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|error| Error::Internal(error.to_string()))?;
        mac.update(id.0.as_bytes());
        let bytes = mac.finalize().into_bytes();
        let letter = |pair: &[u8]| {
            let number = pair.iter().fold(0_usize, |number, byte| number << 8 | usize::from(*byte));
            char::from(ALPHABET[number % ALPHABET.len()])
        };
        Ok(Self(bytes.chunks(2).take(LENGTH).map(letter).collect()))
    }

    /// The code that was typed, without what does not matter.
    pub fn typed(text: &str) -> Self {
        Self(tidy(text).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect())
    }

    /// In groups that are easy to read.
    pub fn shown(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }

    /// The page with the code in it, behind `#`, where no server sees it.
    pub fn url(&self, base_url: &str) -> String {
        format!("{base_url}/join#{}", self.shown())
    }

    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

/// Look at an invitation
///
/// Whom it is for; nothing is spent by it. Codes that are unknown, used, taken back or too old are answered alike.
#[utoipa::path(tag = "auth", request_body = InvitationCode, responses((status = 200, body = Invited),
    (status = 410, description = "The invitation has ended")))]
#[post("/auth/invitation")]
pub async fn read_invitation(
    app: Data<App>,
    request: HttpRequest,
    code: Valid<InvitationCode>,
) -> Result<Json<Invited>, Error> {
    Guess::from(&app, &request).admit(&app).await?;
    let (invitation, account) = open(&app, &InvitationSecret::typed(&code.code)).await?;
    let Account { staff, password_hash, .. } = account;
    let expires_at = invitation.expires_at;
    Ok(Json(Invited { name: staff.name, mail: staff.mail, joined: password_hash.is_some(), expires_at }))
}

/// Join
///
/// Chooses the password of the person whom an invitation is for, takes their PIN away, ends their sessions, spends the invitation and signs in.
/// Who has a second factor is asked for it, and nothing of that is done before: a link alone opens no such account.
#[utoipa::path(tag = "auth", request_body = Joining, responses((status = 200, body = SignedIn),
    (status = 202, body = SecondFactorWanted, description = "A second factor is asked for"),
    (status = 410, description = "The invitation has ended")))]
#[post("/auth/join")]
pub async fn join(app: Data<App>, request: HttpRequest, joining: Valid<Joining>) -> Result<HttpResponse, Error> {
    Guess::from(&app, &request).admit(&app).await?;
    let secret = InvitationSecret::typed(&joining.code);
    let (_, account) = open(&app, &secret).await?;
    let known = password::known(&app, &account.staff).await?;
    password::check(&joining.password, &known).map_err(|code| Error::field("password", code))?;
    let password_hash = password::hash(&joining.password).await?;
    let chosen = Chosen { hash: secret.hash(), password_hash, language: asked_language(&request) };
    let tablet = Tablet::of_or_new(&request);
    let session = login::session(&request, &tablet, &account.staff, app.clock.now());
    let joined = app.db.write::<_, Error>(login::actor(&account.staff, &session, app.clock.now()), async |tx| {
        let person = held(tx, chosen.hash).await?.staff;
        let way = Way::Invitation(chosen.clone());
        if let Some(wanted) = second_factor::ask(tx, &app, &person, way).await? {
            return Ok(Entered::Half(wanted));
        }
        let person = spend(tx, &chosen).await?;
        Ok(Entered::Whole((login::open(tx, &session).await?, person)))
    });
    match joined.await? {
        Entered::Half(wanted) => Ok(login::half(wanted)),
        Entered::Whole((token, person)) => {
            metrics::counter!("noren_auth_total", "outcome" => "joined").increment(1);
            tablet.remember(login::answer(&app, person, &session, &token).await?)
        }
    }
}

/// What somebody chose with an invitation.
#[derive(Clone, Serialize, Deserialize)]
pub struct Chosen {
    /// The invitation's.
    hash: [u8; 32],
    password_hash: String,
    /// Of the mail about it.
    language: Language,
}

/// Gives the person of an invitation the new password, once, and tells them where it takes the place of another.
pub(super) async fn spend(tx: &Tx, chosen: &Chosen) -> Result<Staff, Error> {
    let account = held(tx, chosen.hash).await?;
    let person = account.staff;
    invitations::end_all(tx, person.id).await?;
    staff::set_password_hash(tx, person.id, &chosen.password_hash).await?;
    // Whoever is invited because a password was lost may have lost more.
    staff::set_pin_hash(tx, person.id, None).await?;
    sessions::end_all(tx, person.id, None).await?;
    forgive(tx, &person.mail).await?;
    if account.password_hash.is_some() {
        tell_of_new_password(tx, person.id, chosen.language).await?;
    }
    let subject = format!("staff:{}", person.id);
    tx.audit(Entry { chain: Chain::Company, action: "staff.joined", subject, changes: Vec::new() });
    Ok(Staff { has_pin: false, ..person })
}

async fn open(app: &App, secret: &InvitationSecret) -> Result<(Invitation, Account), Error> {
    let found = invitations::find(&app.db, secret.hash()).await?;
    let invitation = found.filter(|found| found.is_open(app.clock.now())).ok_or(Error::InvitationEnded)?;
    let account = staff::account(&app.db, invitation.staff_id).await?;
    let account = account.filter(|account| account.staff.status == StaffStatus::Active);
    account.map(|account| (invitation, account)).ok_or(Error::InvitationEnded)
}

/// A hash takes a while: the invitation may have been used or taken back since it was looked at. The person is locked first, as
/// everywhere.
async fn held(tx: &Tx, hash: [u8; 32]) -> Result<Account, Error> {
    let found = invitations::find(tx, hash).await?.ok_or(Error::InvitationEnded)?;
    let account = staff::lock_account(tx, found.staff_id).await?.ok_or(Error::InvitationEnded)?;
    let still = invitations::find(tx, hash).await?;
    let open = still.is_some_and(|invitation| invitation.is_open(tx.at()));
    if !open || account.staff.status != StaffStatus::Active {
        return Err(Error::InvitationEnded);
    }
    Ok(account)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_understood_however_it_is_typed() {
        let secret = InvitationSecret::mint();
        let shown = secret.shown();
        assert_eq!((shown.len(), shown.matches('-').count()), (19, 3));
        let full_width: String = shown.chars().filter_map(|c| char::from_u32(u32::from(c) + 0xFEE0)).collect();
        for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), shown.replace('-', ""), full_width]
        {
            assert_eq!(InvitationSecret::typed(&typed).hash(), secret.hash(), "{typed}");
        }
        assert_ne!(InvitationSecret::mint().hash(), secret.hash());
    }

    #[test]
    fn a_derived_code_is_the_same_for_one_invitation_and_one_key_alone() {
        let of = |key: u8, id: u128| {
            InvitationSecret::derived(&[key; 32], InvitationId(uuid::Uuid::from_u128(id))).unwrap().shown()
        };
        assert_eq!(of(1, 7), of(1, 7));
        assert!(of(1, 7) != of(1, 8) && of(1, 7) != of(2, 7));
        assert_eq!(of(1, 7).len(), 19);
    }
}
