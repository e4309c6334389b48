//! 在庫 of the contract.

use chrono::NaiveDate;
use noren_domain::code::{RecordNumber, StaffCode, StockNumber, StoreCode};
use noren_domain::vehicle::{
    Build, History, HoldSummary, Identity, Offer, Photo, RegistrationNumber, Vehicle, Warranty,
};
use noren_domain::{Timestamp, Yen};
use serde::Deserialize;

use super::{Record, known, needed, short, short_or_none};

/// Pictures of one car that are kept; the contract allows no more.
const MOST_PHOTOS: usize = 40;
const MOST_EQUIPMENT: usize = 200;
const TEXT: usize = 200;
const LONG_TEXT: usize = 2_000;

#[derive(Deserialize)]
pub struct WireVehicle {
    stock_number: StockNumber,
    store_code: StoreCode,
    status: String,
    condition: String,
    maker: String,
    model_name: String,
    grade: String,
    model_code: Option<String>,
    type_designation_no: Option<String>,
    category_no: Option<String>,
    engine_model: Option<String>,
    displacement_cc: Option<u32>,
    chassis_number: Option<String>,
    registration_number: Option<RegistrationNumber>,
    first_registration_ym: Option<String>,
    inspection_status: String,
    inspection_expiry_date: Option<NaiveDate>,
    odometer_km: u32,
    odometer_status: String,
    odometer_before_replacement_km: Option<u32>,
    repair_history: bool,
    condition_note: Option<String>,
    body_type: String,
    doors: Option<u8>,
    body_color: String,
    color_code: Option<String>,
    drive_type: Option<String>,
    transmission: Option<String>,
    gears: Option<u8>,
    fuel_type: Option<String>,
    seating_capacity: Option<u8>,
    vehicle_weight_kg: Option<u32>,
    gross_weight_kg: Option<u32>,
    length_mm: Option<u32>,
    width_mm: Option<u32>,
    height_mm: Option<u32>,
    usage: Option<String>,
    private_business: Option<String>,
    used_as: Option<String>,
    owner_count: Option<u8>,
    record_book: Option<bool>,
    equipment_codes: Vec<String>,
    auction_grade: Option<String>,
    interior_grade: Option<String>,
    exterior_grade: Option<String>,
    warranty: Option<WireWarranty>,
    #[serde(default)]
    maintenance_included: bool,
    recycle_status: Option<String>,
    recycle_deposit_yen: Option<Yen>,
    vehicle_price_yen: Option<Yen>,
    fees_yen: Option<Yen>,
    advertised_total_yen: Option<Yen>,
    purchase_cost_yen: Option<Yen>,
    purchased_on: Option<NaiveDate>,
    listed_on: Option<NaiveDate>,
    sold_on: Option<NaiveDate>,
    comment: Option<String>,
    photos: Vec<WirePhoto>,
    hold: Option<WireHold>,
}

#[derive(Deserialize)]
struct WireWarranty {
    months: Option<u32>,
    distance_km: Option<u32>,
}

#[derive(Deserialize)]
struct WirePhoto {
    photo_id: String,
    caption: Option<String>,
}

/// Whose 仮押さえ it is.
#[derive(Deserialize)]
pub(super) struct WireHold {
    hold_id: RecordNumber,
    staff_code: StaffCode,
    staff_name: String,
    store_code: StoreCode,
    expires_at: Timestamp,
}

impl Record for WireVehicle {
    type Domain = Vehicle;

    const KEY: &'static str = "stock_number";

    fn read(self) -> Result<Vehicle, &'static str> {
        Ok(Vehicle {
            status: needed(&self.status, "status")?,
            condition: needed(&self.condition, "condition")?,
            identity: self.identity()?,
            build: self.build()?,
            history: self.history()?,
            purchase_cost: price(self.purchase_cost_yen, "purchase_cost_yen")?,
            hold: self.hold.as_ref().map(held).transpose()?,
            store_code: self.store_code.clone(),
            stock_number: self.stock_number.clone(),
            offer: self.offer()?,
        })
    }
}

impl WireVehicle {
    fn identity(&self) -> Result<Identity, &'static str> {
        let first = self.first_registration_ym.as_deref().map(|text| needed(text, "first_registration_ym"));
        Ok(Identity {
            maker: short(self.maker.clone(), TEXT, "maker")?,
            model_name: short(self.model_name.clone(), TEXT, "model_name")?,
            grade: short(self.grade.clone(), TEXT, "grade")?,
            model_code: short_or_none(self.model_code.clone(), 30, "model_code")?,
            chassis_number: short_or_none(self.chassis_number.clone(), 25, "chassis_number")?,
            registration_number: self.registration_number.clone().map(plate).transpose()?,
            first_registration: first.transpose()?,
        })
    }

    fn build(&self) -> Result<Build, &'static str> {
        if self.equipment_codes.len() > MOST_EQUIPMENT {
            return Err("equipment_codes");
        }
        let equipment = self.equipment_codes.iter().map(|code| short(code.clone(), 20, "equipment_codes"));
        Ok(Build {
            // A body that this version does not know is one of the others.
            body_type: self.body_type.parse().unwrap_or(noren_domain::vehicle::BodyType::Other),
            doors: self.doors,
            body_color: short(self.body_color.clone(), TEXT, "body_color")?,
            color_code: short_or_none(self.color_code.clone(), 10, "color_code")?,
            drive_type: known(self.drive_type.clone()),
            transmission: known(self.transmission.clone()),
            gears: self.gears,
            fuel_type: known(self.fuel_type.clone()),
            engine_model: short_or_none(self.engine_model.clone(), 30, "engine_model")?,
            displacement_cc: self.displacement_cc,
            seating_capacity: self.seating_capacity,
            vehicle_weight_kg: self.vehicle_weight_kg,
            gross_weight_kg: self.gross_weight_kg,
            length_mm: self.length_mm,
            width_mm: self.width_mm,
            height_mm: self.height_mm,
            usage: known(self.usage.clone()),
            private_business: known(self.private_business.clone()),
            type_designation_no: short_or_none(self.type_designation_no.clone(), 5, "type_designation_no")?,
            category_no: short_or_none(self.category_no.clone(), 4, "category_no")?,
            equipment_codes: equipment.collect::<Result<_, _>>()?,
        })
    }

    fn history(&self) -> Result<History, &'static str> {
        Ok(History {
            odometer_km: self.odometer_km,
            odometer_status: needed(&self.odometer_status, "odometer_status")?,
            odometer_before_replacement_km: self.odometer_before_replacement_km,
            repair_history: self.repair_history,
            condition_note: short_or_none(self.condition_note.clone(), LONG_TEXT, "condition_note")?,
            inspection_status: needed(&self.inspection_status, "inspection_status")?,
            inspection_expiry: self.inspection_expiry_date,
            used_as: known(self.used_as.clone()),
            owner_count: self.owner_count,
            record_book: self.record_book,
            auction_grade: short_or_none(self.auction_grade.clone(), 4, "auction_grade")?,
            interior_grade: short_or_none(self.interior_grade.clone(), 1, "interior_grade")?,
            exterior_grade: short_or_none(self.exterior_grade.clone(), 1, "exterior_grade")?,
        })
    }

    fn offer(self) -> Result<Offer, &'static str> {
        if self.photos.len() > MOST_PHOTOS {
            return Err("photos");
        }
        let photo = |WirePhoto { photo_id, caption }| -> Result<Photo, &'static str> {
            Ok(Photo { photo_id: named(photo_id)?, caption: short_or_none(caption, TEXT, "photos")? })
        };
        Ok(Offer {
            vehicle_price: price(self.vehicle_price_yen, "vehicle_price_yen")?,
            fees: price(self.fees_yen, "fees_yen")?,
            advertised_total: price(self.advertised_total_yen, "advertised_total_yen")?,
            warranty: self.warranty.map(|WireWarranty { months, distance_km }| Warranty { months, distance_km }),
            maintenance_included: self.maintenance_included,
            recycle_status: known(self.recycle_status),
            recycle_deposit: price(self.recycle_deposit_yen, "recycle_deposit_yen")?,
            purchased_on: self.purchased_on,
            listed_on: self.listed_on,
            sold_on: self.sold_on,
            comment: short_or_none(self.comment, LONG_TEXT, "comment")?,
            photos: self.photos.into_iter().map(photo).collect::<Result<_, _>>()?,
        })
    }
}

pub(super) fn held(hold: &WireHold) -> Result<HoldSummary, &'static str> {
    let WireHold { hold_id, staff_code, staff_name, store_code, expires_at } = hold;
    Ok(HoldSummary {
        hold_id: hold_id.clone(),
        staff_code: staff_code.clone(),
        staff_name: short(staff_name.clone(), TEXT, "hold")?,
        store_code: store_code.clone(),
        expires_at: *expires_at,
    })
}

/// EXTREME's name of a picture, which may be longer than that of a record.
fn named(photo_id: String) -> Result<String, &'static str> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if (1..=80).contains(&photo_id.len()) && photo_id.bytes().all(fits) { Ok(photo_id) } else { Err("photos") }
}

/// 登録番号 whose parts fit a plate.
pub(super) fn plate(number: RegistrationNumber) -> Result<RegistrationNumber, &'static str> {
    let RegistrationNumber { region, class, kana, serial } = &number;
    let fits = region.chars().count() <= 8
        && class.chars().count() <= 3
        && kana.chars().count() <= 1
        && serial.len() <= 4
        && serial.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(number) } else { Err("registration_number") }
}

/// An amount that a car can cost: yen, not below nothing, of twelve digits at most.
pub(super) fn price(yen: Option<Yen>, member: &'static str) -> Result<Option<Yen>, &'static str> {
    match yen {
        Some(Yen(amount)) if !(0..=999_999_999_999).contains(&amount) => Err(member),
        yen => Ok(yen),
    }
}
