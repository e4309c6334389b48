//! 在庫: lists, counts and single cars, as each role and an integrator's key may see them.

mod compare;
mod cost;
mod list;
mod live;
mod overview;
mod photos;
mod saved;
mod wanted;

use chrono::NaiveDate;
use noren_domain::Yen;
use noren_domain::sync::{Changes, Recorded};
use noren_domain::vehicle::{
    BodyType, Build, Condition, FuelType, History, Identity, InspectionStatus, OdometerStatus, Offer, Photo,
    StockStatus, Vehicle,
};
use noren_persistence::{Actor, copies};
use serde_json::Value;

use crate::harness::{Answer, TestApp};

/// A car for sale at the first store.
pub fn car(number: &str) -> Vehicle {
    let text = str::to_owned;
    Vehicle {
        stock_number: number.parse().unwrap(),
        store_code: "001".parse().unwrap(),
        status: StockStatus::Listed,
        condition: Condition::Used,
        identity: Identity {
            maker: text("トヨタ"),
            model_name: text("プリウス"),
            grade: text("Z"),
            model_code: None,
            chassis_number: None,
            registration_number: None,
            first_registration: "2023-04".parse().ok(),
        },
        build: build(),
        history: history(),
        offer: Offer {
            vehicle_price: Some(Yen(2_900_000)),
            fees: Some(Yen(100_000)),
            advertised_total: Some(Yen(3_000_000)),
            warranty: None,
            maintenance_included: true,
            recycle_status: None,
            recycle_deposit: None,
            purchased_on: None,
            listed_on: day("2026-11-01"),
            sold_on: None,
            comment: None,
            photos: vec![Photo { photo_id: format!("{number}-1"), caption: Some(text("前")) }],
        },
        purchase_cost: None,
        hold: None,
    }
}

fn build() -> Build {
    Build {
        body_type: BodyType::Hatchback,
        doors: Some(5),
        body_color: "パールホワイト".to_owned(),
        color_code: None,
        drive_type: None,
        transmission: None,
        gears: None,
        fuel_type: Some(FuelType::Hybrid),
        engine_model: None,
        displacement_cc: None,
        seating_capacity: None,
        vehicle_weight_kg: None,
        gross_weight_kg: None,
        length_mm: None,
        width_mm: None,
        height_mm: None,
        usage: None,
        private_business: None,
        type_designation_no: None,
        category_no: None,
        equipment_codes: Vec::new(),
    }
}

fn history() -> History {
    History {
        odometer_km: 20_000,
        odometer_status: OdometerStatus::Actual,
        odometer_before_replacement_km: None,
        repair_history: false,
        condition_note: None,
        inspection_status: InspectionStatus::Valid,
        inspection_expiry: day("2028-04-17"),
        used_as: None,
        owner_count: None,
        record_book: None,
        auction_grade: None,
        interior_grade: None,
        exterior_grade: None,
    }
}

pub fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

/// The car with something else about it.
pub fn other(number: &str, change: impl FnOnce(&mut Vehicle)) -> Vehicle {
    let mut car = car(number);
    change(&mut car);
    car
}

/// Has these cars come from EXTREME in their first revision.
pub async fn stock(app: &TestApp, cars: Vec<Vehicle>) {
    arrive(app, cars, 1).await;
}

/// Has these cars come in a revision.
pub async fn arrive(app: &TestApp, cars: Vec<Vehicle>, revision: i64) {
    let changed_at = app.clock_now();
    let items = cars.into_iter().map(|record| Recorded { revision, changed_at, record }).collect();
    let news = Changes { items, tombstones: Vec::new(), next: "next".to_owned(), more: false };
    let kept = app.db.write(Actor::system(changed_at), async |tx| copies::keep(tx, &news, tx.at()).await);
    kept.await.unwrap();
}

/// The stock numbers of a page.
pub fn numbers(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let items = answer.json["items"].as_array().unwrap().iter();
    items.map(|item| item["stock_number"].as_str().unwrap().to_owned()).collect()
}

/// One of a page's vehicles.
pub fn row<'a>(answer: &'a Answer, number: &str) -> &'a Value {
    let items = answer.json["items"].as_array().unwrap();
    items.iter().find(|item| item["stock_number"] == number).unwrap_or_else(|| panic!("no {number}: {}", answer.text))
}
