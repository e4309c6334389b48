//! What EXTREME keeps of a customer's cars.

use chrono::NaiveDate;
use noren_domain::Yen;
use noren_domain::code::{RecordNumber, StaffCode, StockNumber, StoreCode};
use noren_domain::customer::{CustomerCar, InspectionKind, MaintenanceKind, MaintenanceLine, Payment};
use noren_domain::vehicle::FirstRegistration;
use serde::{Deserialize, Serialize};

use super::Due;
use crate::extreme::Origin;

/// A page of records, and how old it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordPage<T> {
    pub items: Vec<T>,
    /// The cursor of the next page; absent on the last one.
    pub next: Option<String>,
    pub origin: Origin,
}

/// 購入: a car that a customer bought, and whether they still have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Purchase {
    pub purchase_number: RecordNumber,
    pub car: CustomerCar,
    /// `null` where the car came from elsewhere.
    pub stock_number: Option<StockNumber>,
    pub grade: String,
    pub model_code: Option<String>,
    pub first_registration: Option<FirstRegistration>,
    /// 次回車検満了日
    pub inspection_expiry: Option<NaiveDate>,
    /// How long it is until then; `null` of a car that they have no longer.
    pub due: Option<Due>,
    pub purchased_on: NaiveDate,
    pub delivered_on: Option<NaiveDate>,
    /// Until when they had it; `null` of a car that they have.
    pub owned_until: Option<NaiveDate>,
    /// What was paid, in yen.
    pub total: Option<Yen>,
    pub payment: Option<Payment>,
    /// 完済予定日; of 残価設定 the day on which the balloon is due.
    pub payments_end_on: Option<NaiveDate>,
    pub staff_code: Option<StaffCode>,
    pub staff_name: Option<String>,
    pub store_code: StoreCode,
}

/// 整備・鈑金・修理: one piece of work on a customer's car.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaintenanceRecord {
    pub record_number: RecordNumber,
    pub car: CustomerCar,
    pub kind: MaintenanceKind,
    pub received_on: NaiveDate,
    pub completed_on: Option<NaiveDate>,
    pub odometer_km: Option<u32>,
    pub summary: String,
    pub lines: Vec<MaintenanceLine>,
    /// In yen.
    pub total: Option<Yen>,
    pub staff_code: Option<StaffCode>,
    pub staff_name: Option<String>,
    pub store_code: StoreCode,
}

/// 車検・法定点検 of a customer's car.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Inspection {
    pub inspection_number: RecordNumber,
    pub car: CustomerCar,
    pub kind: InspectionKind,
    pub performed_on: NaiveDate,
    /// 車検満了日 from then on, of a 車検.
    pub expiry: Option<NaiveDate>,
    pub odometer_km: Option<u32>,
    /// In yen.
    pub total: Option<Yen>,
    pub staff_code: Option<StaffCode>,
    pub staff_name: Option<String>,
    pub store_code: StoreCode,
}
