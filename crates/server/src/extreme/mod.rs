//! EXTREME, as the server knows it: the gateway where one is configured, the worker that keeps the copies and agrees on staff, and what
//! people see and settle of it.

mod compare;
mod conflicts;
mod corrections;
mod intake;
pub(crate) mod live;
mod manual_entries;
mod once;
pub(crate) mod origin;
mod staff;
mod status;
mod streams;
mod sync;

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use noren_domain::Timestamp;
use noren_extreme::{Extreme, Gateway, Patience, Settings};
use rand::RngExt;
use tokio::sync::{Mutex, Notify};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::clock::Clock;
use crate::config;

pub use compare::compare_all;
pub use corrections::follow as follow_corrections;
pub use intake::{
    Intakes, is_upload, look as look_into_folder, run as take_files, take_all as take_all_files, watch as watch_folder,
};
pub use once::{Read, read_once};
pub use status::measure;
pub use sync::{read_all, run};

/// All operations on EXTREME.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(status::read_extreme_status)
        .service(status::read_extreme_freshness)
        .service(status::sync_extreme)
        .service(conflicts::list_extreme_conflicts)
        .service(conflicts::settle_extreme_conflict)
        .configure(intake::routes)
        .configure(manual_entries::routes);
}

/// The way to EXTREME.
pub struct Link {
    pub gateway: Arc<dyn Gateway>,
    /// Who this process is when it takes the lease of a stream.
    pub reader: Uuid,
    /// Held by whoever makes a round in this process.
    pub(crate) round: Mutex<()>,
    /// Told when somebody wants a round at once.
    pub(crate) wanted: Notify,
    /// What EXTREME said last when it was asked how it is.
    pub(crate) greeting: std::sync::Mutex<Option<Greeting>>,
    /// How long to wait between two rounds; zero where none is made by itself.
    pub pause: Duration,
}

/// What EXTREME says of itself.
#[derive(Clone, Debug)]
pub(crate) struct Greeting {
    pub at: Timestamp,
    pub version: String,
    /// How much its clock is ahead.
    pub skew_seconds: i64,
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
            wanted: Notify::new(),
            greeting: std::sync::Mutex::default(),
            pause,
        })
    }
}

impl Link {
    /// How much EXTREME's clock is ahead, once it has said what time it is there.
    pub(crate) fn skew(&self) -> Option<TimeDelta> {
        let greeting = self.greeting.lock().unwrap_or_else(PoisonError::into_inner);
        greeting.as_ref().map(|greeting| TimeDelta::seconds(greeting.skew_seconds))
    }

    /// Has a round begin at once, unless one is under way.
    pub(crate) fn hurry(&self) {
        if self.round.try_lock().is_ok() {
            self.wanted.notify_one();
        }
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
