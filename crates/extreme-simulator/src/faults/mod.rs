//! Faults on demand: what is in force, and which of it a request meets.

mod drawn;
mod kind;
mod mix;

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use actix_web::http::Method;
use serde::{Deserialize, Serialize};

pub use self::drawn::{Delivery, Drawn, Instead};
pub use self::kind::Kind;
pub use self::mix::{Mix, Page};
use crate::locked;
use crate::operations::Operation;
use crate::random::Random;
use crate::stream::Stream;

/// A fault, and when it happens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    #[serde(flatten)]
    pub kind: Kind,
    /// To which operations; to all where none is named.
    #[serde(default)]
    pub operations: Vec<String>,
    /// How often; until it is cleared where nothing is said.
    #[serde(default)]
    pub times: Option<u32>,
    /// How likely at each request, from 0 to 1; always where nothing is said.
    #[serde(default)]
    pub probability: Option<f64>,
    /// The seed of that chance and of the order of mixed pages.
    #[serde(default)]
    pub seed: u64,
}

impl Fault {
    /// A fault of every operation until it is cleared.
    pub fn new(kind: Kind) -> Self {
        Self { kind, operations: Vec::new(), times: None, probability: None, seed: 0 }
    }

    /// Of that operation alone.
    #[must_use]
    pub fn of(mut self, operation: &str) -> Self {
        self.operations.push(operation.to_owned());
        self
    }

    /// So often and no more.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// With a chance that repeats itself.
    #[must_use]
    pub fn sometimes(mut self, probability: f64, seed: u64) -> Self {
        self.probability = Some(probability);
        self.seed = seed;
        self
    }
}

/// A fault that is in force, or was: one that has happened its times stays to be seen until it is cleared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InForce {
    pub id: u64,
    #[serde(flatten)]
    pub fault: Fault,
    /// How often it has happened.
    pub happened: u32,
}

/// All faults.
#[derive(Default)]
pub struct Faults(Mutex<State>);

#[derive(Default)]
struct State {
    given: u64,
    faults: Vec<Armed>,
    last_pages: HashMap<Stream, LastPage>,
}

struct Armed {
    shown: InForce,
    random: Random,
    /// Until when an outage lasts.
    until: Option<Instant>,
}

/// The page that a stream gave last.
struct LastPage {
    after: Option<u64>,
    next: u64,
    was_repeated: bool,
}

impl Faults {
    /// Puts a fault in force and says its id.
    pub fn add(&self, fault: Fault) -> u64 {
        let mut state = locked(&self.0);
        state.given += 1;
        let id = state.given;
        let until = match fault.kind {
            Kind::Outage { seconds } => Some(Instant::now() + Duration::from_secs(seconds)),
            _ => None,
        };
        let random = Random::new(fault.seed);
        state.faults.push(Armed { shown: InForce { id, fault, happened: 0 }, random, until });
        id
    }

    /// Takes one away; `false` where it is not there.
    pub fn clear(&self, id: u64) -> bool {
        let mut state = locked(&self.0);
        let before = state.faults.len();
        state.faults.retain(|armed| armed.shown.id != id);
        state.faults.len() < before
    }

    pub fn clear_all(&self) {
        let mut state = locked(&self.0);
        state.faults.clear();
        state.last_pages.clear();
    }

    pub fn all(&self) -> Vec<InForce> {
        locked(&self.0).faults.iter().map(|armed| armed.shown.clone()).collect()
    }

    /// Whether nothing is answered at all.
    pub fn is_out(&self) -> bool {
        let now = Instant::now();
        locked(&self.0).faults.iter().any(|armed| armed.until.is_some_and(|until| now < until))
    }

    /// Draws what this request meets, and counts it.
    pub fn draw(&self, operation: &Operation) -> Drawn {
        let mut state = locked(&self.0);
        let met = state.faults.iter_mut().filter_map(|armed| armed.draw(operation));
        Drawn::new(met.collect())
    }

    /// Remembers which page a stream gave, for the one that comes again.
    pub fn keep_page(&self, stream: Stream, after: Option<u64>, next: u64) {
        let last = LastPage { after, next, was_repeated: false };
        locked(&self.0).last_pages.insert(stream, last);
    }

    /// After which position the page that led to `next` began, once; nothing where some other page came last.
    pub fn page_again(&self, stream: Stream, next: u64) -> Option<Option<u64>> {
        let mut state = locked(&self.0);
        let last = state.last_pages.get_mut(&stream)?;
        let again = last.next == next && !last.was_repeated;
        last.was_repeated |= again;
        again.then_some(last.after)
    }
}

impl Armed {
    fn draw(&mut self, operation: &Operation) -> Option<(Kind, u64)> {
        let InForce { fault, happened, .. } = &mut self.shown;
        let named = fault.operations.is_empty() || fault.operations.iter().any(|name| name == operation.id);
        let is_left = fault.times.is_none_or(|times| *happened < times);
        if !named || !is_left || !concerns(&fault.kind, operation) {
            return None;
        }
        let salt = self.random.next();
        // 53 bits are what a fraction holds exactly.
        let chance = fault.probability.is_none_or(|probability| fraction(salt) < probability);
        chance.then(|| {
            *happened += 1;
            (fault.kind.clone(), salt)
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
fn fraction(salt: u64) -> f64 {
    (salt >> 11) as f64 / (1_u64 << 53) as f64
}

fn concerns(kind: &Kind, operation: &Operation) -> bool {
    match kind {
        Kind::DuplicatedPages | Kind::OutOfOrderPages | Kind::StaleRevisions => operation.id.ends_with("_changes"),
        Kind::LostResponse => operation.method != Method::GET && operation.id != "issue_token",
        // An outage lasts for its time and is not counted.
        Kind::Outage { .. } => false,
        _ => true,
    }
}
