//! The shop moves on: cars arrive, become cheaper, are sold and delivered; customers come and have their cars looked after. One step is
//! about an hour of business, and what it brings follows from the seed and the step's number.

mod customers;
mod deals;
mod stock;

use serde::Serialize;
use serde_json::Value;

use crate::clock::Time;
use crate::extreme::Extreme;
use crate::known::STORES;
use crate::problem::Problem;
use crate::random::Random;
use crate::seed::{self, Dealer, Seed};
use crate::store::{Record, Shelf, Writing};
use crate::stream::Stream;

/// Counts the steps.
const STEPS: &str = "movement";

/// How many records one is picked from.
const CHOICE: usize = 50;

/// Moves so many steps on.
///
/// # Errors
/// What the store says; a step is done wholly or not at all.
pub fn advance(extreme: &Extreme, steps: u32) -> Result<(), Problem> {
    let seed = seed::of(&extreme.store)?.unwrap_or_else(Seed::small);
    let dealer = Dealer::of(&seed);
    for _ in 0..steps {
        let writing = extreme.store.write()?;
        let number = writing.number(STEPS)?;
        let random = Random::of(seed.seed, "movement", number);
        Step { writing: &writing, seed: &seed, dealer: &dealer, now: extreme.clock.now(), random }.go()?;
        writing.commit()?;
    }
    Ok(())
}

/// One step.
struct Step<'a> {
    writing: &'a Writing,
    seed: &'a Seed,
    dealer: &'a Dealer,
    now: Time,
    random: Random,
}

impl Step<'_> {
    fn go(&mut self) -> Result<(), Problem> {
        if self.random.chance(50) {
            self.arrive()?;
        }
        for (from, to) in stock::WAYS {
            if self.random.chance(60) {
                self.move_on(from, to)?;
            }
        }
        if self.random.chance(40) {
            self.cut_a_price()?;
        }
        if self.random.chance(35) {
            self.meet_a_customer()?;
        }
        if self.random.chance(35) {
            self.sell()?;
        }
        if self.random.chance(70) {
            self.look_after_a_car()?;
        }
        Ok(())
    }

    /// One of the cars of a status.
    fn any_of(&mut self, status: &str) -> Result<Option<Record>, Problem> {
        let keys = self.writing.found(Stream::Vehicles, status, CHOICE)?;
        if keys.is_empty() {
            return Ok(None);
        }
        let key = &keys[self.random.index(keys.len())];
        Ok(self.writing.get(Stream::Vehicles, key)?)
    }

    fn put(&self, stream: Stream, key: &str, record: &impl Serialize) -> Result<(), Problem> {
        let record = serde_json::from_value(serde_json::to_value(record)?)?;
        self.writing.put(stream, key, record, self.now)?;
        Ok(())
    }

    fn change<const N: usize>(
        &self,
        stream: Stream,
        key: &str,
        members: [(&'static str, Value); N],
    ) -> Result<(), Problem> {
        self.writing.change(stream, key, self.now, members)?;
        Ok(())
    }

    /// A store, and somebody who sells there.
    fn counter(&mut self) -> Result<(String, String), Problem> {
        let stores: Vec<String> = self.writing.paper(Shelf::About, STORES)?.unwrap_or_default();
        let store = self.dealer.store(&mut self.random);
        let code = stores.get(store).cloned().unwrap_or_default();
        Ok((code, self.dealer.seller(store, &mut self.random)))
    }
}

/// A text member of a record; empty where there is none.
fn text<'a>(record: &'a Record, member: &str) -> &'a str {
    record.get(member).and_then(Value::as_str).unwrap_or_default()
}

fn yen(record: &Record, member: &str) -> i64 {
    record.get(member).and_then(Value::as_i64).unwrap_or_default()
}
