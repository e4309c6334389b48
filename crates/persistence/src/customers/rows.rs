//! What the rows of a customer and of their cars say.

use noren_domain::Yen;
use noren_domain::contact::Address;
use noren_domain::customer::{Customer, Inspection, MaintenanceRecord, Purchase};

use super::Kept;
use crate::Error;
use crate::entity::{customer, inspection, maintenance_record, purchase};
use crate::json::Place;

pub fn customer(row: customer::Model) -> Result<Kept<Customer>, Error> {
    let of = |column| Place("customers", column);
    let record = Customer {
        customer_code: of("customer_code").read_text(row.customer_code)?,
        kind: of("kind").read_text(row.kind)?,
        name: row.name,
        kana: row.kana,
        contact_name: row.contact_name,
        birthday: row.birthday.map(|text| of("birthday").read_text(text)).transpose()?,
        phones: of("phones").read(row.phones)?,
        mails: of("mails").read(row.mails)?,
        address: Address {
            postal_code: row.postal_code,
            prefecture: row.prefecture,
            city: row.city,
            town: row.town,
            street: row.street,
            building: row.building,
        },
        store_code: of("store_code").read_text(row.store_code)?,
        staff_code: row.staff_code.map(|text| of("staff_code").read_text(text)).transpose()?,
        since: of("since").read_text(row.since)?,
    };
    Ok(Kept { revision: row.revision, changed_at: row.changed_at, read_at: row.read_at, record })
}

pub fn purchase(row: purchase::Model) -> Result<Purchase, Error> {
    let of = |column| Place("purchases", column);
    let day = |text: Option<String>, column| text.map(|text| of(column).read_text(text)).transpose();
    Ok(Purchase {
        purchase_number: of("purchase_number").read_text(row.purchase_number)?,
        customer_code: of("customer_code").read_text(row.customer_code)?,
        car: of("car").read(row.car)?,
        stock_number: row.stock_number.map(|text| of("stock_number").read_text(text)).transpose()?,
        grade: row.grade,
        model_code: row.model_code,
        first_registration: row.first_registration.map(|text| of("first_registration").read_text(text)).transpose()?,
        inspection_expiry: day(row.inspection_expiry, "inspection_expiry")?,
        purchased_on: of("purchased_on").read_text(row.purchased_on)?,
        delivered_on: day(row.delivered_on, "delivered_on")?,
        owned_until: day(row.owned_until, "owned_until")?,
        total: row.total.map(Yen),
        payment: row.payment.map(|text| of("payment").read_text(text)).transpose()?,
        payments_end_on: day(row.payments_end_on, "payments_end_on")?,
        staff_code: row.staff_code.map(|text| of("staff_code").read_text(text)).transpose()?,
        store_code: of("store_code").read_text(row.store_code)?,
    })
}

pub fn maintenance_record(row: maintenance_record::Model) -> Result<MaintenanceRecord, Error> {
    let of = |column| Place("maintenance_records", column);
    Ok(MaintenanceRecord {
        record_number: of("record_number").read_text(row.record_number)?,
        customer_code: of("customer_code").read_text(row.customer_code)?,
        car: of("car").read(row.car)?,
        kind: of("kind").read_text(row.kind)?,
        received_on: of("received_on").read_text(row.received_on)?,
        completed_on: row.completed_on.map(|text| of("completed_on").read_text(text)).transpose()?,
        odometer_km: kilometres(row.odometer_km),
        summary: row.summary,
        lines: of("lines").read(row.lines)?,
        total: row.total.map(Yen),
        staff_code: row.staff_code.map(|text| of("staff_code").read_text(text)).transpose()?,
        store_code: of("store_code").read_text(row.store_code)?,
    })
}

pub fn inspection(row: inspection::Model) -> Result<Inspection, Error> {
    let of = |column| Place("inspections", column);
    Ok(Inspection {
        inspection_number: of("inspection_number").read_text(row.inspection_number)?,
        customer_code: of("customer_code").read_text(row.customer_code)?,
        car: of("car").read(row.car)?,
        kind: of("kind").read_text(row.kind)?,
        performed_on: of("performed_on").read_text(row.performed_on)?,
        expiry: row.expiry.map(|text| of("expiry").read_text(text)).transpose()?,
        odometer_km: kilometres(row.odometer_km),
        total: row.total.map(Yen),
        staff_code: row.staff_code.map(|text| of("staff_code").read_text(text)).transpose()?,
        store_code: of("store_code").read_text(row.store_code)?,
    })
}

fn kilometres(km: Option<i32>) -> Option<u32> {
    km.and_then(|km| u32::try_from(km).ok())
}
