//! A password that is tried. It is counted before it is looked at, so that a hundred at once are a hundred; what was tried is
//! not kept, because a mistyped mail address is personal, and so is an address of the network.

use actix_web::HttpRequest;
use noren_domain::throttle::{EXHAUSTED, Quota, delay_after};
use noren_domain::{StaffId, Timestamp};
use noren_persistence::throttles::{self, Throttle};
use noren_persistence::{Actor, Tx};
use sha2::{Digest, Sha256};

use crate::Error;
use crate::app::App;
use crate::limits::Remaining;

const BY_ACCOUNT: Quota = Quota { tries: 10, seconds: 15 * 60 };
const RECOVERIES_OF_ACCOUNT: Quota = Quota { tries: 3, seconds: 60 * 60 };
const RECOVERIES_FROM_ADDRESS: Quota = Quota { tries: 20, seconds: 60 * 60 };

/// One try of one account, or from one address.
pub struct Guess {
    policy: &'static str,
    subject: String,
    quota: Quota,
    now: Timestamp,
}

impl Guess {
    /// At the account of a sign-in name.
    pub fn at_sign_in(mail: &str, now: Timestamp) -> Self {
        Self { policy: "login", subject: fingerprint(mail), quota: BY_ACCOUNT, now }
    }

    /// For a new password of the account of a sign-in name, which is counted whether there is one or not.
    pub fn recovery_of(mail: &str, now: Timestamp) -> Self {
        Self { policy: "recovery", subject: fingerprint(mail), quota: RECOVERIES_OF_ACCOUNT, now }
    }

    /// For new passwords, from the address of a request.
    pub fn recovery_from(app: &App, request: &HttpRequest) -> Self {
        let subject = fingerprint(&app.sender(request));
        Self { policy: "recovery_ip", subject, quota: RECOVERIES_FROM_ADDRESS, now: app.clock.now() }
    }

    /// By somebody who is signed in. Apart from sign-ins: whoever took a tablet away must not be able to close the account.
    pub fn by_person(id: StaffId, now: Timestamp) -> Self {
        Self { policy: "login", subject: fingerprint(&format!("staff:{id}")), quota: BY_ACCOUNT, now }
    }

    /// From the address of a request.
    pub fn from(app: &App, request: &HttpRequest) -> Self {
        let quota = Quota { tries: app.config.limits.logins_per_address, seconds: 15 * 60 };
        Self { policy: "login_ip", subject: fingerprint(&app.sender(request)), quota, now: app.clock.now() }
    }

    /// # Errors
    /// `RateLimited`, and `RecoveryNeeded` after a hundred failures in a row.
    pub async fn admit(&self, app: &App) -> Result<(), Error> {
        app.db.write(Actor::system(self.now), async |tx| self.count(tx).await).await
    }

    async fn count(&self, tx: &Tx) -> Result<(), Error> {
        let Self { policy, subject, quota, now } = self;
        let Throttle { arrival, failures } = throttles::lock(tx, policy, subject).await?;
        if failures >= EXHAUSTED {
            return Err(Error::RecoveryNeeded);
        }
        let wait = match quota.admit(arrival, *now) {
            Err(wait) => wait,
            Ok(arrival) => {
                throttles::store(tx, policy, subject, Throttle { arrival, failures }).await?;
                return Ok(());
            }
        };
        metrics::counter!("noren_rate_limited_total", "policy" => *policy).increment(1);
        let whole = |number: i32| u32::try_from(number).unwrap_or_default();
        let (count, window, seconds) =
            (whole(quota.tries), whole(quota.seconds), wait.num_seconds().unsigned_abs() + 1);
        Err(Error::RateLimited(Remaining { policy, count, window, left: 0, seconds }))
    }

    /// Counts a failure in a row; past the tenth each further try waits longer.
    ///
    /// # Errors
    /// Database errors.
    pub async fn fail(&self, app: &App) -> Result<(), Error> {
        let Self { policy, subject, quota, now } = self;
        let counted = app.db.write(Actor::system(*now), async |tx| {
            let Throttle { arrival, failures } = throttles::lock(tx, policy, subject).await?;
            let failures = failures + 1;
            let delayed = quota.closed_until(*now + delay_after(failures));
            let arrival = if delay_after(failures).is_zero() { arrival } else { arrival.max(delayed) };
            Ok(throttles::store(tx, policy, subject, Throttle { arrival, failures }).await?)
        });
        counted.await
    }

    /// Forgets the failures.
    ///
    /// # Errors
    /// Database errors.
    pub async fn was_right(&self, tx: &Tx) -> Result<(), Error> {
        let forgotten = Throttle { arrival: self.now, failures: 0 };
        Ok(throttles::store(tx, self.policy, &self.subject, forgotten).await?)
    }
}

/// Forgets the failures of an account, as a new password does.
///
/// # Errors
/// Database errors.
pub async fn forgive(tx: &Tx, mail: &str) -> Result<(), Error> {
    let guess = Guess::at_sign_in(mail, tx.at());
    throttles::lock(tx, guess.policy, &guess.subject).await?;
    guess.was_right(tx).await
}

fn fingerprint(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
