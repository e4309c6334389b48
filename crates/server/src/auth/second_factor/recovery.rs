//! Codes on paper, for who has neither app nor passkey at hand: ten, shown once, each good once. They have the letters and the
//! length of invitations, so nobody guesses one, and a hash is enough to keep.

use noren_domain::StaffId;
use noren_persistence::{Tx, second_factors};

use crate::Error;
use crate::auth::invitation::InvitationSecret;

const CODES: usize = 10;

/// Gives a person new codes in the place of those before.
///
/// # Errors
/// Database errors.
pub async fn replace(tx: &Tx, person: StaffId) -> Result<Vec<String>, Error> {
    let codes: Vec<InvitationSecret> = (0..CODES).map(|_| InvitationSecret::mint()).collect();
    let hashes: Vec<[u8; 32]> = codes.iter().map(InvitationSecret::hash).collect();
    second_factors::replace_recovery_codes(tx, person, &hashes).await?;
    Ok(codes.iter().map(InvitationSecret::shown).collect())
}

/// Whether the code is one of the person's, and was not spent before.
///
/// # Errors
/// Database errors.
pub async fn spend(tx: &Tx, person: StaffId, typed: &str) -> Result<bool, Error> {
    Ok(second_factors::use_recovery_code(tx, person, InvitationSecret::typed(typed).hash()).await?)
}

/// Takes them away.
///
/// # Errors
/// Database errors.
pub async fn forget(tx: &Tx, person: StaffId) -> Result<(), Error> {
    Ok(second_factors::replace_recovery_codes(tx, person, &[]).await?)
}
