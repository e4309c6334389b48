//! Quotas of callers, kept in this process (sign-in attempts are counted in the database instead).

use std::num::NonZeroU32;
use std::sync::Arc;

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use governor::middleware::StateInformationMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use noren_domain::FormId;
use noren_domain::viewer::Principal;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::clock::Clock;
use crate::{Error, config};

type Keyed = RateLimiter<Uuid, DashMapStateStore<Uuid>, Ticks, StateInformationMiddleware>;

/// Our clock as the quotas read it.
#[derive(Clone)]
struct Ticks(Arc<dyn Clock>);

impl governor::clock::Clock for Ticks {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(self.0.elapsed())
    }
}

/// The quotas of one process.
pub struct Limits {
    staff: Policy,
    api_client: Policy,
    search: Policy,
    upload: Policy,
    report: Policy,
    page: Policy,
    /// What one address sends to one form, in a minute and in an hour.
    submission: [Policy; 2],
    /// What all together send to one form, and how much of it looks like people.
    form: Policy,
    quiet: Policy,
}

struct Policy {
    name: &'static str,
    per_window: u32,
    window_seconds: u32,
    limiter: Keyed,
    clock: Ticks,
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
    pub fn new(limits: &config::Limits, clock: &Arc<dyn Clock>) -> Self {
        let policy = |name, count, window, burst| Policy::new(name, count, (window, burst), clock);
        let minute = |name, count: u32| policy(name, count, 60, count / 6);
        Self {
            staff: minute("staff", limits.staff_per_minute),
            api_client: minute("api_client", limits.api_client_per_minute),
            search: policy("search", limits.search_per_second, 1, limits.search_per_second),
            upload: policy("upload", 60, 60, 60),
            report: policy("report", 10, 60, 10),
            page: policy("public_page", 120, 60, 120),
            submission: [policy("public_form", 10, 60, 10), policy("public_form", 60, 3_600, 60)],
            form: policy("public_form", 120, 60, 120),
            quiet: policy("public_form", 60, 60, 60),
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

    /// Counts a file that is sent.
    ///
    /// # Errors
    /// `RateLimited` when the quota is spent.
    pub fn admit_upload(&self, caller: Uuid) -> Result<(), Error> {
        self.upload.admit(caller).map(|_| ())
    }

    /// Counts a browser's report.
    ///
    /// # Errors
    /// `RateLimited` when the quota of the address is spent.
    pub fn admit_report(&self, address: &str) -> Result<(), Error> {
        self.report.admit(hashed(address)).map(|_| ())
    }

    /// Counts a page that the public opens.
    ///
    /// # Errors
    /// `RateLimited` when the quota of the address is spent.
    pub fn admit_page(&self, address: &str) -> Result<(), Error> {
        self.page.admit(hashed(address)).map(|_| ())
    }

    /// Counts a submission; whether the form is as quiet as people leave it.
    ///
    /// # Errors
    /// `RateLimited` when the quota of the address, or of all together, is spent.
    pub fn admit_submission(&self, address: &str, form: FormId) -> Result<bool, Error> {
        let sender = hashed(&format!("{address} {form}"));
        for policy in &self.submission {
            policy.admit(sender)?;
        }
        self.form.admit(form.0)?;
        Ok(self.quiet.admit(form.0).is_ok())
    }

    /// Forgets callers whose quota is whole again.
    pub fn shrink(&self) {
        let [of_minute, of_hour] = &self.submission;
        let all = [
            &self.staff,
            &self.api_client,
            &self.search,
            &self.upload,
            &self.report,
            &self.page,
            of_minute,
            of_hour,
            &self.form,
            &self.quiet,
        ];
        for policy in all {
            policy.limiter.retain_recent();
            policy.limiter.shrink_to_fit();
        }
    }
}

/// Addresses are not kept, not even in memory.
fn hashed(text: &str) -> Uuid {
    let mut key = [0; 16];
    key.copy_from_slice(&Sha256::digest(text.as_bytes())[..16]);
    Uuid::from_bytes(key)
}

impl Policy {
    /// `window_seconds` is a second, a minute or an hour.
    fn new(name: &'static str, per_window: u32, (window_seconds, burst): (u32, u32), clock: &Arc<dyn Clock>) -> Self {
        let at_least_one = |count: u32| NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
        let rate = match window_seconds {
            1 => Quota::per_second(at_least_one(per_window)),
            60 => Quota::per_minute(at_least_one(per_window)),
            _ => Quota::per_hour(at_least_one(per_window)),
        };
        let clock = Ticks(Arc::clone(clock));
        let limiter = RateLimiter::dashmap_with_clock(rate.allow_burst(at_least_one(burst)), clock.clone());
        Self { name, per_window, window_seconds, limiter: limiter.with_middleware(), clock }
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
                let wait = until.wait_time_from(governor::clock::Clock::now(&self.clock)).as_secs() + 1;
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
