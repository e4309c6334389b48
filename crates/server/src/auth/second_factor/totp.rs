//! Codes of an authenticator app (RFC 6238): six digits that change every 30 seconds. Only the code of this very step is taken, and
//! once: ASVS 6.5.5 allows a code to live for 30 seconds and no longer. Telephones and servers are set by the network to a fraction of
//! that, so a clock that is a little off costs a second try at the edge of a step; one that is far off is to be set.

use noren_domain::text::tidy;
use noren_domain::{StaffId, Timestamp};
use noren_persistence::{Tx, second_factors};
use rand::RngExt;
use totp_rs::{Builder, Totp};

use crate::Error;
use crate::app::App;

/// As the RFC wants for SHA-1, which is the one that all apps know.
pub const SECRET_BYTES: usize = 20;

/// A secret that nobody has.
pub fn mint() -> [u8; SECRET_BYTES] {
    rand::rng().random()
}

/// The codes of a secret, for somebody's app.
///
/// # Errors
/// `Internal` for a secret of another length.
pub fn of(secret: &[u8], mail: &str) -> Result<Totp, Error> {
    // The app shows it beside the codes; a colon would end the issuer's name.
    let account = mail.replace(':', " ");
    let built = Builder::new().with_secret(secret.to_vec()).with_skew(0).with_issuer(Some("Noren"));
    built.with_account_name(account).build().map_err(|error| Error::Internal(error.to_string()))
}

/// The step of which the code is, if it is now's.
pub fn step_of(totp: &Totp, typed: &str, now: Timestamp) -> Option<i64> {
    let code: String = tidy(typed).chars().filter(|c| !c.is_whitespace()).collect();
    let step = totp.check(&code, u64::try_from(now.timestamp()).ok()?)?;
    i64::try_from(step).ok()
}

/// Whether the code is that of the person's app, and was not spent before.
///
/// # Errors
/// Database errors; `Internal` for a secret that cannot be opened.
pub async fn spend(tx: &Tx, app: &App, person: StaffId, typed: &str) -> Result<bool, Error> {
    let Some(kept) = second_factors::authenticator(tx, person).await? else { return Ok(false) };
    let secret = app.seal.open(person.0.as_bytes(), &kept.secret)?;
    match step_of(&of(&secret, "noren")?, typed, tx.at()) {
        Some(step) => Ok(second_factors::use_step(tx, person, step).await?),
        None => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_timestamp(seconds, 0).unwrap()
    }

    /// Appendix B of RFC 6238, whose eight digits end in our six.
    #[test]
    fn the_codes_are_those_of_the_rfc() {
        let totp = of(b"12345678901234567890", "sakuma@noren.example").unwrap();
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(step_of(&totp, code, at(seconds)), Some(seconds / 30), "{code}");
        }
    }

    #[test]
    fn only_the_code_of_this_step_is_taken_however_it_is_typed() {
        let totp = of(b"12345678901234567890", "a:b").unwrap();
        for typed in ["050471", "050 471", "０５０４７１", " 050471 "] {
            assert_eq!(step_of(&totp, typed, at(1_111_111_111)), Some(37_037_037), "{typed}");
        }
        for (typed, seconds) in
            [("050471", 1_111_111_111 - 30), ("050471", 1_111_111_111 + 30), ("50471", 1_111_111_111)]
        {
            assert_eq!(step_of(&totp, typed, at(seconds)), None, "{typed} at {seconds}");
        }
        for wrong in ["", "abcdef", "0504711", "あいうえおか"] {
            assert_eq!(step_of(&totp, wrong, at(1_111_111_111)), None, "{wrong}");
        }
    }

    #[test]
    fn an_app_is_told_who_asks() {
        let url = of(&[7; SECRET_BYTES], "sakuma@noren.example").unwrap().to_url().unwrap();
        assert!(url.starts_with("otpauth://totp/Noren:sakuma%40noren.example?secret="), "{url}");
        assert!(url.contains("issuer=Noren"), "{url}");
    }
}
