//! Customers come, and their cars are looked after and inspected.

use chrono::{Months, NaiveDate};
use serde_json::{Value, json};

use super::{Step, text};
use crate::contracts::CUSTOMERS;
use crate::problem::Problem;
use crate::seed::{JOBS, people};
use crate::store::Record;
use crate::stream::Stream;

impl Step<'_> {
    /// Somebody becomes a customer; says their code.
    pub fn meet_a_customer(&mut self) -> Result<String, Problem> {
        let number = self.writing.number(CUSTOMERS)?;
        let customer = people::customer(self.seed.seed, number, self.now.date_naive(), self.dealer);
        self.put(Stream::Customers, &customer.customer_code, &customer)?;
        Ok(customer.customer_code)
    }

    /// Some customer of those that the seed began with.
    pub fn any_customer(&mut self) -> Result<Option<String>, Problem> {
        let number = self.random.next() % self.seed.customers.max(1) + 1;
        let code = format!("C-{number:06}");
        Ok(self.writing.get(Stream::Customers, &code)?.map(|_| code))
    }

    /// A customer's car is worked on or inspected.
    pub fn look_after_a_car(&mut self) -> Result<(), Problem> {
        let Some(customer_code) = self.any_customer()? else { return Ok(()) };
        let keys = self.writing.found(Stream::Purchases, &customer_code, 1)?;
        let Some(key) = keys.first() else { return Ok(()) };
        let Some(purchase) = self.writing.get(Stream::Purchases, key)? else { return Ok(()) };
        if purchase.get("owned_until").is_some_and(|until| !until.is_null()) {
            return Ok(());
        }
        if self.random.chance(35) { self.inspect(key, &purchase) } else { self.work_on(&purchase) }
    }

    fn work_on(&mut self, purchase: &Record) -> Result<(), Problem> {
        let today = self.now.date_naive();
        let (kind, summary, lines) = self.random.weighted(JOBS);
        let number = self.writing.number(Stream::MaintenanceRecords.name())?;
        let mut work = visit(purchase, self.random.between(80, 900) * 100);
        let members = [
            ("kind", json!(kind)),
            ("received_on", json!(today)),
            ("completed_on", if kind == "maintenance" { json!(today) } else { Value::Null }),
            ("summary", json!(summary)),
            ("lines", json!(lines)),
            ("total_yen", json!(lines.iter().map(|line| line.labor_yen + line.parts_yen).sum::<i64>())),
        ];
        work.extend(members.map(|(name, value)| (name.to_owned(), value)));
        self.put(Stream::MaintenanceRecords, &format!("W-{}-{number:06}", today.format("%Y")), &work)
    }

    /// 車検 within a year of its end, else the check of every twelve months.
    fn inspect(&mut self, key: &str, purchase: &Record) -> Result<(), Problem> {
        let today = self.now.date_naive();
        let expiry: Option<NaiveDate> = text(purchase, "inspection_expiry_date").parse().ok();
        let due = expiry.filter(|expiry| (*expiry - today).num_days() < 60);
        let until = due.and_then(|expiry| expiry.max(today).checked_add_months(Months::new(24)));
        let number = self.writing.number(Stream::Inspections.name())?;
        let mut inspection = visit(purchase, self.random.between(80, 900) * 100);
        let kind = if until.is_some() { "inspection" } else { "legal_12_months" };
        let price = if until.is_some() { 98_000 } else { 17_600 };
        let members = [
            ("kind", json!(kind)),
            ("performed_on", json!(today)),
            ("expiry_date", json!(until)),
            ("total_yen", json!(price)),
        ];
        inspection.extend(members.map(|(name, value)| (name.to_owned(), value)));
        self.put(Stream::Inspections, &format!("I-{}-{number:06}", today.format("%Y")), &inspection)?;
        match until {
            Some(until) => self.change(Stream::Purchases, key, [("inspection_expiry_date", json!(until))]),
            None => Ok(()),
        }
    }
}

/// What work and inspections of a car have in common.
fn visit(purchase: &Record, odometer_km: i64) -> Record {
    let names =
        ["customer_code", "chassis_number", "registration_number", "maker", "model_name", "staff_code", "store_code"];
    let mut visit: Record =
        names.into_iter().map(|name| (name.to_owned(), purchase.get(name).cloned().unwrap_or_default())).collect();
    visit.insert("odometer_km".to_owned(), odometer_km.into());
    visit
}
