//! One call: a turn, a permit of the breaker, who asks, the deadline, a second try where that is safe, and what is counted.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use metrics::{gauge, histogram};
use noren_domain::sync::Revision;
use rand::RngExt;
use reqwest::{Client, Method, RequestBuilder};
use tokio::time::{Instant, sleep, timeout};

use crate::access::Access;
use crate::answer::{self, Answer};
use crate::breaker::{Breaker, BreakerState, Era, Permit};
use crate::budget::Budget;
use crate::pulse::Times;
use crate::rest::Rest;
use crate::settings::Settings;
use crate::{Cause, Error, Pulse};

/// How often one request may be tried again inside of one call.
const RETRIES: u32 = 2;
/// The longest wait before the first of them; it doubles.
const FIRST_WAIT: Duration = Duration::from_millis(50);

/// The header of a read that is to say nothing where nothing is new.
const IF_NONE_MATCH: &str = "if-none-match";

/// What is asked.
pub struct Ask {
    /// As the contract names it.
    pub operation: &'static str,
    pub method: Method,
    /// Below the base URL, encoded.
    pub path: String,
    pub patience: Duration,
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: Option<Vec<u8>>,
}

impl Ask {
    pub fn get(operation: &'static str, path: String, patience: Duration) -> Self {
        Self { operation, method: Method::GET, path, patience, headers: Vec::new(), body: None }
    }

    /// The same with a header, in the place of what stood there.
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value));
        self
    }

    /// The same, unless it is in this state.
    pub fn known(self, revision: Option<Revision>) -> Self {
        match revision {
            Some(revision) => self.with(IF_NONE_MATCH, format!("\"{revision}\"")),
            None => self,
        }
    }

    pub fn is_conditional(&self) -> bool {
        self.headers.iter().any(|(name, _)| *name == IF_NONE_MATCH)
    }

    /// What is asked, and on which condition.
    pub fn name(&self) -> String {
        let conditions = self.headers.iter().map(|(_, value)| value.as_str());
        std::iter::once(self.path.as_str()).chain(conditions).collect::<Vec<_>>().join(" ")
    }

    /// Whether the same thing can be asked twice without doing anything twice.
    fn is_safe(&self) -> bool {
        self.method == Method::GET
            || self.method == Method::DELETE
            || self.headers.iter().any(|(name, _)| *name == "idempotency-key")
    }
}

/// What makes calls to one installation.
pub struct Caller {
    client: Client,
    settings: Settings,
    access: Access,
    budget: Budget,
    breaker: Mutex<Breaker>,
    rest: Rest,
    times: Times,
}

impl Caller {
    pub fn new(client: Client, settings: Settings) -> Self {
        let access = Access::new(settings.credentials.clone());
        let budget = Budget::new(settings.at_once, settings.per_minute);
        Self {
            client,
            settings,
            access,
            budget,
            breaker: Mutex::default(),
            rest: Rest::default(),
            times: Times::default(),
        }
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    fn breaker(&self) -> BreakerState {
        self.lock().state(self.settings.clock.elapsed())
    }

    pub fn pulse(&self) -> Pulse {
        self.times.pulse(self.breaker())
    }

    /// Makes the call within its patience, waiting and further tries included. An answer that cannot be read is a fault like any other.
    pub async fn make<T>(&self, ask: &Ask, read: impl Fn(&Answer) -> Result<T, Error>) -> Result<T, Error> {
        let began = self.settings.clock.elapsed();
        self.rest.check(began)?;
        let era = match self.lock().ask(began) {
            Permit::Go(era) => era,
            Permit::Wait(until) => return Err(Error::Open { until }),
        };
        // Whoever stops waiting for the answer gives the turn of the half-open breaker back.
        let mut given_up = GivenUp { caller: self, era, is_true: true };
        let outcome = match timeout(ask.patience, self.tries(ask, read)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Error::transient(Cause::Timeout)),
        };
        given_up.is_true = false;
        self.note(ask.operation, (began, era), outcome.as_ref().err());
        outcome
    }

    /// Tries again where that is safe, paid for and of use: not where EXTREME asks to wait for longer than the caller does.
    async fn tries<T>(&self, ask: &Ask, read: impl Fn(&Answer) -> Result<T, Error>) -> Result<T, Error> {
        let until = Instant::now() + ask.patience;
        let mut tried = 0;
        loop {
            let outcome = self.once(ask).await.and_then(|answer| read(&answer));
            let Err(error) = &outcome else { return outcome };
            tried += 1;
            let wait = pause(error, tried);
            let is_of_use = error.is_worth_another_try() && Instant::now() + wait < until;
            if !ask.is_safe() || tried > RETRIES || !is_of_use || !self.budget.pays_for_a_retry() {
                return outcome;
            }
            sleep(wait).await;
        }
    }

    /// One try. A token that EXTREME does not take any more is renewed once.
    async fn once(&self, ask: &Ask) -> Result<Answer, Error> {
        let _turn = self.budget.turn().await.ok_or(Error::transient(Cause::Connection))?;
        let answer = answer::read(self.request(ask).await?).await?;
        let answer = if answer.status == 401 && self.access.forget().await {
            answer::read(self.request(ask).await?).await?
        } else {
            answer
        };
        match answer.status {
            429 | 500.. => Err(answer.fault()),
            _ => Ok(answer),
        }
    }

    async fn request(&self, ask: &Ask) -> Result<RequestBuilder, Error> {
        let mut request = self.client.request(ask.method.clone(), self.url(&ask.path));
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        if let Some(body) = &ask.body {
            request = request.body(body.clone());
        }
        let for_token = self.client.post(self.url("/oauth/token"));
        self.access.show(request, for_token, self.settings.clock.elapsed()).await
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.settings.base_url)
    }

    fn note(&self, operation: &'static str, (began, era): (Duration, Era), error: Option<&Error>) {
        let now = self.settings.clock.elapsed();
        let failed = error.is_some_and(Error::is_fault);
        if let Some(error) = error {
            self.rest.note(now, error);
        }
        let state = {
            let mut breaker = self.lock();
            let before = breaker.state(now);
            breaker.note(now, era, failed);
            let state = breaker.state(now);
            if before != state {
                tracing::warn!(?before, ?state, "the breaker of EXTREME has moved");
            }
            state
        };
        let outcome = error.map_or_else(|| "ok".to_owned(), Error::code);
        let took = now.saturating_sub(began);
        if error.is_none() {
            self.times.note(took);
        }
        let took = took.as_secs_f64();
        histogram!("noren_extreme_request_seconds", "operation" => operation, "outcome" => outcome).record(took);
        gauge!("noren_extreme_breaker_state").set(match state {
            BreakerState::Closed => 0.0,
            BreakerState::HalfOpen => 1.0,
            BreakerState::Open => 2.0,
        });
    }

    fn lock(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call that nobody waits for any more, until it is said that it has ended.
struct GivenUp<'a> {
    caller: &'a Caller,
    era: Era,
    is_true: bool,
}

impl Drop for GivenUp<'_> {
    fn drop(&mut self) {
        if self.is_true {
            self.caller.lock().forget(self.era);
        }
    }
}

/// What EXTREME asked for, or a little more at every try, with jitter so that callers do not come back together.
fn pause(error: &Error, tried: u32) -> Duration {
    if let Error::Transient { after: Some(after), .. } = error {
        return *after;
    }
    let longest = FIRST_WAIT * 2_u32.saturating_pow(tried);
    longest.mul_f64(rand::rng().random_range(0.5..1.0))
}
