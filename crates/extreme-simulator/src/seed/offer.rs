//! Cars as they stand in the dealer's stock: described, inspected, priced and photographed.

use chrono::NaiveDate;

use super::cars::{Car, Origin};
use super::catalog::{COLORS, EQUIPMENT, Model};
use super::life::Life;
use super::records::{Photo, Vehicle, Warranty};
use crate::random::Random;

const CAPTIONS: &[&str] = &["前", "後", "右側面", "左側面", "内装", "運転席", "荷室", "メーター"];
const NOTES: &[&str] = &[
    "右リアフェンダー交換歴あり。骨格の修正済み。",
    "フロントクロスメンバー修正。走行に支障なし。",
    "左センターピラー板金歴あり。",
];
const COMMENTS: &[&str] = &[
    "禁煙車・ワンオーナー。",
    "当店下取車。整備記録簿あり。",
    "内外装ともきれいなお車です。",
    "車検整備をしてのご納車です。",
    "ご試乗いただけます。",
];

/// A car of the stock as it is recorded on a day.
pub fn in_stock((seed, number): (u64, u64), life: &Life, store_code: String, today: NaiveDate) -> (Vehicle, Car) {
    let mut random = Random::of(seed, "vehicle", number);
    let car = Car::draw(number, Origin::Stock, life.purchased_on, &mut random);
    let price = car.price(life.listed_on, &mut random);
    let fees = if car.model.is_kei() { random.between(48, 88) } else { random.between(72, 148) } * 1_000;
    let cost = price * random.between(78, 91) / 100 / 1_000 * 1_000;
    let is_offered = life.listed_on <= today;
    let stock_number = format!("S-{number:05}");
    let mut vehicle = described(&car, stock_number, store_code, &mut random);
    vehicle.status = life.status;
    vehicle.purchased_on = life.purchased_on;
    vehicle.listed_on = is_offered.then_some(life.listed_on);
    vehicle.sold_on = life.sold_on;
    vehicle.purchase_cost_yen = cost;
    // A car that has stood for long has become cheaper.
    let cut = random.between(0, (today - life.listed_on).num_days().clamp(0, 150) / 40) * 20_000;
    let price = if life.sold_on.is_some() { price } else { price - cut };
    vehicle.vehicle_price_yen = is_offered.then_some(price);
    vehicle.fees_yen = is_offered.then_some(fees);
    vehicle.advertised_total_yen = is_offered.then_some(price + fees);
    inspect(&mut vehicle, &car, life.sold_on.unwrap_or(today), &mut random);
    photograph(&mut vehicle, is_offered, &mut random);
    (vehicle, car)
}

fn inspect(vehicle: &mut Vehicle, car: &Car, on: NaiveDate, random: &mut Random) {
    let expiry = car.inspection_expiry(on, on);
    let is_short = (expiry - on).num_days() < 90;
    let (status, expiry) = match car.condition {
        "new" => ("unregistered", None),
        _ if is_short || random.chance(15) => (random.weighted(&[(8, "included"), (2, "separate")]), None),
        _ => ("valid", Some(expiry)),
    };
    vehicle.inspection_status = status;
    vehicle.inspection_expiry_date = expiry;
    vehicle.registration_number = (status == "valid").then(|| car.plate.clone());
    vehicle.maintenance_included = status != "separate";
}

fn photograph(vehicle: &mut Vehicle, is_offered: bool, random: &mut Random) {
    let count = if is_offered { random.weighted(&[(4, 0), (10, 3), (30, 5), (56, 8)]) } else { 0 };
    let captions = CAPTIONS.iter().take(count).zip(1..);
    vehicle.photos = captions
        .map(|(caption, place)| {
            let photo_id = format!("{}-{place}-{:04x}", vehicle.stock_number, random.between(0, 0xFFFF));
            Photo { photo_id, caption }
        })
        .collect();
}

fn described(car: &Car, stock_number: String, store_code: String, random: &mut Random) -> Vehicle {
    let (body_color, color_code) = random.weighted(COLORS);
    let is_used = car.condition == "used";
    let was_repaired = is_used && random.chance(9);
    let score = if was_repaired { "R" } else { random.weighted(&[(10, "5"), (35, "4.5"), (40, "4"), (15, "3.5")]) };
    let has_mark = random.chance(85);
    let odometer_status = random.weighted(&[(97, "actual"), (2, "replaced"), (1, "doubtful")]);
    Vehicle {
        stock_number,
        store_code,
        condition: car.condition,
        grade: car.grade,
        type_designation_no: has_mark.then(|| random.between(10_000, 21_999).to_string()),
        category_no: has_mark.then(|| format!("{:04}", random.between(1, 130))),
        chassis_number: car.chassis_number.clone(),
        first_registration_ym: car.first_registration_ym(),
        odometer_km: car.odometer_km,
        odometer_status: if is_used { odometer_status } else { "actual" },
        repair_history: was_repaired,
        condition_note: was_repaired.then(|| random.pick(NOTES)),
        body_color,
        color_code,
        private_business: "private",
        used_as: is_used.then(|| random.weighted(&[(90, "private"), (8, "rental"), (2, "business")])),
        owner_count: is_used.then(|| random.weighted(&[(65, 1), (28, 2), (7, 3)])),
        record_book: is_used.then(|| random.chance(70)),
        equipment_codes: equipment(random),
        auction_grade: Some(if is_used { score } else { "S" }),
        interior_grade: Some(random.weighted(&[(20, "A"), (60, "B"), (20, "C")])),
        exterior_grade: Some(random.weighted(&[(20, "A"), (55, "B"), (25, "C")])),
        warranty: warranty(car, random),
        recycle_status: if random.chance(97) { "paid" } else { "separate" },
        recycle_deposit_yen: Some(recycle_deposit(car.model, random)),
        comment: random.chance(60).then(|| random.pick(COMMENTS).to_owned()),
        ..of_model(car.model)
    }
}

/// What all cars of a model have in common.
fn of_model(model: &Model) -> Vehicle {
    let load = if usage(model) == "cargo" { 350 } else { 0 };
    Vehicle {
        maker: model.maker,
        model_name: model.name,
        model_code: model.code,
        engine_model: model.engine,
        displacement_cc: (model.displacement_cc > 0).then_some(model.displacement_cc),
        body_type: model.body,
        doors: model.doors,
        drive_type: model.drive,
        transmission: model.transmission,
        gears: (model.transmission == "mt").then_some(if model.body == "truck" { 5 } else { 6 }),
        fuel_type: model.fuel,
        seating_capacity: model.seats,
        vehicle_weight_kg: model.weight_kg,
        gross_weight_kg: model.weight_kg + 55 * model.seats + load,
        length_mm: model.size.0,
        width_mm: model.size.1,
        height_mm: model.size.2,
        usage: usage(model),
        ..Vehicle::default()
    }
}

fn usage(model: &Model) -> &'static str {
    if ["van", "kei_van", "truck"].contains(&model.body) { "cargo" } else { "passenger" }
}

fn equipment(random: &mut Random) -> Vec<&'static str> {
    EQUIPMENT.iter().filter(|(percent, _)| random.chance(*percent)).map(|(_, code)| *code).collect()
}

fn warranty(car: &Car, random: &mut Random) -> Option<Warranty> {
    match car.condition {
        "new" => Some(Warranty { months: 36, distance_km: Some(60_000) }),
        _ if random.chance(20) => None,
        _ => Some(Warranty {
            months: random.pick(&[3, 6, 12, 24]),
            distance_km: random.pick(&[None, Some(5_000), Some(10_000)]),
        }),
    }
}

fn recycle_deposit(model: &Model, random: &mut Random) -> i64 {
    let least = if model.is_kei() { 660 } else { 940 };
    (least + random.between(0, 40)) * 10
}

#[cfg(test)]
mod tests {
    use super::super::catalog::MODELS;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_car_costs_less_than_it_is_offered_for_and_is_of_its_time() {
        let today = day("2026-11-23");
        for number in 1..400 {
            let life = Life::draw(number, 400, today, &mut Random::of(3, "life", number));
            let (vehicle, _) = in_stock((3, number), &life, "001".to_owned(), today);
            let Some(price) = vehicle.vehicle_price_yen else { continue };
            assert!(vehicle.purchase_cost_yen < price, "{}", vehicle.stock_number);
            assert_eq!(vehicle.advertised_total_yen, Some(price + vehicle.fees_yen.unwrap()));
            assert_eq!(vehicle.repair_history, vehicle.condition_note.is_some());
            let year = vehicle.first_registration_ym.and_then(|month| month[..4].parse().ok()).unwrap_or(2026);
            assert!(MODELS.iter().any(|(_, model)| model.code == vehicle.model_code && model.is_of(year)));
        }
    }
}
