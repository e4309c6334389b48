//! What people prove who they are with besides the password: an authenticator app, passkeys, and codes on paper for when both are
//! lost. Whatever is tried is counted before it is looked at, by account and by question, wherever it is tried.

mod authenticator;
mod entry;
mod own;
mod passkey;
mod passkey_entry;
mod question;
mod recovery;
mod totp;

pub use authenticator::{confirm_authenticator, offer_authenticator, remove_authenticator};
pub use entry::pass_second_factor;
pub(super) use entry::{Way, ask};
pub use own::{list_second_factors, make_recovery_codes};
pub use passkey::{Passkeys, offer_passkey, register_passkey, remove_passkey};
pub(super) use passkey_entry::{Again, accept_again};
pub use passkey_entry::{ask_passkey, ask_passkey_again, sign_in_by_passkey};

use noren_domain::StaffId;
use noren_domain::staff::{Role, Staff};
use noren_persistence::second_factors::{self, Factors};
use noren_persistence::{Conn, Tx};
use serde_json::Value;
use webauthn_rs::prelude::PasskeyAuthentication;

use crate::Error;
use crate::app::App;
use crate::config::SecondFactorPolicy;

/// Whether somebody of a role has to have one.
pub fn is_required(app: &App, role: Role) -> bool {
    match app.config.second_factor {
        SecondFactorPolicy::Administrators => role == Role::Administrator,
        SecondFactorPolicy::Everyone => true,
        SecondFactorPolicy::Optional => false,
    }
}

/// Whether a person has to have one and has none.
///
/// # Errors
/// Database errors.
pub async fn is_missing(conn: &impl Conn, app: &App, person: &Staff) -> Result<bool, Error> {
    Ok(is_required(app, person.role) && !second_factors::of(conn, person.id).await?.any())
}

/// What is shown besides the password.
pub(super) enum Shown {
    Code(String),
    RecoveryCode(String),
    Passkey(Value),
}

impl Shown {
    /// # Errors
    /// `Invalid` unless exactly one is shown.
    pub fn of(code: Option<String>, recovery_code: Option<String>, passkey: Option<Value>) -> Result<Self, Error> {
        match (code, recovery_code, passkey) {
            (Some(code), None, None) => Ok(Self::Code(code)),
            (None, Some(code), None) => Ok(Self::RecoveryCode(code)),
            (None, None, Some(passkey)) => Ok(Self::Passkey(passkey)),
            (None, None, None) => Err(Error::field("code", "required")),
            _ => Err(Error::field("code", "one_of")),
        }
    }

    /// The field that it came in.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Code(_) => "code",
            Self::RecoveryCode(_) => "recovery_code",
            Self::Passkey(_) => "passkey",
        }
    }
}

/// Whether it proves who the person is; what is good once is spent by it. `asked` is what a passkey answers.
pub(super) async fn prove(
    tx: &Tx,
    app: &App,
    person: StaffId,
    (shown, asked): (&Shown, Option<&PasskeyAuthentication>),
) -> Result<bool, Error> {
    match (shown, asked) {
        (Shown::Code(code), _) => totp::spend(tx, app, person, code).await,
        (Shown::RecoveryCode(code), _) => recovery::spend(tx, person, code).await,
        (Shown::Passkey(answer), Some(asked)) => passkey::accept(tx, app, (person, answer), asked).await,
        (Shown::Passkey(_), None) => Ok(false),
    }
}

/// Takes all of a person's second factors away, as their retirement or an administrator does.
///
/// # Errors
/// Database errors.
pub async fn forget(tx: &Tx, person: StaffId) -> Result<bool, Error> {
    noren_persistence::challenges::remove_all(tx, person).await?;
    Ok(second_factors::remove_all(tx, person).await?)
}

/// # Errors
/// `LastFactor`, where one has to stay.
fn require_enough(app: &App, role: Role, left: Factors) -> Result<(), Error> {
    if left.any() || !is_required(app, role) { Ok(()) } else { Err(Error::LastFactor) }
}
