//! Quotas of callers, kept in this process (sign-in attempts are counted in the database instead).

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use governor::middleware::StateInformationMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use noren_domain::FormId;
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
    /// One for each number of requests in a minute that a key may have.
    api_clients: Mutex<HashMap<u32, Arc<Policy>>>,
    api_client_per_minute: u32,
    search: Policy,
    export: Policy,
    upload: Policy,
    report: Policy,
    page: Policy,
    /// What one address sends to one form, in a minute and in an hour.
    submission: [Policy; 2],
    /// What all together send to one form, and how much of it looks like people.
    form: Policy,
    quiet: Policy,
    clock: Arc<dyn Clock>,
}

struct Policy {
    name: &'static str,
    count: u32,
    window: u32,
    burst: u32,
    limiter: Keyed,
    clock: Ticks,
}

/// What is left of a quota, as the RateLimit header fields say it (draft of 2025-09).
#[derive(Clone, Copy, Debug)]
pub struct Remaining {
    pub policy: &'static str,
    /// So many requests in so many seconds.
    pub count: u32,
    pub window: u32,
    pub left: u32,
    /// Until all that can be asked at once is there again; where nothing is left, until the next request is admitted.
    pub seconds: u64,
}

impl Limits {
    #[must_use]
    pub fn new(limits: &config::Limits, clock: &Arc<dyn Clock>) -> Self {
        let policy = |name, count, window, burst| Policy::new(name, count, (window, burst), clock);
        Self {
            staff: Policy::of_minute("staff", limits.staff_per_minute, clock),
            api_clients: Mutex::default(),
            api_client_per_minute: limits.api_client_per_minute,
            search: policy("search", limits.search_per_second, 1, limits.search_per_second),
            export: policy("export", 10, 60, 10),
            upload: policy("upload", 60, 60, 60),
            report: policy("report", 10, 60, 10),
            page: policy("public_page", 120, 60, 120),
            submission: [policy("public_form", 10, 60, 10), policy("public_form", 60, 3_600, 60)],
            form: policy("public_form", 120, 60, 120),
            quiet: policy("public_form", 60, 60, 60),
            clock: Arc::clone(clock),
        }
    }

    /// Counts a request of a session.
    ///
    /// # Errors
    /// `RateLimited` when the quota is spent.
    pub fn admit_staff(&self, session: Uuid) -> Result<Remaining, Error> {
        self.staff.admit(session)
    }

    /// Counts a request of an integrator's key, which may have a number of its own.
    ///
    /// # Errors
    /// `RateLimited` when the quota is spent.
    pub fn admit_api_client(&self, key: Uuid, own: Option<u32>) -> Result<Remaining, Error> {
        let count = own.unwrap_or(self.api_client_per_minute);
        let mut policies = self.api_clients.lock().unwrap_or_else(PoisonError::into_inner);
        let made = || Arc::new(Policy::of_minute("api_client", count, &self.clock));
        let policy = Arc::clone(policies.entry(count).or_insert_with(made));
        drop(policies);
        policy.admit(key)
    }

    /// Counts a search.
    ///
    /// # Errors
    /// `RateLimited` when the quota is spent.
    pub fn admit_search(&self, caller: Uuid) -> Result<(), Error> {
        self.search.admit(caller).map(|_| ())
    }

    /// Counts an export.
    ///
    /// # Errors
    /// `RateLimited` when the quota is spent.
    pub fn admit_export(&self, caller: Uuid) -> Result<(), Error> {
        self.export.admit(caller).map(|_| ())
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
            &self.search,
            &self.export,
            &self.upload,
            &self.report,
            &self.page,
            of_minute,
            of_hour,
            &self.form,
            &self.quiet,
        ];
        for policy in all {
            policy.shrink();
        }
        // A number that no key has any more goes with its last caller.
        self.api_clients.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, policy| {
            policy.shrink();
            !policy.limiter.is_empty()
        });
    }
}

/// Addresses are not kept, not even in memory.
fn hashed(text: &str) -> Uuid {
    let mut key = [0; 16];
    key.copy_from_slice(&Sha256::digest(text.as_bytes())[..16]);
    Uuid::from_bytes(key)
}

impl Policy {
    /// What ten seconds bring may come at once.
    fn of_minute(name: &'static str, count: u32, clock: &Arc<dyn Clock>) -> Self {
        Self::new(name, count, (60, count / 6), clock)
    }

    /// `window` is a second, a minute or an hour.
    fn new(name: &'static str, count: u32, (window, burst): (u32, u32), clock: &Arc<dyn Clock>) -> Self {
        let at_least_one = |count: u32| NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
        let rate = match window {
            1 => Quota::per_second(at_least_one(count)),
            60 => Quota::per_minute(at_least_one(count)),
            _ => Quota::per_hour(at_least_one(count)),
        };
        let (clock, burst) = (Ticks(Arc::clone(clock)), at_least_one(burst));
        let limiter = RateLimiter::dashmap_with_clock(rate.allow_burst(burst), clock.clone());
        Self { name, count, window, burst: burst.get(), limiter: limiter.with_middleware(), clock }
    }

    fn admit(&self, caller: Uuid) -> Result<Remaining, Error> {
        let Self { name: policy, count, window, burst, .. } = *self;
        match self.limiter.check_key(&caller) {
            Ok(state) => {
                let left = state.remaining_burst_capacity();
                let used = u64::from(burst.saturating_sub(left));
                let seconds = (used * u64::from(window)).div_ceil(u64::from(count.max(1))).max(1);
                Ok(Remaining { policy, count, window, left, seconds })
            }
            Err(until) => {
                metrics::counter!("noren_rate_limited_total", "policy" => policy).increment(1);
                let wait = until.wait_time_from(governor::clock::Clock::now(&self.clock));
                let seconds = (wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).max(1);
                Err(Error::RateLimited(Remaining { policy, count, window, left: 0, seconds }))
            }
        }
    }

    fn shrink(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }
}

impl Remaining {
    /// Beside those of another quota, where one is spent already.
    pub fn write(&self, headers: &mut HeaderMap) {
        for (name, value) in self.fields() {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.append(HeaderName::from_static(name), value);
            }
        }
    }

    #[must_use]
    pub fn fields(&self) -> [(&'static str, String); 2] {
        let Self { policy, count, window, left, seconds } = self;
        [
            ("ratelimit-policy", format!("\"{policy}\";q={count};w={window}")),
            ("ratelimit", format!("\"{policy}\";r={left};t={seconds}")),
        ]
    }
}
