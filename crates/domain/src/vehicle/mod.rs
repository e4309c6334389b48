//! 車両: one unit in stock, by its 在庫番号. EXTREME masters it; Noren reads.

mod bands;
mod inspection;
mod offered;
mod registration;
mod words;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use bands::{Band, MOST_UNITS, UNIT, bands};
pub use inspection::{InspectionDue, WINDOW_MONTHS, lasting, months_left, window_opens};
pub use offered::{Offered, PriceCut, changes, price_cut};
pub use registration::{FirstRegistration, NoYearMonth, RegistrationNumber};
pub use words::{
    BodyType, Condition, DriveType, FuelType, InspectionStatus, OdometerStatus, PrivateBusiness, RecycleStatus,
    StockStatus, Transmission, Usage, UsedAs,
};

use crate::Yen;
use crate::code::{RecordNumber, StaffCode, StockNumber, StoreCode};

/// One car in stock, as EXTREME has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Vehicle {
    pub stock_number: StockNumber,
    pub store_code: StoreCode,
    pub status: StockStatus,
    pub condition: Condition,
    pub identity: Identity,
    pub build: Build,
    pub history: History,
    pub offer: Offer,
    /// 仕入原価. Nobody but managers and administrators sees it.
    pub purchase_cost: Option<Yen>,
    /// 仮押さえ that is on it.
    pub hold: Option<HoldSummary>,
}

/// Which car it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Identity {
    /// メーカー
    pub maker: String,
    /// 車種
    pub model_name: String,
    /// グレード
    pub grade: String,
    /// 型式 with the prefix for emissions, such as `6AA-ZVW60`.
    pub model_code: Option<String>,
    /// 車台番号, of an import the VIN.
    pub chassis_number: Option<String>,
    pub registration_number: Option<RegistrationNumber>,
    /// 初度登録年月; none of a new car.
    pub first_registration: Option<FirstRegistration>,
}

/// How it was built.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Build {
    pub body_type: BodyType,
    pub doors: Option<u8>,
    /// 車体色
    pub body_color: String,
    pub color_code: Option<String>,
    pub drive_type: Option<DriveType>,
    pub transmission: Option<Transmission>,
    /// How many gears, where it has any.
    pub gears: Option<u8>,
    pub fuel_type: Option<FuelType>,
    /// 原動機の型式
    pub engine_model: Option<String>,
    /// 総排気量
    pub displacement_cc: Option<u32>,
    /// 乗車定員
    pub seating_capacity: Option<u8>,
    /// 車両重量
    pub vehicle_weight_kg: Option<u32>,
    /// 車両総重量
    pub gross_weight_kg: Option<u32>,
    pub length_mm: Option<u32>,
    pub width_mm: Option<u32>,
    pub height_mm: Option<u32>,
    pub usage: Option<Usage>,
    pub private_business: Option<PrivateBusiness>,
    /// 型式指定番号
    pub type_designation_no: Option<String>,
    /// 類別区分番号
    pub category_no: Option<String>,
    /// 装備, by code.
    pub equipment_codes: Vec<String>,
}

/// What it has been through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct History {
    pub odometer_km: u32,
    pub odometer_status: OdometerStatus,
    /// What the odometer showed that was taken out.
    pub odometer_before_replacement_km: Option<u32>,
    /// 修復歴: of the welded frame.
    pub repair_history: bool,
    /// コンディションノート
    pub condition_note: Option<String>,
    pub inspection_status: InspectionStatus,
    /// 車検満了日; none where there is no 車検.
    pub inspection_expiry: Option<NaiveDate>,
    pub used_as: Option<UsedAs>,
    /// 1 is ワンオーナー.
    pub owner_count: Option<u8>,
    /// 点検記録簿
    pub record_book: Option<bool>,
    /// 評価点
    pub auction_grade: Option<String>,
    pub interior_grade: Option<String>,
    pub exterior_grade: Option<String>,
}

/// How it is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Offer {
    /// 車両価格 with consumption tax, in yen.
    pub vehicle_price: Option<Yen>,
    /// 諸費用, in yen.
    pub fees: Option<Yen>,
    /// 支払総額, in yen.
    pub advertised_total: Option<Yen>,
    /// 保証; none where it is sold without.
    pub warranty: Option<Warranty>,
    /// 法定整備付
    pub maintenance_included: bool,
    pub recycle_status: Option<RecycleStatus>,
    /// リサイクル預託金, in yen.
    pub recycle_deposit: Option<Yen>,
    /// 仕入日
    pub purchased_on: Option<NaiveDate>,
    /// Since when it is offered.
    pub listed_on: Option<NaiveDate>,
    pub sold_on: Option<NaiveDate>,
    /// As it is advertised.
    pub comment: Option<String>,
    /// In the order in which they are shown.
    pub photos: Vec<Photo>,
}

/// 保証
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Warranty {
    pub months: Option<u32>,
    /// None is without a limit.
    pub distance_km: Option<u32>,
}

/// One picture, by EXTREME's name for it, which never names another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Photo {
    pub photo_id: String,
    pub caption: Option<String>,
}

/// Whose 仮押さえ it is, and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HoldSummary {
    pub hold_id: RecordNumber,
    pub staff_code: StaffCode,
    pub staff_name: String,
    pub store_code: StoreCode,
    pub expires_at: DateTime<Utc>,
}

impl Vehicle {
    /// What it is called: maker, model and grade.
    #[must_use]
    pub fn title(&self) -> String {
        let Identity { maker, model_name, grade, .. } = &self.identity;
        [maker, model_name, grade].into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    }

    /// For how many days it has been offered.
    #[must_use]
    pub fn days_listed(&self, on: NaiveDate) -> Option<i64> {
        self.offer.listed_on.map(|since| (on - since).num_days().max(0))
    }
}
