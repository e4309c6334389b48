//! What a test or a person may do to EXTREME from its own side: in-process by [`Control`], over HTTP under `/control`.

mod http;
mod merge;

use std::sync::Arc;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use self::http::routes;
use crate::clock::Clock;
use crate::config::Settings;
use crate::corrections::{self, Correction};
use crate::extreme::Extreme;
use crate::faults::{Fault, InForce};
use crate::holds::{self, Claim, Hold};
use crate::http::{Counts, Past};
use crate::movement;
use crate::problem::Problem;
use crate::store::{self, Record, Shelf};
use crate::stream::Stream;

/// How many records a merge moves.
const MOST_MOVED: usize = 10_000;

/// Why something is not done.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
    #[error("there is no such record")]
    NotFound,
    /// With the code of the problem that a caller of the contract would get.
    #[error("it is refused: {0}")]
    Refused(&'static str),
    #[error("the store has a fault, which is on the standard error")]
    Store,
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        match problem.status.as_u16() {
            404 => Self::NotFound,
            500.. => Self::Store,
            _ => Self::Refused(problem.code),
        }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Problem::from(error).into()
    }
}

/// What a person in EXTREME says to a wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum Decision {
    Accepted,
    Refused { reason: String },
}

/// The levers of one simulator; clones have the same.
#[derive(Clone)]
pub struct Control(Arc<Extreme>);

impl Control {
    pub(crate) fn of(extreme: Arc<Extreme>) -> Self {
        Self(extreme)
    }

    /// The clock, to be turned.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub fn settings(&self) -> Settings {
        self.0.settings()
    }

    pub fn set(&self, settings: Settings) {
        self.0.set(settings);
    }

    /// Puts a fault in force and says its id.
    pub fn add_fault(&self, fault: Fault) -> u64 {
        self.0.faults.add(fault)
    }

    pub fn clear_fault(&self, id: u64) -> Result<(), Error> {
        if self.0.faults.clear(id) { Ok(()) } else { Err(Error::NotFound) }
    }

    pub fn clear_faults(&self) {
        self.0.faults.clear_all();
    }

    pub fn faults(&self) -> Vec<InForce> {
        self.0.faults.all()
    }

    /// What was asked since the beginning or the last reset.
    pub fn counts(&self) -> Counts {
        self.0.requests.counts()
    }

    /// The last requests, the last first.
    pub fn last_requests(&self, limit: usize) -> Vec<Past> {
        self.0.requests.last(limit)
    }

    pub fn reset_counts(&self) {
        self.0.requests.reset();
    }

    /// Makes all tokens worthless.
    pub fn forget_tokens(&self) {
        self.0.access.forget_tokens();
    }

    /// Lets the shop move so many steps on.
    pub fn advance(&self, steps: u32) -> Result<(), Error> {
        self.0.end_holds(self.0.clock.now())?;
        Ok(movement::advance(&self.0, steps)?)
    }

    /// The record as it is.
    pub fn record(&self, stream: Stream, key: &str) -> Result<Record, Error> {
        self.0.store.read()?.get(stream, key)?.ok_or(Error::NotFound)
    }

    /// The keys of a stream, the first of them in their order.
    pub fn keys(&self, stream: Stream, limit: usize) -> Result<Vec<String>, Error> {
        let page = self.0.store.read()?.revisions(stream, None, limit)?;
        Ok(page.items.into_iter().map(|(key, _)| key).collect())
    }

    /// How many records a stream has.
    pub fn count(&self, stream: Stream) -> Result<u64, Error> {
        Ok(self.0.store.read()?.count(stream)?)
    }

    /// Makes or replaces a record, whatever is in it, and says its revision.
    pub fn put(&self, stream: Stream, key: &str, record: Record) -> Result<u64, Error> {
        let writing = self.0.store.write()?;
        let revision = writing.put(stream, key, record, self.0.clock.now())?;
        writing.commit()?;
        Ok(revision)
    }

    /// Changes some members of a record, `null` empties one, and says its revision.
    pub fn edit(&self, stream: Stream, key: &str, patch: &Value) -> Result<u64, Error> {
        let writing = self.0.store.write()?;
        let mut record = Value::Object(writing.get(stream, key)?.ok_or(Error::NotFound)?);
        merge::patch(&mut record, patch);
        let Value::Object(record) = record else { return Err(Error::Refused("body.unreadable")) };
        let revision = writing.put(stream, key, record, self.0.clock.now())?;
        writing.commit()?;
        Ok(revision)
    }

    /// Leaves a tombstone in a record's place.
    pub fn delete(&self, stream: Stream, key: &str) -> Result<(), Error> {
        let writing = self.0.store.write()?;
        if !writing.remove(stream, key, None, self.0.clock.now())? {
            return Err(Error::NotFound);
        }
        Ok(writing.commit()?)
    }

    /// Makes two customers one: what the first had is the second's from then on.
    pub fn merge_customers(&self, from: &str, into: &str) -> Result<(), Error> {
        let now = self.0.clock.now();
        let writing = self.0.store.write()?;
        if from == into || writing.get(Stream::Customers, into)?.is_none() {
            return Err(Error::NotFound);
        }
        if !writing.remove(Stream::Customers, from, Some(into), now)? {
            return Err(Error::NotFound);
        }
        for stream in [Stream::Purchases, Stream::MaintenanceRecords, Stream::Inspections] {
            for key in writing.found(stream, from, MOST_MOVED)? {
                writing.change(stream, &key, now, [("customer_code", json!(into))])?;
            }
        }
        Ok(writing.commit()?)
    }

    /// Holds a car from EXTREME's own side; says the hold's id.
    pub fn place_hold(&self, stock_number: &str, staff_code: &str, hours: u32) -> Result<String, Error> {
        let now = self.0.clock.now();
        self.0.end_holds(now)?;
        let writing = self.0.store.write()?;
        let staff = writing.get(Stream::Staff, staff_code)?.ok_or(Error::NotFound)?;
        let store_code = staff.get("store_code").and_then(Value::as_str).unwrap_or_default();
        let claim = Claim {
            stock_number: stock_number.to_owned(),
            staff_code: staff_code.to_owned(),
            store_code: store_code.to_owned(),
            expires_at: now + TimeDelta::hours(hours.into()),
            reference: None,
            customer_code: None,
        };
        let hold = holds::place(&writing, claim, now, self.settings().hold_hours)?;
        writing.commit()?;
        Ok(hold.hold_id)
    }

    /// Ends a hold from EXTREME's own side.
    pub fn release_hold(&self, hold_id: &str) -> Result<(), Error> {
        let now = self.0.clock.now();
        let writing = self.0.store.write()?;
        let hold: Hold = writing.paper(Shelf::Holds, hold_id)?.ok_or(Error::NotFound)?;
        if hold.state == holds::State::Held {
            holds::end(&writing, hold, holds::State::Released, now, now)?;
        }
        Ok(writing.commit()?)
    }

    /// Decides a wish.
    pub fn decide(&self, correction_number: &str, decision: &Decision) -> Result<(), Error> {
        let now = self.0.clock.now();
        let writing = self.0.store.write()?;
        let correction: Correction = writing.paper(Shelf::Corrections, correction_number)?.ok_or(Error::NotFound)?;
        match decision {
            Decision::Accepted => corrections::accept(&writing, correction, now)?,
            Decision::Refused { reason } => corrections::refuse(&writing, correction, reason, now)?,
        };
        Ok(writing.commit()?)
    }
}
