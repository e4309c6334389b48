//! EXTREME itself: the store with everything around it that a request or the control endpoint reaches.

use std::sync::Mutex;

use crate::access::Access;
use crate::clock::{Clock, Time};
use crate::config::{Config, Settings};
use crate::faults::Faults;
use crate::http::{Limiter, Requests};
use crate::pictures::Gallery;
use crate::problem::Problem;
use crate::store::Store;
use crate::{holds, locked, seed, store};

/// The one state that all threads share.
pub struct Extreme {
    pub store: Store,
    pub clock: Clock,
    pub access: Access,
    pub faults: Faults,
    pub limiter: Limiter,
    pub requests: Requests,
    pub gallery: Gallery,
    /// Whether `/control` is served.
    pub control: bool,
    settings: Mutex<Settings>,
}

impl Extreme {
    /// Opens the store and lays the seed where it is empty.
    ///
    /// # Errors
    /// What the store says.
    pub fn open(config: &Config) -> Result<Self, store::Error> {
        let store = Store::open(&config.store)?;
        let clock = Clock::new(config.pace);
        seed::lay(&store, &config.seed, clock.now())?;
        Ok(Self {
            store,
            clock,
            access: Access::new(config.credentials.clone()),
            faults: Faults::default(),
            limiter: Limiter::default(),
            requests: Requests::default(),
            gallery: Gallery::default(),
            control: config.control,
            settings: Mutex::new(config.settings),
        })
    }

    pub fn settings(&self) -> Settings {
        *locked(&self.settings)
    }

    pub fn set(&self, settings: Settings) {
        *locked(&self.settings) = settings;
    }

    /// Ends the holds whose time is over. Every request begins with it, so that nobody sees one that should not be.
    ///
    /// # Errors
    /// What the store says.
    pub fn end_holds(&self, now: Time) -> Result<(), Problem> {
        if !self.store.read()?.has_ending(now)? {
            return Ok(());
        }
        let writing = self.store.write()?;
        holds::expire(&writing, now)?;
        Ok(writing.commit()?)
    }
}
