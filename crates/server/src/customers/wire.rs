//! Customers between domain and wire.

use std::collections::HashMap;

use chrono::NaiveDate;
use noren_api::customers::{Customer as Wire, CustomerRow, Inspection, MaintenanceRecord, NextInspection, Purchase};
use noren_api::extreme::Origin;
use noren_api::leads::PhoneNumber;
use noren_domain::clock::japan_date;
use noren_domain::code::StaffCode;
use noren_domain::customer::{self, Customer};
use noren_domain::phone::Phone;
use noren_domain::vehicle::InspectionDue;
use noren_domain::{StaffId, StoreId};
use noren_persistence::customers::{self, Kept};
use noren_persistence::{staff, stores};

use crate::Error;
use crate::app::App;

/// What the codes of EXTREME stand for in Noren.
pub struct Codes {
    people: HashMap<String, (StaffId, String)>,
    stores: HashMap<String, StoreId>,
}

impl Codes {
    pub async fn of<'a>(app: &App, people: impl Iterator<Item = Option<&'a StaffCode>>) -> Result<Self, Error> {
        let mut codes: Vec<&str> = people.flatten().map(StaffCode::as_str).collect();
        codes.sort_unstable();
        codes.dedup();
        let (people, stores) = (staff::with_codes(&app.db, &codes).await?, stores::by_code(&app.db).await?);
        Ok(Self { people, stores })
    }

    fn person(&self, code: Option<&StaffCode>) -> Option<&(StaffId, String)> {
        self.people.get(code?.as_str())
    }

    fn name(&self, code: Option<&StaffCode>) -> Option<String> {
        self.person(code).map(|(_, name)| name.clone())
    }
}

/// Customers as rows of a list.
///
/// # Errors
/// Database errors.
pub async fn rows(app: &App, listed: Vec<Customer>) -> Result<Vec<CustomerRow>, Error> {
    let codes = Codes::of(app, listed.iter().map(|customer| customer.staff_code.as_ref())).await?;
    let next = customers::next_inspections(&app.db, listed.iter().map(|customer| &customer.customer_code)).await?;
    let today = japan_date(app.clock.now());
    let row = |customer: Customer| CustomerRow {
        next_inspection: next.get(&customer.customer_code).map(|next| upcoming(next, today)),
        store_id: codes.stores.get(customer.store_code.as_str()).copied(),
        staff_name: codes.name(customer.staff_code.as_ref()),
        phone: customer.phones.first().map(|phone| shown(phone).display),
        customer_code: customer.customer_code,
        kind: customer.kind,
        name: customer.name,
        kana: customer.kana,
        contact_name: customer.contact_name,
        store_code: customer.store_code,
        staff_code: customer.staff_code,
    };
    Ok(listed.into_iter().map(row).collect())
}

/// One customer.
///
/// # Errors
/// Database errors.
pub async fn customer(app: &App, kept: Kept<Customer>, origin: Origin) -> Result<Wire, Error> {
    let Kept { record, changed_at, .. } = kept;
    let codes = Codes::of(app, std::iter::once(record.staff_code.as_ref())).await?;
    let mut next = customers::next_inspections(&app.db, std::iter::once(&record.customer_code)).await?;
    let today = japan_date(app.clock.now());
    let person = codes.person(record.staff_code.as_ref());
    Ok(Wire {
        next_inspection: next.remove(&record.customer_code).map(|next| upcoming(&next, today)),
        store_id: codes.stores.get(record.store_code.as_str()).copied(),
        staff_id: person.map(|(id, _)| *id),
        staff_name: person.map(|(_, name)| name.clone()),
        phone_numbers: record.phones.iter().map(|phone| shown(phone)).collect(),
        customer_code: record.customer_code,
        kind: record.kind,
        name: record.name,
        kana: record.kana,
        contact_name: record.contact_name,
        birthday: record.birthday,
        mails: record.mails,
        address: record.address.into(),
        store_code: record.store_code,
        staff_code: record.staff_code,
        since: record.since,
        changed_at,
        origin,
    })
}

fn upcoming(next: &customers::NextInspection, today: NaiveDate) -> NextInspection {
    let due = InspectionDue::of(next.expiry, today).into();
    NextInspection { expiry: next.expiry, due, car: next.car.clone() }
}

/// A number as EXTREME writes it; what is none of Japan is shown as it came.
fn shown(typed: &str) -> PhoneNumber {
    match Phone::parse(typed) {
        Ok(phone) => PhoneNumber { display: phone.display(), digits: phone.digits, typed: phone.typed },
        Err(_) => PhoneNumber { typed: typed.to_owned(), digits: String::new(), display: typed.to_owned() },
    }
}

pub fn purchase(bought: customer::Purchase, codes: &Codes, today: NaiveDate) -> Purchase {
    let kept = bought.owned_until.is_none();
    Purchase {
        due: bought.inspection_expiry.filter(|_| kept).map(|expiry| InspectionDue::of(expiry, today).into()),
        staff_name: codes.name(bought.staff_code.as_ref()),
        purchase_number: bought.purchase_number,
        car: bought.car,
        stock_number: bought.stock_number,
        grade: bought.grade,
        model_code: bought.model_code,
        first_registration: bought.first_registration,
        inspection_expiry: bought.inspection_expiry,
        purchased_on: bought.purchased_on,
        delivered_on: bought.delivered_on,
        owned_until: bought.owned_until,
        total: bought.total,
        payment: bought.payment,
        payments_end_on: bought.payments_end_on,
        staff_code: bought.staff_code,
        store_code: bought.store_code,
    }
}

pub fn maintenance_record(work: customer::MaintenanceRecord, codes: &Codes) -> MaintenanceRecord {
    MaintenanceRecord {
        staff_name: codes.name(work.staff_code.as_ref()),
        record_number: work.record_number,
        car: work.car,
        kind: work.kind,
        received_on: work.received_on,
        completed_on: work.completed_on,
        odometer_km: work.odometer_km,
        summary: work.summary,
        lines: work.lines,
        total: work.total,
        staff_code: work.staff_code,
        store_code: work.store_code,
    }
}

pub fn inspection(done: customer::Inspection, codes: &Codes) -> Inspection {
    Inspection {
        staff_name: codes.name(done.staff_code.as_ref()),
        inspection_number: done.inspection_number,
        car: done.car,
        kind: done.kind,
        performed_on: done.performed_on,
        expiry: done.expiry,
        odometer_km: done.odometer_km,
        total: done.total,
        staff_code: done.staff_code,
        store_code: done.store_code,
    }
}
