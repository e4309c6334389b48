//! The records of the streams as the seed and the movement make them. The store adds revision and time of change.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

/// One car in stock.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Vehicle {
    pub stock_number: String,
    pub store_code: String,
    pub status: &'static str,
    pub condition: &'static str,
    pub maker: &'static str,
    pub model_name: &'static str,
    pub grade: &'static str,
    pub model_code: &'static str,
    pub type_designation_no: Option<String>,
    pub category_no: Option<String>,
    pub engine_model: &'static str,
    pub displacement_cc: Option<u32>,
    pub chassis_number: String,
    pub registration_number: Option<Plate>,
    pub first_registration_ym: Option<String>,
    pub inspection_status: &'static str,
    pub inspection_expiry_date: Option<NaiveDate>,
    pub odometer_km: i64,
    pub odometer_status: &'static str,
    pub odometer_before_replacement_km: Option<i64>,
    pub repair_history: bool,
    pub condition_note: Option<&'static str>,
    pub body_type: &'static str,
    pub doors: u32,
    pub body_color: &'static str,
    pub color_code: &'static str,
    pub drive_type: &'static str,
    pub transmission: &'static str,
    pub gears: Option<u32>,
    pub fuel_type: &'static str,
    pub seating_capacity: u32,
    pub vehicle_weight_kg: u32,
    pub gross_weight_kg: u32,
    pub length_mm: u32,
    pub width_mm: u32,
    pub height_mm: u32,
    pub usage: &'static str,
    pub private_business: &'static str,
    pub used_as: Option<&'static str>,
    pub owner_count: Option<i64>,
    pub record_book: Option<bool>,
    pub equipment_codes: Vec<&'static str>,
    pub auction_grade: Option<&'static str>,
    pub interior_grade: Option<&'static str>,
    pub exterior_grade: Option<&'static str>,
    pub warranty: Option<Warranty>,
    pub maintenance_included: bool,
    pub recycle_status: &'static str,
    pub recycle_deposit_yen: Option<i64>,
    pub vehicle_price_yen: Option<i64>,
    pub fees_yen: Option<i64>,
    pub advertised_total_yen: Option<i64>,
    pub purchase_cost_yen: i64,
    pub purchased_on: NaiveDate,
    pub listed_on: Option<NaiveDate>,
    pub sold_on: Option<NaiveDate>,
    pub comment: Option<String>,
    pub photos: Vec<Photo>,
    /// A hold is placed afterwards, by the same rules as any other.
    pub hold: Option<Value>,
}

/// 登録番号 in its four parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plate {
    pub region: &'static str,
    pub class: String,
    pub kana: &'static str,
    pub serial: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Warranty {
    pub months: i64,
    pub distance_km: Option<i64>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Photo {
    pub photo_id: String,
    pub caption: &'static str,
}

/// One car sold.
#[derive(Clone, Debug, Serialize)]
pub struct Sale {
    pub sale_number: String,
    pub stock_number: String,
    pub customer_code: Option<String>,
    pub staff_code: String,
    pub store_code: String,
    pub contract_number: Option<String>,
    pub channel: &'static str,
    pub payment: Option<String>,
    pub sold_on: NaiveDate,
    pub delivered_on: Option<NaiveDate>,
    pub cancelled_on: Option<NaiveDate>,
    pub vehicle_price_yen: i64,
    pub options_yen: i64,
    pub fees_yen: i64,
    pub discount_yen: i64,
    pub trade_in_yen: i64,
    pub total_yen: i64,
    pub cost_yen: i64,
    pub gross_profit_yen: i64,
}

/// One car bought for stock.
#[derive(Clone, Debug, Serialize)]
pub struct StockPurchase {
    pub stock_purchase_number: String,
    pub stock_number: String,
    pub channel: &'static str,
    pub supplier: Option<&'static str>,
    pub customer_code: Option<String>,
    pub staff_code: Option<String>,
    pub store_code: String,
    pub purchased_on: NaiveDate,
    pub price_yen: i64,
    pub transport_yen: i64,
    pub reconditioning_yen: i64,
}

#[derive(Clone, Debug, Serialize)]
pub struct Customer {
    pub customer_code: String,
    pub kind: &'static str,
    pub name: String,
    pub kana: Option<String>,
    pub contact_name: Option<String>,
    pub birthday: Option<NaiveDate>,
    pub phones: Vec<String>,
    pub mails: Vec<String>,
    pub postal_code: Option<&'static str>,
    pub prefecture: Option<&'static str>,
    pub city: Option<&'static str>,
    pub town: Option<&'static str>,
    pub street: Option<String>,
    pub building: Option<String>,
    pub store_code: String,
    pub staff_code: Option<String>,
    pub since: NaiveDate,
}

/// By what a customer's car is known.
#[derive(Clone, Debug, Serialize)]
pub struct OwnedCar {
    pub chassis_number: Option<String>,
    pub registration_number: Option<Plate>,
    pub maker: &'static str,
    pub model_name: &'static str,
}

/// What a customer bought.
#[derive(Clone, Debug, Serialize)]
pub struct Purchase {
    pub purchase_number: String,
    pub customer_code: String,
    pub stock_number: Option<String>,
    #[serde(flatten)]
    pub car: OwnedCar,
    pub grade: &'static str,
    pub model_code: Option<&'static str>,
    pub first_registration_ym: Option<String>,
    pub inspection_expiry_date: Option<NaiveDate>,
    pub purchased_on: NaiveDate,
    pub delivered_on: Option<NaiveDate>,
    pub owned_until: Option<NaiveDate>,
    pub total_yen: Option<i64>,
    pub payment: Option<String>,
    pub payments_end_on: Option<NaiveDate>,
    pub staff_code: Option<String>,
    pub store_code: String,
}

/// One piece of work on a customer's car.
#[derive(Clone, Debug, Serialize)]
pub struct MaintenanceRecord {
    pub record_number: String,
    pub customer_code: String,
    #[serde(flatten)]
    pub car: OwnedCar,
    pub kind: &'static str,
    pub received_on: NaiveDate,
    pub completed_on: Option<NaiveDate>,
    pub odometer_km: Option<i64>,
    pub summary: String,
    pub lines: Vec<Line>,
    pub total_yen: Option<i64>,
    pub staff_code: Option<String>,
    pub store_code: String,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub struct Line {
    pub text: &'static str,
    pub labor_yen: i64,
    pub parts_yen: i64,
}

/// One inspection of a customer's car.
#[derive(Clone, Debug, Serialize)]
pub struct Inspection {
    pub inspection_number: String,
    pub customer_code: String,
    #[serde(flatten)]
    pub car: OwnedCar,
    pub kind: &'static str,
    pub performed_on: NaiveDate,
    pub expiry_date: Option<NaiveDate>,
    pub odometer_km: Option<i64>,
    pub total_yen: Option<i64>,
    pub staff_code: Option<String>,
    pub store_code: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Staff {
    pub staff_code: String,
    pub name: Name,
    pub store_code: String,
    pub employment: &'static str,
    pub role: Option<&'static str>,
    pub mail: Option<String>,
    pub notifications: Option<Value>,
    pub proposed: Option<Value>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Name {
    pub family: String,
    pub given: String,
    pub family_kana: String,
    pub given_kana: String,
}
