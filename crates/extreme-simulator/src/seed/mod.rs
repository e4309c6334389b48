//! What an empty store begins with: a dealer with three years of cars, customers and work, all made up. The same seed, sizes and day give
//! the same store to the last byte, however many there are; they are made one after the other and never all at once.

pub mod cars;
mod catalog;
mod dealer;
mod history;
mod layer;
mod life;
mod names;
pub mod people;
mod places;
pub mod records;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use self::dealer::Dealer;
pub use self::history::{JOBS, stock_purchase};
use self::history::{Owner, figures, purchase, sale};
use self::layer::Layer;
use self::life::{HISTORY_DAYS, before};
pub use self::life::{Life, after};
use crate::clock::Time;
use crate::contracts::CUSTOMERS;
use crate::holds;
use crate::known::STORES;
use crate::random::Random;
use crate::store::{Error, Shelf, Store};
use crate::stream::Stream;

/// How many cars or customers are laid in one transaction.
const BATCH: usize = 2_000;

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
    let plan = Plan::of(seed, now);
    let mut layer = Layer::new(now);
    layer.batch(store, |laying| plan.dealer.staff.iter().try_for_each(|staff| laying.staff(staff, plan.since())))?;
    let numbers: Vec<u64> = (1..=seed.vehicles).collect();
    for batch in numbers.chunks(BATCH) {
        layer.batch(store, |laying| batch.iter().try_for_each(|number| plan.lay_vehicle(laying, *number)))?;
    }
    let numbers: Vec<u64> = (1..=seed.customers).collect();
    for batch in numbers.chunks(BATCH) {
        layer.batch(store, |laying| batch.iter().try_for_each(|number| plan.lay_customer(laying, *number)))?;
    }
    finish(store, &plan, &layer)
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

/// What must be known of all cars before any is made: who bought which.
struct Plan<'a> {
    seed: &'a Seed,
    now: Time,
    dealer: Dealer,
    lives: Vec<Life>,
    /// By car, the buyer's number.
    buyers: Vec<Option<u64>>,
    /// By customer, the day on which they bought last.
    bought_on: Vec<Option<NaiveDate>>,
    /// How many customers are older than the history; the others came with their first car.
    old: u64,
}

impl<'a> Plan<'a> {
    fn of(seed: &'a Seed, now: Time) -> Self {
        let today = now.date_naive();
        let life = |number| Life::draw(number, seed.vehicles, today, &mut Random::of(seed.seed, "life", number));
        let lives: Vec<Life> = (1..=seed.vehicles).map(life).collect();
        let new = lives.iter().filter(|life| life.is_retail() && life.is_new_buyer).count();
        let new = u64::try_from(new).unwrap_or_default().min(seed.customers / 2);
        let dealer = Dealer::of(seed);
        let customers = usize::try_from(seed.customers).unwrap_or_default();
        let mut plan = Self {
            seed,
            now,
            dealer,
            lives,
            buyers: Vec::new(),
            bought_on: vec![None; customers],
            old: seed.customers - new,
        };
        plan.find_buyers();
        plan
    }

    fn find_buyers(&mut self) {
        let mut next = self.old;
        let mut random = Random::of(self.seed.seed, "buyers", 0);
        for life in &self.lives {
            let buyer = match life.sold_on {
                Some(_) if !life.is_retail() || self.seed.customers == 0 => None,
                Some(_) if life.is_new_buyer && next < self.seed.customers => {
                    next += 1;
                    Some(next)
                }
                Some(_) => Some(random.next() % self.old.max(1) + 1),
                None => None,
            };
            let place = buyer.and_then(|buyer| usize::try_from(buyer - 1).ok());
            if let Some(bought) = place.and_then(|place| self.bought_on.get_mut(place)) {
                *bought = (*bought).max(life.sold_on);
            }
            self.buyers.push(buyer);
        }
    }

    fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// When the history begins.
    fn since(&self) -> NaiveDate {
        before(self.today(), HISTORY_DAYS)
    }

    fn lay_vehicle(&self, laying: &mut layer::Batch<'_>, number: u64) -> Result<(), Error> {
        let index = usize::try_from(number - 1).unwrap_or_default();
        let (life, buyer) = (&self.lives[index], self.buyers[index]);
        let mut random = Random::of(self.seed.seed, "deal", number);
        let store = self.dealer.store(&mut random);
        let store_code = self.dealer.stores[store].clone();
        let (vehicle, car) = cars::in_stock((self.seed.seed, number), life, store_code.clone(), self.today());
        laying.vehicle(&vehicle, life.changed_on(self.today()), number)?;
        let bought_by = self.dealer.seller(store, &mut random);
        laying.stock_purchase(&stock_purchase(&vehicle, number, bought_by, &mut random))?;
        if life.sold_on.is_none() || life.status == "scrapped" {
            return Ok(());
        }
        let figures = figures(&vehicle, &mut random);
        let owner = Owner {
            customer_code: buyer.map(|buyer| format!("C-{buyer:06}")),
            staff_code: self.dealer.seller(store, &mut random),
            store_code,
        };
        let sale = sale(laying.next(Stream::Sales), &vehicle, &owner, &figures, life.delivered_on);
        laying.sale(&sale)?;
        let (Some(customer_code), Some(delivered_on)) = (&owner.customer_code, life.delivered_on) else {
            return Ok(());
        };
        let stock_number = Some(vehicle.stock_number.clone());
        let purchase = purchase(
            laying.next(Stream::Purchases),
            &car,
            (customer_code, stock_number),
            &owner,
            &figures,
            (sale.sold_on, delivered_on, self.today()),
            None,
        );
        laying.purchase(&purchase, delivered_on)?;
        laying.services(&car, &purchase, delivered_on, self.today(), &mut random)
    }

    fn lay_customer(&self, laying: &mut layer::Batch<'_>, number: u64) -> Result<(), Error> {
        let mut random = Random::of(self.seed.seed, "acquaintance", number);
        let bought_on = usize::try_from(number - 1).ok().and_then(|place| self.bought_on.get(place).copied().flatten());
        let is_old = number <= self.old;
        let years_ago = random.between(3, 12);
        let since = match bought_on {
            Some(bought_on) if !is_old => bought_on,
            // Old customers have numbers in the order in which they came.
            _ => {
                let age = 9 * 365 * i64::try_from(self.old.saturating_sub(number)).unwrap_or_default();
                before(self.since(), age / i64::try_from(self.old.max(1)).unwrap_or(1))
            }
        };
        let customer = people::customer(self.seed.seed, number, since, &self.dealer);
        let changed_on = bought_on.unwrap_or(since).max(since);
        laying.customer(&customer, changed_on)?;
        if !is_old || !random.chance(72) {
            return Ok(());
        }
        let years = years_ago.min((self.today() - since).num_days() / 365);
        let (car, mut random) = cars::elsewhere(self.seed.seed, number, years, self.today());
        let owner = Owner {
            customer_code: Some(customer.customer_code.clone()),
            staff_code: customer.staff_code.clone().unwrap_or_else(|| self.dealer.seller(0, &mut random)),
            store_code: customer.store_code.clone(),
        };
        let bought = before(self.today(), years * 365).max(since);
        let owned_until = bought_on.filter(|day| *day > bought && random.chance(70));
        let figures = history::old_figures(&car, bought, &mut random);
        let delivered = after(bought, 14).min(self.today());
        let purchase = purchase(
            laying.next(Stream::Purchases),
            &car,
            (&customer.customer_code, None),
            &owner,
            &figures,
            (bought, delivered, self.today()),
            owned_until,
        );
        laying.purchase(&purchase, owned_until.unwrap_or(delivered))?;
        laying.services(&car, &purchase, delivered, owned_until.unwrap_or(self.today()), &mut random)
    }
}
