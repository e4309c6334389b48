//! Lays made-up records in batches, each record with the instant of its last change and with numbers that go on over all batches.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use serde::Serialize;

use super::cars::{Car, year};
use super::history::{Service, services};
use super::records::{Customer, Purchase, Sale, Staff, StockPurchase, Vehicle};
use crate::clock::Time;
use crate::random::Random;
use crate::store::{Error, Laying, Store};
use crate::stream::Stream;

/// Counts over all batches.
pub struct Layer {
    now: Time,
    counts: BTreeMap<Stream, u64>,
}

impl Layer {
    pub fn new(now: Time) -> Self {
        Self { now, counts: BTreeMap::new() }
    }

    /// How many records of a stream are laid.
    pub fn count(&self, stream: Stream) -> u64 {
        self.counts.get(&stream).copied().unwrap_or_default()
    }

    /// Lays what `fill` makes, in one transaction.
    pub fn batch(
        &mut self,
        store: &Store,
        fill: impl FnOnce(&mut Batch<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let writing = store.write()?;
        let opened = Stream::ALL.into_iter().map(|stream| Ok((stream, writing.lay(stream)?)));
        let tables = opened.collect::<Result<BTreeMap<_, _>, Error>>()?;
        let mut batch = Batch { now: self.now, counts: &mut self.counts, tables };
        fill(&mut batch)?;
        drop(batch);
        writing.commit()
    }
}

/// The open tables of one batch.
pub struct Batch<'a> {
    now: Time,
    counts: &'a mut BTreeMap<Stream, u64>,
    tables: BTreeMap<Stream, Laying<'a>>,
}

impl Batch<'_> {
    /// The number that the next record of a stream has.
    pub fn next(&self, stream: Stream) -> u64 {
        self.counts.get(&stream).copied().unwrap_or_default() + 1
    }

    pub fn staff(&mut self, staff: &Staff, since: NaiveDate) -> Result<(), Error> {
        self.lay(Stream::Staff, &staff.staff_code, staff, (1, since), None)
    }

    pub fn vehicle(&mut self, vehicle: &Vehicle, changed_on: NaiveDate, number: u64) -> Result<(), Error> {
        let listed_on = vehicle.listed_on.map(|day| day.to_string()).unwrap_or_default();
        let revision = 1 + number % 7 + u64::from(vehicle.sold_on.is_some()) * 4;
        self.lay(
            Stream::Vehicles,
            &vehicle.stock_number,
            vehicle,
            (revision, changed_on),
            Some((vehicle.status, &listed_on)),
        )
    }

    pub fn stock_purchase(&mut self, purchase: &StockPurchase) -> Result<(), Error> {
        let key = purchase.stock_purchase_number.as_str();
        self.lay(Stream::StockPurchases, key, purchase, (1, purchase.purchased_on), None)
    }

    pub fn sale(&mut self, sale: &Sale) -> Result<(), Error> {
        let changed_on = sale.delivered_on.unwrap_or(sale.sold_on);
        let revision = 1 + u64::from(sale.delivered_on.is_some());
        let sold_on = sale.sold_on.to_string();
        let found_by = Some((sale.stock_number.as_str(), sold_on.as_str()));
        self.lay(Stream::Sales, &sale.sale_number, sale, (revision, changed_on), found_by)
    }

    pub fn customer(&mut self, customer: &Customer, changed_on: NaiveDate) -> Result<(), Error> {
        self.lay(Stream::Customers, &customer.customer_code, customer, (1, changed_on), None)
    }

    pub fn purchase(&mut self, purchase: &Purchase, changed_on: NaiveDate) -> Result<(), Error> {
        let revision = 1 + u64::from(purchase.owned_until.is_some());
        let on = purchase.purchased_on.to_string();
        let found_by = Some((purchase.customer_code.as_str(), on.as_str()));
        self.lay(Stream::Purchases, &purchase.purchase_number, purchase, (revision, changed_on), found_by)
    }

    /// Lays the work and the inspections of a car while somebody had it.
    pub fn services(
        &mut self,
        car: &Car,
        purchase: &Purchase,
        from: NaiveDate,
        until: NaiveDate,
        random: &mut Random,
    ) -> Result<(), Error> {
        for service in services(car, purchase, (from, until), random) {
            match service {
                Service::Work(mut work) => {
                    work.record_number =
                        format!("W-{}-{:06}", year(work.received_on), self.next(Stream::MaintenanceRecords));
                    let on = work.received_on.to_string();
                    let found_by = Some((work.customer_code.as_str(), on.as_str()));
                    self.lay(Stream::MaintenanceRecords, &work.record_number, &work, (1, work.received_on), found_by)?;
                }
                Service::Inspection(mut inspection) => {
                    inspection.inspection_number =
                        format!("I-{}-{:06}", year(inspection.performed_on), self.next(Stream::Inspections));
                    let on = inspection.performed_on.to_string();
                    let found_by = Some((inspection.customer_code.as_str(), on.as_str()));
                    let key = inspection.inspection_number.as_str();
                    self.lay(Stream::Inspections, key, &inspection, (1, inspection.performed_on), found_by)?;
                }
            }
        }
        Ok(())
    }

    fn lay(
        &mut self,
        stream: Stream,
        key: &str,
        record: &impl Serialize,
        (revision, changed_on): (u64, NaiveDate),
        found_by: Option<(&str, &str)>,
    ) -> Result<(), Error> {
        let number = self.next(stream);
        self.counts.insert(stream, number);
        let changed_at = self.in_opening_hours(changed_on, number);
        match self.tables.get_mut(&stream) {
            Some(table) => table.lay((key, number), (revision, changed_at), record, found_by),
            None => Ok(()),
        }
    }

    /// Some second of that day between 10 and 19 o'clock, and never after now.
    fn in_opening_hours(&self, day: NaiveDate, number: u64) -> Time {
        let seconds = Random::of(number, "second", 0).between(10 * 3_600, 19 * 3_600 - 1);
        let at = (day.and_time(NaiveTime::MIN) + TimeDelta::seconds(seconds)).and_local_timezone(self.now.timezone());
        at.single().unwrap_or(self.now).min(self.now)
    }
}
