//! EXTREME, as the server knows it: the gateway where one is configured, and the worker that keeps the copies.

mod compare;
mod corrections;
pub(crate) mod origin;
mod streams;
mod sync;

use std::sync::Arc;
use std::time::Duration;

use noren_domain::Timestamp;
use noren_extreme::{Extreme, Gateway, Patience, Settings};
use rand::RngExt;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::clock::Clock;
use crate::config;

pub use compare::compare_all;
pub use corrections::follow as follow_corrections;
pub use sync::{read_all, run};

/// The way to EXTREME.
pub struct Link {
    pub gateway: Arc<dyn Gateway>,
    /// Who this process is when it takes the lease of a stream.
    pub reader: Uuid,
    /// Held by whoever makes a round in this process.
    pub(crate) round: Mutex<()>,
    /// When EXTREME was asked last how it is.
    pub(crate) greeted_at: std::sync::Mutex<Option<Timestamp>>,
    /// How long to wait between two rounds; zero where none is made by itself.
    pub pause: Duration,
}

/// Why there is no way, though one is configured.
#[derive(Debug, thiserror::Error)]
pub enum NoLink {
    #[error("extreme_authority: {0}")]
    Authority(#[from] std::io::Error),
    #[error("extreme_url: no client can be made for it")]
    Client,
}

impl Link {
    /// Connects to nothing yet.
    ///
    /// # Errors
    /// When the house's own certificates cannot be read.
    pub fn open(config: &config::Extreme, clock: &Arc<dyn Clock>) -> Result<Self, NoLink> {
        let authority_pem = config.authority.as_deref().map(std::fs::read).transpose()?;
        let settings = Settings {
            base_url: config.url.clone(),
            credentials: config.credentials.clone(),
            authority_pem,
            clock: Arc::new(SameClock(Arc::clone(clock))),
            at_once: config.concurrent,
            per_minute: config.per_minute,
            patience: Patience { page: Duration::from_secs(config.page_seconds), ..Patience::default() },
        };
        // The client takes the process's cryptography; where somebody has installed one before, that is the same.
        drop(rustls::crypto::ring::default_provider().install_default());
        let gateway = Extreme::new(settings).map_err(|_| NoLink::Client)?;
        let pause = Duration::from_secs(config.seconds);
        Ok(Self {
            gateway: Arc::new(gateway),
            reader: Uuid::from_u128(rand::rng().random()),
            round: Mutex::new(()),
            greeted_at: std::sync::Mutex::default(),
            pause,
        })
    }
}

/// The server's clock, as the adapter asks for it.
struct SameClock(Arc<dyn Clock>);

impl noren_extreme::Clock for SameClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
