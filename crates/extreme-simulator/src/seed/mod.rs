//! What an empty store begins with: a dealer with three years of cars, customers and work, all made up. The same seed, sizes and day give
//! the same store to the last byte, however many there are; they are made one after the other and never all at once.

mod cars;
mod catalog;
mod dealer;
mod history;
mod layer;
mod life;
mod names;
pub mod offer;
pub mod people;
mod places;
mod plan;
pub mod records;
#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

pub use self::dealer::Dealer;
pub use self::history::{JOBS, stock_purchase};
use self::layer::Layer;
pub use self::life::{Life, after};
use self::plan::Plan;
use crate::clock::Time;
use crate::contracts::CUSTOMERS;
use crate::holds;
use crate::known::STORES;
use crate::random::Random;
use crate::store::{Error, Shelf, Store};
use crate::stream::Stream;

/// How many cars or customers are laid in one transaction.
const BATCH: u64 = 10_000;

/// Under which the seed of a store is kept.
const SEED: &str = "seed";

/// How large the dealer is, and by which chance it is made up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seed {
    pub seed: u64,
    /// Cars that were ever in stock; about one in seven still is.
    pub vehicles: u64,
    pub customers: u64,
    pub stores: usize,
    pub staff: usize,
}

impl Seed {
    /// The demo's dealer.
    pub fn demo() -> Self {
        Self { seed: 1, vehicles: 1_200, customers: 2_000, stores: 2, staff: 8 }
    }

    /// Enough for a test, made in a moment.
    pub fn small() -> Self {
        Self { seed: 1, vehicles: 60, customers: 80, stores: 2, staff: 8 }
    }
}

/// The seed that a store was laid with.
///
/// # Errors
/// What the store says.
pub fn of(store: &Store) -> Result<Option<Seed>, Error> {
    store.read()?.paper(Shelf::About, SEED)
}

/// Lays the seed in a store that has none, as everything stands `now`.
///
/// # Errors
/// What the store says.
pub fn lay(store: &Store, seed: &Seed, now: Time) -> Result<(), Error> {
    if of(store)?.is_some() {
        return Ok(());
    }
    if store.read()?.count(Stream::Staff)? > 0 {
        return Err(Error::HalfLaid);
    }
    let plan = Plan::of(seed, now);
    let mut layer = Layer::new(now);
    layer.batch(store, |laying| plan.lay_staff(laying))?;
    for mut batch in batches(seed.vehicles) {
        layer.batch(store, |laying| batch.try_for_each(|number| plan.lay_vehicle(laying, number)))?;
    }
    for mut batch in batches(seed.customers) {
        layer.batch(store, |laying| batch.try_for_each(|number| plan.lay_customer(laying, number)))?;
    }
    finish(store, &plan, &layer)
}

/// The numbers from 1 to `count`, some at a time.
fn batches(count: u64) -> impl Iterator<Item = RangeInclusive<u64>> {
    (0..count.div_ceil(BATCH)).map(move |batch| batch * BATCH + 1..=(batch * BATCH + BATCH).min(count))
}

/// Sets the counts to go on from, and places a few holds; only then the store counts as laid.
fn finish(store: &Store, plan: &Plan<'_>, layer: &Layer) -> Result<(), Error> {
    let writing = store.write()?;
    writing.put_paper(Shelf::About, STORES, &plan.dealer.stores)?;
    writing.count_on(CUSTOMERS, plan.seed.customers)?;
    for stream in Stream::ALL.into_iter().filter(|stream| *stream != Stream::Customers) {
        writing.count_on(stream.name(), layer.count(stream))?;
    }
    let mut random = Random::of(plan.seed.seed, "holds", 0);
    let wanted = usize::try_from(plan.seed.vehicles / 150).unwrap_or_default();
    for stock_number in writing.found(Stream::Vehicles, "listed", wanted)? {
        let store = plan.dealer.store(&mut random);
        let claim = holds::Claim {
            stock_number,
            staff_code: plan.dealer.seller(store, &mut random),
            store_code: plan.dealer.stores[store].clone(),
            expires_at: plan.now + chrono::TimeDelta::hours(random.between(5, 60)),
            reference: None,
            customer_code: None,
        };
        // A car that cannot be held stays as it is.
        let _ = holds::place(&writing, claim, plan.now, 72);
    }
    writing.put_paper(Shelf::About, SEED, plan.seed)?;
    writing.commit()
}
