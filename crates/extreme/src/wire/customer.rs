//! 顧客 and their cars of the contract.

use chrono::NaiveDate;
use noren_domain::Yen;
use noren_domain::code::{CustomerCode, RecordNumber, StaffCode, StockNumber, StoreCode};
use noren_domain::contact::Address;
use noren_domain::customer::{Customer, CustomerCar, Inspection, MaintenanceLine, MaintenanceRecord, Purchase};
use noren_domain::vehicle::RegistrationNumber;
use serde::Deserialize;

use super::vehicle::{plate, price};
use super::{Record, known, needed, short, short_or_none};

const NAME: usize = 200;
const ADDRESS: usize = 100;
/// Phones, and mail addresses, that one customer has at most.
const MOST_CONTACTS: usize = 5;
const MOST_LINES: usize = 100;

#[derive(Deserialize)]
pub struct WireCustomer {
    customer_code: CustomerCode,
    kind: String,
    name: String,
    kana: Option<String>,
    contact_name: Option<String>,
    birthday: Option<NaiveDate>,
    phones: Vec<String>,
    mails: Vec<String>,
    postal_code: Option<String>,
    prefecture: Option<String>,
    city: Option<String>,
    town: Option<String>,
    street: Option<String>,
    building: Option<String>,
    store_code: StoreCode,
    staff_code: Option<StaffCode>,
    since: NaiveDate,
}

impl Record for WireCustomer {
    type Domain = Customer;

    const KEY: &'static str = "customer_code";

    fn read(self) -> Result<Customer, &'static str> {
        let line = |text, member| short_or_none(text, ADDRESS, member);
        Ok(Customer {
            kind: needed(&self.kind, "kind")?,
            name: short(self.name, NAME, "name")?,
            kana: short_or_none(self.kana, NAME, "kana")?,
            contact_name: short_or_none(self.contact_name, NAME, "contact_name")?,
            birthday: self.birthday,
            phones: contacts(self.phones, 20, "phones")?,
            mails: contacts(self.mails, 254, "mails")?,
            address: Address {
                postal_code: short_or_none(self.postal_code, 7, "postal_code")?,
                prefecture: line(self.prefecture, "prefecture")?,
                city: line(self.city, "city")?,
                town: line(self.town, "town")?,
                street: line(self.street, "street")?,
                building: line(self.building, "building")?,
            },
            customer_code: self.customer_code,
            store_code: self.store_code,
            staff_code: self.staff_code,
            since: self.since,
        })
    }
}

fn contacts(texts: Vec<String>, most: usize, member: &'static str) -> Result<Vec<String>, &'static str> {
    if texts.len() > MOST_CONTACTS {
        return Err(member);
    }
    texts.into_iter().map(|text| short(text, most, member)).collect()
}

/// By what the contract knows a customer's car, among the members of a record.
#[derive(Deserialize)]
struct WireCar {
    chassis_number: Option<String>,
    registration_number: Option<RegistrationNumber>,
    maker: String,
    model_name: String,
}

impl WireCar {
    fn read(self) -> Result<CustomerCar, &'static str> {
        Ok(CustomerCar {
            chassis_number: short_or_none(self.chassis_number, 25, "chassis_number")?,
            registration_number: self.registration_number.map(plate).transpose()?,
            maker: short(self.maker, NAME, "maker")?,
            model_name: short(self.model_name, NAME, "model_name")?,
        })
    }
}

#[derive(Deserialize)]
pub struct WirePurchase {
    #[serde(flatten)]
    car: WireCar,
    purchase_number: RecordNumber,
    customer_code: CustomerCode,
    stock_number: Option<StockNumber>,
    grade: String,
    model_code: Option<String>,
    first_registration_ym: Option<String>,
    inspection_expiry_date: Option<NaiveDate>,
    purchased_on: NaiveDate,
    delivered_on: Option<NaiveDate>,
    owned_until: Option<NaiveDate>,
    total_yen: Option<Yen>,
    payment: Option<String>,
    payments_end_on: Option<NaiveDate>,
    staff_code: Option<StaffCode>,
    store_code: StoreCode,
}

impl Record for WirePurchase {
    type Domain = Purchase;

    const KEY: &'static str = "purchase_number";

    fn read(self) -> Result<Purchase, &'static str> {
        let first = self.first_registration_ym.as_deref().map(|text| needed(text, "first_registration_ym"));
        Ok(Purchase {
            car: self.car.read()?,
            grade: short(self.grade, NAME, "grade")?,
            model_code: short_or_none(self.model_code, 30, "model_code")?,
            first_registration: first.transpose()?,
            inspection_expiry: self.inspection_expiry_date,
            total: price(self.total_yen, "total_yen")?,
            payment: known(self.payment),
            purchase_number: self.purchase_number,
            customer_code: self.customer_code,
            stock_number: self.stock_number,
            purchased_on: self.purchased_on,
            delivered_on: self.delivered_on,
            owned_until: self.owned_until,
            payments_end_on: self.payments_end_on,
            staff_code: self.staff_code,
            store_code: self.store_code,
        })
    }
}

#[derive(Deserialize)]
pub struct WireMaintenance {
    #[serde(flatten)]
    car: WireCar,
    record_number: RecordNumber,
    customer_code: CustomerCode,
    kind: String,
    received_on: NaiveDate,
    completed_on: Option<NaiveDate>,
    odometer_km: Option<u32>,
    summary: String,
    #[serde(default)]
    lines: Vec<WireLine>,
    total_yen: Option<Yen>,
    staff_code: Option<StaffCode>,
    store_code: StoreCode,
}

#[derive(Deserialize)]
struct WireLine {
    text: String,
    labor_yen: Yen,
    parts_yen: Yen,
}

impl WireLine {
    fn read(self) -> Result<MaintenanceLine, &'static str> {
        let amount = |yen| price(Some(yen), "lines").map(Option::unwrap_or_default);
        Ok(MaintenanceLine {
            text: short(self.text, NAME, "lines")?,
            labor: amount(self.labor_yen)?,
            parts: amount(self.parts_yen)?,
        })
    }
}

impl Record for WireMaintenance {
    type Domain = MaintenanceRecord;

    const KEY: &'static str = "record_number";

    fn read(self) -> Result<MaintenanceRecord, &'static str> {
        if self.lines.len() > MOST_LINES {
            return Err("lines");
        }
        Ok(MaintenanceRecord {
            car: self.car.read()?,
            kind: needed(&self.kind, "kind")?,
            summary: short(self.summary, 500, "summary")?,
            lines: self.lines.into_iter().map(WireLine::read).collect::<Result<_, _>>()?,
            total: price(self.total_yen, "total_yen")?,
            record_number: self.record_number,
            customer_code: self.customer_code,
            received_on: self.received_on,
            completed_on: self.completed_on,
            odometer_km: self.odometer_km,
            staff_code: self.staff_code,
            store_code: self.store_code,
        })
    }
}

#[derive(Deserialize)]
pub struct WireInspection {
    #[serde(flatten)]
    car: WireCar,
    inspection_number: RecordNumber,
    customer_code: CustomerCode,
    kind: String,
    performed_on: NaiveDate,
    expiry_date: Option<NaiveDate>,
    odometer_km: Option<u32>,
    total_yen: Option<Yen>,
    staff_code: Option<StaffCode>,
    store_code: StoreCode,
}

impl Record for WireInspection {
    type Domain = Inspection;

    const KEY: &'static str = "inspection_number";

    fn read(self) -> Result<Inspection, &'static str> {
        Ok(Inspection {
            car: self.car.read()?,
            kind: needed(&self.kind, "kind")?,
            expiry: self.expiry_date,
            total: price(self.total_yen, "total_yen")?,
            inspection_number: self.inspection_number,
            customer_code: self.customer_code,
            performed_on: self.performed_on,
            odometer_km: self.odometer_km,
            staff_code: self.staff_code,
            store_code: self.store_code,
        })
    }
}
