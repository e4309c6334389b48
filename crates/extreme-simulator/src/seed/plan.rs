//! Which car was bought by whom, and the records that follow from it.

use chrono::NaiveDate;

use super::cars::{Car, Origin};
use super::dealer::Dealer;
use super::history::{Owner, figures, old_figures, purchase, sale, stock_purchase};
use super::layer::Batch;
use super::life::{HISTORY_DAYS, Life, after, before};
use super::records::Customer;
use super::{Seed, offer, people};
use crate::clock::Time;
use crate::random::Random;
use crate::store::Error;
use crate::stream::Stream;

/// What must be known of all cars before any is made: who bought which.
pub struct Plan<'a> {
    pub seed: &'a Seed,
    pub now: Time,
    pub dealer: Dealer,
    lives: Vec<Life>,
    /// By car, the buyer's number.
    buyers: Vec<Option<u64>>,
    /// By customer, the day on which they bought last.
    bought_on: Vec<Option<NaiveDate>>,
    /// How many customers are older than the history; the others came with their first car.
    old: u64,
}

impl<'a> Plan<'a> {
    pub fn of(seed: &'a Seed, now: Time) -> Self {
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
    fn beginning(&self) -> NaiveDate {
        before(self.today(), HISTORY_DAYS)
    }

    pub fn lay_staff(&self, laying: &mut Batch<'_>) -> Result<(), Error> {
        self.dealer.staff.iter().try_for_each(|staff| laying.staff(staff, self.beginning()))
    }

    /// A car of the stock with all that came of it.
    pub fn lay_vehicle(&self, laying: &mut Batch<'_>, number: u64) -> Result<(), Error> {
        let index = usize::try_from(number - 1).unwrap_or_default();
        let (life, buyer) = (&self.lives[index], self.buyers[index]);
        let mut random = Random::of(self.seed.seed, "deal", number);
        let store = self.dealer.store(&mut random);
        let store_code = self.dealer.stores[store].clone();
        let (vehicle, car) = offer::in_stock((self.seed.seed, number), life, store_code.clone(), self.today());
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

    /// A customer, and perhaps the car that they had before.
    pub fn lay_customer(&self, laying: &mut Batch<'_>, number: u64) -> Result<(), Error> {
        let mut random = Random::of(self.seed.seed, "acquaintance", number);
        let bought_on = usize::try_from(number - 1).ok().and_then(|place| self.bought_on.get(place).copied().flatten());
        let is_old = number <= self.old;
        let since = bought_on.filter(|_| !is_old).unwrap_or_else(|| self.known_since(number));
        let customer = people::customer(self.seed.seed, number, since, &self.dealer);
        laying.customer(&customer, bought_on.unwrap_or(since).max(since))?;
        if is_old && random.chance(72) { self.lay_old_car(laying, &customer, bought_on, random) } else { Ok(()) }
    }

    /// Old customers have numbers in the order in which they came.
    fn known_since(&self, number: u64) -> NaiveDate {
        let left = i64::try_from(self.old.saturating_sub(number)).unwrap_or_default();
        before(self.beginning(), 9 * 365 * left / i64::try_from(self.old.max(1)).unwrap_or(1))
    }

    /// A car that a customer has from elsewhere, or had until they bought one of the stock.
    fn lay_old_car(
        &self,
        laying: &mut Batch<'_>,
        customer: &Customer,
        bought_next: Option<NaiveDate>,
        mut random: Random,
    ) -> Result<(), Error> {
        let days = (self.today() - customer.since).num_days().max(1);
        let bought = before(self.today(), random.between(365, 12 * 365).min(days));
        let car = Car::draw(laying.next(Stream::Purchases), Origin::Elsewhere, bought, &mut random);
        let owner = Owner {
            customer_code: Some(customer.customer_code.clone()),
            staff_code: customer.staff_code.clone().unwrap_or_else(|| self.dealer.seller(0, &mut random)),
            store_code: customer.store_code.clone(),
        };
        let owned_until = bought_next.filter(|day| *day > bought && random.chance(70));
        let figures = old_figures(&car, bought, &mut random);
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
