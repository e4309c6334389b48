//! What was asked, for tests that want to know how often, and for the page.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use crate::clock::Time;
use crate::locked;

/// How many requests the page can look back on.
const REMEMBERED: usize = 100;

/// The counts since the beginning or the last reset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// By operation and outcome: a status, or `closed` where the connection was closed without a whole answer.
    pub operations: BTreeMap<String, BTreeMap<String, u64>>,
    /// How many effects each idempotency key had: more than one is a fault of ours.
    pub effects: BTreeMap<String, u64>,
    /// How often a first answer was given again.
    pub replays: BTreeMap<String, u64>,
}

impl Counts {
    /// How often an operation had that outcome.
    pub fn of(&self, operation: &str, outcome: &str) -> u64 {
        self.operations.get(operation).and_then(|outcomes| outcomes.get(outcome)).copied().unwrap_or_default()
    }
}

/// One request that was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    pub at: Time,
    pub operation: String,
    pub path: String,
    pub outcome: String,
}

/// Remembers requests.
#[derive(Default)]
pub struct Requests(Mutex<Memory>);

#[derive(Default)]
struct Memory {
    counts: Counts,
    last: VecDeque<Past>,
}

impl Requests {
    pub fn note(&self, past: Past) {
        let mut memory = locked(&self.0);
        let outcomes = memory.counts.operations.entry(past.operation.clone()).or_default();
        *outcomes.entry(past.outcome.clone()).or_default() += 1;
        memory.last.push_front(past);
        memory.last.truncate(REMEMBERED);
    }

    pub fn note_effect(&self, key: &str) {
        *locked(&self.0).counts.effects.entry(key.to_owned()).or_default() += 1;
    }

    pub fn note_replay(&self, key: &str) {
        *locked(&self.0).counts.replays.entry(key.to_owned()).or_default() += 1;
    }

    pub fn counts(&self) -> Counts {
        locked(&self.0).counts.clone()
    }

    /// The last requests, the last first.
    pub fn last(&self, limit: usize) -> Vec<Past> {
        locked(&self.0).last.iter().take(limit).cloned().collect()
    }

    pub fn reset(&self) {
        *locked(&self.0) = Memory::default();
    }
}
