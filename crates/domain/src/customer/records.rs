//! What EXTREME keeps about a customer's cars: 購入, 整備・鈑金・修理, 車検.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::Yen;
use crate::code::{CustomerCode, RecordNumber, StaffCode, StockNumber, StoreCode};
use crate::vehicle::{FirstRegistration, RegistrationNumber};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// How somebody pays.
    Payment {
        /// 現金
        Cash = "cash",
        /// 均等
        Instalments = "instalments",
        /// ボーナス併用
        Bonus = "bonus",
        /// 残価設定
        Balloon = "balloon",
        /// リース
        Lease = "lease",
    }

    /// What was done to a car.
    MaintenanceKind {
        /// 整備
        Maintenance = "maintenance",
        /// 鈑金
        Bodywork = "bodywork",
        /// 修理
        Repair = "repair",
    }

    /// What was inspected.
    InspectionKind {
        /// 車検
        Inspection = "inspection",
        /// 法定12か月点検
        Legal12Months = "legal_12_months",
        /// 法定6か月点検
        Legal6Months = "legal_6_months",
    }
}

/// By what a customer's car is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerCar {
    pub chassis_number: Option<String>,
    pub registration_number: Option<RegistrationNumber>,
    pub maker: String,
    pub model_name: String,
}

/// 購入: a car that a customer bought, and whether they still have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchase {
    pub purchase_number: RecordNumber,
    pub customer_code: CustomerCode,
    pub car: CustomerCar,
    /// None where the car came from elsewhere.
    pub stock_number: Option<StockNumber>,
    pub grade: String,
    pub model_code: Option<String>,
    pub first_registration: Option<FirstRegistration>,
    /// 次回車検満了日
    pub inspection_expiry: Option<NaiveDate>,
    pub purchased_on: NaiveDate,
    pub delivered_on: Option<NaiveDate>,
    /// Until when they had it; none of a car that they have.
    pub owned_until: Option<NaiveDate>,
    pub total: Option<Yen>,
    pub payment: Option<Payment>,
    /// 完済予定日; of 残価設定 the day on which the balloon is due.
    pub payments_end_on: Option<NaiveDate>,
    pub staff_code: Option<StaffCode>,
    pub store_code: StoreCode,
}

/// 整備・鈑金・修理: one piece of work on a customer's car.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaintenanceRecord {
    pub record_number: RecordNumber,
    pub customer_code: CustomerCode,
    pub car: CustomerCar,
    pub kind: MaintenanceKind,
    pub received_on: NaiveDate,
    pub completed_on: Option<NaiveDate>,
    pub odometer_km: Option<u32>,
    pub summary: String,
    pub lines: Vec<MaintenanceLine>,
    pub total: Option<Yen>,
    pub staff_code: Option<StaffCode>,
    pub store_code: StoreCode,
}

/// One line of the work, in yen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaintenanceLine {
    pub text: String,
    /// 技術料
    pub labor: Yen,
    /// 部品代
    pub parts: Yen,
}

/// 車検・法定点検 of a customer's car.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    pub inspection_number: RecordNumber,
    pub customer_code: CustomerCode,
    pub car: CustomerCar,
    pub kind: InspectionKind,
    pub performed_on: NaiveDate,
    /// 車検満了日 from then on, of a 車検.
    pub expiry: Option<NaiveDate>,
    pub odometer_km: Option<u32>,
    pub total: Option<Yen>,
    pub staff_code: Option<StaffCode>,
    pub store_code: StoreCode,
}
