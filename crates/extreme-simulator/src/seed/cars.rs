//! Cars: what they are, how old they are, and what they cost.

use chrono::{Datelike, Months, NaiveDate};

use super::catalog::{COLORS, EQUIPMENT, MODELS, Model};
use super::life::{Life, before};
use super::records::{OwnedCar, Photo, Plate, Vehicle, Warranty};
use crate::random::Random;

/// What a car of so many full years is worth, in hundredths of its price when it was new.
const WORTH: &[i64] = &[92, 80, 71, 63, 56, 49, 43, 37, 32, 27, 23, 20, 17, 14, 12];

/// A car with its age, before it is in anybody's stock.
#[derive(Clone, Debug)]
pub struct Car {
    pub model: &'static Model,
    pub grade: &'static str,
    pub chassis_number: String,
    pub plate: Plate,
    /// None of a new car.
    pub registered_on: Option<NaiveDate>,
    pub condition: &'static str,
    pub odometer_km: i64,
}

/// Which chassis numbers a car gets, so that none comes twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Stock,
    Elsewhere,
}

impl Car {
    /// The `number`th car of its origin, as it was on a day.
    pub fn draw(number: u64, origin: Origin, on: NaiveDate, random: &mut Random) -> Self {
        let model = weighted_model(random);
        let condition = match origin {
            Origin::Stock => random.weighted(&[(3, "new"), (9, "unused"), (88, "used")]),
            Origin::Elsewhere => "used",
        };
        let age_months = match condition {
            "new" => 0,
            "unused" => random.between(0, 5),
            _ => random.between(10, 60).max(random.between(10, 150) - 30),
        };
        let registered =
            on.checked_sub_months(Months::new(u32::try_from(age_months).unwrap_or_default())).unwrap_or(on);
        let odometer_km = match condition {
            "new" => random.between(3, 30),
            "unused" => random.between(5, 90),
            _ => (age_months * random.between(380, 1_150) / 100 + 1) * 100 + random.between(0, 99),
        };
        Self {
            model,
            grade: random.pick(model.grades),
            chassis_number: chassis_number(model, number, origin),
            plate: plate(model, random),
            registered_on: (condition != "new").then_some(registered),
            condition,
            odometer_km,
        }
    }

    /// `YYYY-MM` of its first registration.
    pub fn first_registration_ym(&self) -> Option<String> {
        self.registered_on.map(|day| day.format("%Y-%m").to_string())
    }

    /// The day on which its 車検 that is good on a day ends: three years after the first registration, then every two.
    pub fn inspection_expiry(&self, on: NaiveDate) -> NaiveDate {
        let first = self.registered_on.unwrap_or(on);
        let mut expiry = add_years(first, 3);
        while expiry < on {
            expiry = add_years(expiry, 2);
        }
        expiry
    }

    /// By what a customer's records know it.
    pub fn owned(&self) -> OwnedCar {
        OwnedCar {
            chassis_number: Some(self.chassis_number.clone()),
            registration_number: Some(self.plate.clone()),
            maker: self.model.maker,
            model_name: self.model.name,
        }
    }

    /// 車両価格 on a day, in steps as dealers have them.
    pub fn price(&self, on: NaiveDate, random: &mut Random) -> i64 {
        let new = self.model.price * 10_000;
        let months = self.registered_on.map_or(0, |registered| (on - registered).num_days() / 30).max(0);
        let year = usize::try_from(months / 12).unwrap_or_default().min(WORTH.len() - 2);
        let worth = WORTH[year] * 12 - (WORTH[year] - WORTH[year + 1]) * (months % 12);
        let worth = if self.condition == "new" { 1_200 } else { worth };
        let price = new * worth / 1_200 * random.between(93, 108) / 100;
        (price / 10_000).max(15) * 10_000 - 2_000
    }
}

pub fn add_years(day: NaiveDate, years: u32) -> NaiveDate {
    day.checked_add_months(Months::new(years * 12)).unwrap_or(day)
}

fn weighted_model(random: &mut Random) -> &'static Model {
    let mut left = random.next() % MODELS.iter().map(|(weight, _)| weight).sum::<u64>();
    for (weight, model) in MODELS {
        if left < *weight {
            return model;
        }
        left -= weight;
    }
    &MODELS[0].1
}

/// 7,919 is prime and divides no power of ten, so that neighbours in stock have numbers far apart and none comes twice.
fn chassis_number(model: &Model, number: u64, origin: Origin) -> String {
    let serial = 1_000_000 + number * 7_919 % 4_500_000 * 2 + u64::from(origin == Origin::Elsewhere);
    if model.is_import {
        let maker = match model.maker {
            "BMW" => "WBA",
            "メルセデス・ベンツ" => "W1K",
            "ミニ" => "WMW",
            _ => "WVW",
        };
        return format!("{maker}{:0>7}{serial:07}", model.chassis_prefix());
    }
    format!("{}-{serial:07}", model.chassis_prefix())
}

const KANA: &[&str] = &[
    "さ", "す", "せ", "そ", "た", "ち", "つ", "て", "と", "な", "に", "ぬ", "ね", "の", "は", "ひ", "ふ", "ほ", "ま",
    "み", "む", "め", "も", "や", "ゆ", "ら", "り", "る", "ろ",
];

fn plate(model: &Model, random: &mut Random) -> Plate {
    let region = random.weighted(&[(40, "前橋"), (35, "高崎"), (20, "群馬"), (3, "熊谷"), (1, "練馬"), (1, "横浜")]);
    let class = match model.body {
        "kei_van" | "truck" => 480,
        "van" => 400,
        _ if model.is_kei() => 580,
        _ if model.displacement_cc > 2_000 || model.size.1 > 1_700 => 300,
        _ => 500,
    };
    Plate {
        region,
        class: (class + random.between(0, 3)).to_string(),
        kana: random.pick(KANA),
        serial: random.between(1, 9_999).to_string(),
    }
}

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
    let expiry = car.inspection_expiry(on);
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
    let model = car.model;
    let (body_color, color_code) = random.weighted(COLORS);
    let was_repaired = car.condition == "used" && random.chance(9);
    let is_used = car.condition == "used";
    let score = if was_repaired { "R" } else { random.weighted(&[(10, "5"), (35, "4.5"), (40, "4"), (15, "3.5")]) };
    let score = if is_used { score } else { "S" };
    let has_mark = random.chance(85);
    Vehicle {
        stock_number,
        store_code,
        status: "listed",
        condition: car.condition,
        maker: model.maker,
        model_name: model.name,
        grade: car.grade,
        model_code: model.code,
        type_designation_no: has_mark.then(|| random.between(10_000, 21_999).to_string()),
        category_no: has_mark.then(|| format!("{:04}", random.between(1, 130))),
        engine_model: model.engine,
        displacement_cc: (model.displacement_cc > 0).then_some(model.displacement_cc),
        chassis_number: car.chassis_number.clone(),
        registration_number: None,
        first_registration_ym: car.first_registration_ym(),
        inspection_status: "valid",
        inspection_expiry_date: None,
        odometer_km: car.odometer_km,
        odometer_status: if is_used {
            random.weighted(&[(97, "actual"), (2, "replaced"), (1, "doubtful")])
        } else {
            "actual"
        },
        odometer_before_replacement_km: None,
        repair_history: was_repaired,
        condition_note: was_repaired.then(|| random.pick(NOTES)),
        body_type: model.body,
        doors: model.doors,
        body_color,
        color_code,
        drive_type: model.drive,
        transmission: model.transmission,
        gears: (model.transmission == "mt").then_some(if model.body == "truck" { 5 } else { 6 }),
        fuel_type: model.fuel,
        seating_capacity: model.seats,
        vehicle_weight_kg: model.weight_kg,
        gross_weight_kg: model.weight_kg + 55 * model.seats + if usage(model) == "cargo" { 350 } else { 0 },
        length_mm: model.size.0,
        width_mm: model.size.1,
        height_mm: model.size.2,
        usage: usage(model),
        private_business: "private",
        used_as: is_used.then(|| random.weighted(&[(90, "private"), (8, "rental"), (2, "business")])),
        owner_count: is_used.then(|| random.weighted(&[(65, 1), (28, 2), (7, 3)])),
        record_book: is_used.then(|| random.chance(70)),
        equipment_codes: equipment(random),
        auction_grade: Some(score),
        interior_grade: Some(random.weighted(&[(20, "A"), (60, "B"), (20, "C")])),
        exterior_grade: Some(random.weighted(&[(20, "A"), (55, "B"), (25, "C")])),
        warranty: warranty(car, random),
        maintenance_included: true,
        recycle_status: if random.chance(97) { "paid" } else { "separate" },
        recycle_deposit_yen: Some(recycle_deposit(model, random)),
        vehicle_price_yen: None,
        fees_yen: None,
        advertised_total_yen: None,
        purchase_cost_yen: 0,
        purchased_on: NaiveDate::default(),
        listed_on: None,
        sold_on: None,
        comment: random.chance(60).then(|| random.pick(COMMENTS).to_owned()),
        photos: Vec::new(),
        hold: None,
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

/// The year of a day, as numbers of documents show it.
pub fn year(day: NaiveDate) -> i32 {
    day.year()
}

/// A car that somebody had before, as it was on a day.
pub fn elsewhere(seed: u64, number: u64, years_ago: i64, today: NaiveDate) -> (Car, Random) {
    let mut random = Random::of(seed, "other car", number);
    let bought = before(today, years_ago * 365 + random.between(0, 364));
    let car = Car::draw(number, Origin::Elsewhere, bought, &mut random);
    (car, random)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn no_chassis_number_comes_twice() {
        let mut random = Random::new(1);
        let numbers: HashSet<String> = [Origin::Stock, Origin::Elsewhere]
            .into_iter()
            .flat_map(|origin| (0..5_000).map(move |number| (number, origin)))
            .map(|(number, origin)| Car::draw(number, origin, day("2026-11-23"), &mut random).chassis_number)
            .collect();
        assert_eq!(numbers.len(), 10_000);
        assert!(numbers.iter().all(|number| number.len() <= 25));
    }

    #[test]
    fn the_inspection_ends_three_years_after_the_first_registration_and_then_every_two() {
        let mut car = Car::draw(1, Origin::Stock, day("2026-01-01"), &mut Random::new(1));
        car.registered_on = Some(day("2020-02-29"));
        assert_eq!(car.inspection_expiry(day("2022-01-01")), day("2023-02-28"));
        assert_eq!(car.inspection_expiry(day("2023-03-01")), day("2025-02-28"));
        assert_eq!(car.inspection_expiry(day("2026-11-23")), day("2027-02-28"));
    }

    #[test]
    fn a_car_costs_less_than_it_is_offered_for_and_loses_worth_with_age() {
        let today = day("2026-11-23");
        for number in 1..400 {
            let life = Life::draw(number, 400, today, &mut Random::of(3, "life", number));
            let (vehicle, _) = in_stock((3, number), &life, "001".to_owned(), today);
            let Some(price) = vehicle.vehicle_price_yen else { continue };
            assert!(vehicle.purchase_cost_yen < price, "{}", vehicle.stock_number);
            assert_eq!(vehicle.advertised_total_yen, Some(price + vehicle.fees_yen.unwrap()));
            assert_eq!(vehicle.repair_history, vehicle.condition_note.is_some());
        }
        let mut car = Car::draw(1, Origin::Elsewhere, today, &mut Random::new(5));
        let mut at = |registered| {
            car.registered_on = Some(registered);
            car.price(today, &mut Random::new(9))
        };
        assert!(at(day("2025-11-01")) > at(day("2018-11-01")));
    }
}
