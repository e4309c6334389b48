//! Passwords: argon2id with the approved floor of parameters, at most two hashes at once per process.

use std::sync::LazyLock;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use noren_domain::staff::Staff;
use noren_domain::viewer::{Principal, Viewer};
use noren_persistence::stores;
use tokio::sync::Semaphore;

use crate::Error;
use crate::app::App;

/// The shortest password while there is no second factor, in characters.
pub const SHORTEST: usize = 15;
/// The longest password, in characters.
pub const LONGEST: usize = 256;
/// OWASP's floor: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

static HASHING: Semaphore = Semaphore::const_new(2);
const WAIT: Duration = Duration::from_secs(5);

/// The hash that an unknown account is compared with, so that it costs as much as a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

/// What a person's password is not to be made of: who they are, and what stands on the doors of the shop.
///
/// # Errors
/// Database errors.
pub async fn known(app: &App, person: &Staff) -> Result<Vec<String>, Error> {
    let Staff { id, name, kana, mail, code, role, stores, .. } = person.clone();
    let viewer = Viewer { principal: Principal::Staff(id), role, stores, customer_view: None };
    let stores = stores::visible(&app.db, &viewer).await?.into_iter().map(|store| store.profile.name);
    Ok(["noren".to_owned(), name, kana, mail, code].into_iter().chain(stores).collect())
}

/// Why a password is refused.
///
/// # Errors
/// `too_short`, `too_long`, or `password.guessable`.
pub fn check(password: &str, known: &[impl AsRef<str>]) -> Result<(), &'static str> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err("too_short");
    }
    if length > LONGEST {
        return Err("too_long");
    }
    let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
    let guessable = zxcvbn::zxcvbn(password, &known).score() < zxcvbn::Score::Three;
    if guessable { Err("password.guessable") } else { Ok(()) }
}

/// Hashes a password off the threads that serve requests.
///
/// # Errors
/// `Busy` when two hashes are in work for five seconds already.
pub async fn hash(password: &str) -> Result<String, Error> {
    let password = password.to_owned();
    in_turn(move || hash_now(&password)).await?
}

/// Whether the password is the hash's. `None` costs a comparison too, and is never right.
///
/// # Errors
/// `Busy` when two hashes are in work for five seconds already.
pub async fn verify(password: &str, hash: Option<&str>) -> Result<bool, Error> {
    let (password, hash) = (password.to_owned(), hash.map(str::to_owned));
    in_turn(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        let matches = PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        known && matches
    })
    .await
}

/// Whether a hash was made with other parameters than today's; it is made anew at the next sign-in.
pub fn is_outdated(hash: &str) -> bool {
    let of_hash = PasswordHash::new(hash).ok().and_then(|hash| Params::try_from(&hash).ok());
    of_hash.is_none_or(|params| (params.m_cost(), params.t_cost(), params.p_cost()) != (MEMORY_KIB, PASSES, LANES))
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let permit =
        tokio::time::timeout(WAIT, HASHING.acquire()).await.map_err(|_| Error::Busy)?.map_err(|_| Error::Busy)?;
    let done = tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(error.to_string()));
    drop(permit);
    done
}

fn hash_now(password: &str) -> Result<String, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| failed(&error))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    Ok(argon2.hash_password(password.as_bytes()).map_err(|error| failed(&error))?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: [&str; 0] = [];

    #[test]
    fn a_password_is_long_and_not_guessable() {
        assert_eq!(check("short", &NOTHING), Err("too_short"));
        assert_eq!(check(&"a".repeat(257), &NOTHING), Err("too_long"));
        assert_eq!(check("passwordpassword", &NOTHING), Err("password.guessable"));
        assert_eq!(check("sakuma sakuma 1", &["sakuma"]), Err("password.guessable"));
        assert_eq!(check("indigo paper rain 42 steps", &NOTHING), Ok(()));
    }

    #[tokio::test]
    async fn only_the_password_itself_matches() {
        let hash = hash("indigo paper rain").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("indigo paper rain", Some(&hash)).await.unwrap());
        assert!(!verify("indigo paper snow", Some(&hash)).await.unwrap());
        assert!(!is_outdated(&hash) && is_outdated(&hash.replace("t=2", "t=1")));
        assert!(!verify("nobody has this password", None).await.unwrap());
    }
}
