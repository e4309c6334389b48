//! What the client has to know of an installation.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use noren_domain::Timestamp;
use secrecy::SecretString;

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// Now, to the microsecond.
    fn now(&self) -> Timestamp;

    /// Time that has passed since some instant in the past; it never runs back.
    fn elapsed(&self) -> Duration;
}

/// By what EXTREME knows this caller.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// OAuth 2.0 client credentials.
    Client { id: String, secret: SecretString },
    /// A key that does not change.
    Key(SecretString),
}

/// One installation of EXTREME.
#[derive(Clone)]
pub struct Settings {
    /// Such as `https://extreme.example.jp/extreme/v1`, without a slash at the end.
    pub base_url: String,
    pub credentials: Credentials,
    /// An authority of the house's own, in PEM, beside those that the machine trusts.
    pub authority_pem: Option<Vec<u8>>,
    pub clock: Arc<dyn Clock>,
    /// How many requests may be on their way at once.
    pub at_once: usize,
    /// How many requests may be made in a minute.
    pub per_minute: NonZeroU32,
    pub patience: Patience,
}

/// How long may be waited for what.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    pub connect: Duration,
    /// A read with the customer beside one, tries and waiting included.
    pub live: Duration,
    /// A page of a stream.
    pub page: Duration,
    /// What is pushed.
    pub push: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connect: seconds(2), live: Duration::from_millis(800), page: seconds(30), push: seconds(10) }
    }
}
