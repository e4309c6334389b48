//! 購入, 整備・鈑金・修理 and 車検 as rows.

use noren_domain::Timestamp;
use noren_domain::customer::{Inspection, MaintenanceRecord, Purchase};
use noren_domain::sync::{Recorded, Stream};
use sea_orm::IntoActiveModel;

use super::Copied;
use crate::Error;
use crate::entity::{inspection, maintenance_record, purchase};
use crate::json::Place;

impl Copied for Purchase {
    const STREAM: Stream = Stream::Purchases;
    const KEY: &'static str = "purchase_number";

    type Row = purchase::ActiveModel;

    fn key(&self) -> &str {
        self.purchase_number.as_str()
    }

    fn to_row(recorded: &Recorded<Self>, read_at: Timestamp) -> Result<purchase::ActiveModel, Error> {
        let Recorded { revision, changed_at, record } = recorded;
        let row = purchase::Model {
            purchase_number: record.purchase_number.to_string(),
            revision: *revision,
            changed_at: *changed_at,
            read_at,
            customer_code: record.customer_code.to_string(),
            stock_number: record.stock_number.as_ref().map(ToString::to_string),
            store_code: record.store_code.to_string(),
            staff_code: record.staff_code.as_ref().map(ToString::to_string),
            car: Place("purchases", "car").write(&record.car)?,
            grade: record.grade.clone(),
            model_code: record.model_code.clone(),
            first_registration: record.first_registration.map(|first| first.to_string()),
            inspection_expiry: record.inspection_expiry.map(|day| day.to_string()),
            purchased_on: record.purchased_on.to_string(),
            delivered_on: record.delivered_on.map(|day| day.to_string()),
            owned_until: record.owned_until.map(|day| day.to_string()),
            total: record.total.map(|yen| yen.0),
            payment: record.payment.map(|payment| payment.as_str().to_owned()),
            payments_end_on: record.payments_end_on.map(|day| day.to_string()),
        };
        Ok(row.into_active_model())
    }
}

impl Copied for MaintenanceRecord {
    const STREAM: Stream = Stream::MaintenanceRecords;
    const KEY: &'static str = "record_number";

    type Row = maintenance_record::ActiveModel;

    fn key(&self) -> &str {
        self.record_number.as_str()
    }

    fn to_row(recorded: &Recorded<Self>, read_at: Timestamp) -> Result<maintenance_record::ActiveModel, Error> {
        let Recorded { revision, changed_at, record } = recorded;
        let row = maintenance_record::Model {
            record_number: record.record_number.to_string(),
            revision: *revision,
            changed_at: *changed_at,
            read_at,
            customer_code: record.customer_code.to_string(),
            store_code: record.store_code.to_string(),
            staff_code: record.staff_code.as_ref().map(ToString::to_string),
            car: Place("maintenance_records", "car").write(&record.car)?,
            kind: record.kind.as_str().to_owned(),
            received_on: record.received_on.to_string(),
            completed_on: record.completed_on.map(|day| day.to_string()),
            odometer_km: kilometres(record.odometer_km),
            summary: record.summary.clone(),
            lines: Place("maintenance_records", "lines").write(&record.lines)?,
            total: record.total.map(|yen| yen.0),
        };
        Ok(row.into_active_model())
    }
}

impl Copied for Inspection {
    const STREAM: Stream = Stream::Inspections;
    const KEY: &'static str = "inspection_number";

    type Row = inspection::ActiveModel;

    fn key(&self) -> &str {
        self.inspection_number.as_str()
    }

    fn to_row(recorded: &Recorded<Self>, read_at: Timestamp) -> Result<inspection::ActiveModel, Error> {
        let Recorded { revision, changed_at, record } = recorded;
        let row = inspection::Model {
            inspection_number: record.inspection_number.to_string(),
            revision: *revision,
            changed_at: *changed_at,
            read_at,
            customer_code: record.customer_code.to_string(),
            store_code: record.store_code.to_string(),
            staff_code: record.staff_code.as_ref().map(ToString::to_string),
            car: Place("inspections", "car").write(&record.car)?,
            kind: record.kind.as_str().to_owned(),
            performed_on: record.performed_on.to_string(),
            expiry: record.expiry.map(|day| day.to_string()),
            odometer_km: kilometres(record.odometer_km),
            total: record.total.map(|yen| yen.0),
        };
        Ok(row.into_active_model())
    }
}

fn kilometres(km: Option<u32>) -> Option<i32> {
    km.map(|km| i32::try_from(km).unwrap_or(i32::MAX))
}
