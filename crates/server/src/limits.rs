//! Quotas of callers, kept in this process (sign-in attempts are counted in the database instead).

use std::num::NonZeroU32;

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use noren_domain::viewer::Principal;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::Error;
use crate::config;

type Keyed = RateLimiter<Uuid, DashMapStateStore<Uuid>, DefaultClock, StateInformationMiddleware>;

/// The quotas of one process.
pub struct Limits {
    staff: Policy,
    api_client: Policy,
    search: Policy,
    report: Policy,
}

struct Policy {
    name: &'static str,
    per_window: u32,
    window_seconds: u32,
    limiter: Keyed,
    clock: DefaultClock,
}

/// What is left of a quota, as the RateLimit header fields say it (draft of 2025-09).
#[derive(Clone)]
pub struct Remaining {
    policy: &'static str,
    per_window: u32,
    window_seconds: u32,
    left: u32,
}

impl Limits {
    #[must_use]
    pub fn new(limits: &config::Limits) -> Self {
        let minute = |name, count: u32| Policy::new(name, count, 60, count / 6);
        Self {
            staff: minute("staff", limits.staff_per_minute),
            api_client: minute("api_client", limits.api_client_per_minute),
            search: Policy::new("search", limits.search_per_second, 1, limits.search_per_second),
            report: Policy::new("report", 10, 60, 10),
        }
    }

    /// Counts a request of a session or a key.
    ///
    /// # Errors
    /// `RateLimited` when the quota is spent.
    pub fn admit(&self, principal: Principal, caller: Uuid) -> Result<Remaining, Error> {
        match principal {
            Principal::Staff(_) => self.staff.admit(caller),
            Principal::ApiClient(_) => self.api_client.admit(caller),
        }
    }

    /// Counts a search.
    ///
    /// # Errors
    /// `RateLimited` when the quota is spent.
    pub fn admit_search(&self, caller: Uuid) -> Result<(), Error> {
        self.search.admit(caller).map(|_| ())
    }

    /// Counts a browser's report.
    ///
    /// # Errors
    /// `RateLimited` when the quota of the address is spent.
    pub fn admit_report(&self, address: &str) -> Result<(), Error> {
        let mut key = [0; 16];
        key.copy_from_slice(&Sha256::digest(address.as_bytes())[..16]);
        self.report.admit(Uuid::from_bytes(key)).map(|_| ())
    }

    /// Forgets callers whose quota is whole again.
    pub fn shrink(&self) {
        for policy in [&self.staff, &self.api_client, &self.search, &self.report] {
            policy.limiter.retain_recent();
            policy.limiter.shrink_to_fit();
        }
    }
}

impl Policy {
    fn new(name: &'static str, per_window: u32, window_seconds: u32, burst: u32) -> Self {
        let at_least_one = |count: u32| NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
        let per_second = Quota::per_second(at_least_one(per_window));
        let per_minute = Quota::per_minute(at_least_one(per_window));
        let rate = if window_seconds == 1 { per_second } else { per_minute };
        let limiter = RateLimiter::dashmap(rate.allow_burst(at_least_one(burst))).with_middleware();
        Self { name, per_window, window_seconds, limiter, clock: DefaultClock::default() }
    }

    fn admit(&self, caller: Uuid) -> Result<Remaining, Error> {
        match self.limiter.check_key(&caller) {
            Ok(state) => Ok(Remaining {
                policy: self.name,
                per_window: self.per_window,
                window_seconds: self.window_seconds,
                left: state.remaining_burst_capacity(),
            }),
            Err(until) => {
                metrics::counter!("noren_rate_limited_total", "policy" => self.name).increment(1);
                let wait = until.wait_time_from(self.clock.now()).as_secs() + 1;
                Err(Error::RateLimited { policy: self.name, retry_after: i64::try_from(wait).unwrap_or(i64::MAX) })
            }
        }
    }
}

impl Remaining {
    pub fn write(&self, headers: &mut HeaderMap) {
        let Self { policy, per_window, window_seconds, left } = self;
        let fields = [
            ("ratelimit-policy", format!("\"{policy}\";q={per_window};w={window_seconds}")),
            ("ratelimit", format!("\"{policy}\";r={left};t={window_seconds}")),
        ];
        for (name, value) in fields {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}
