//! Cars: what they are, how old they are, and what they cost.

use chrono::{Datelike, Months, NaiveDate};

use super::catalog::{MODELS, Model, OLDEST};
use super::records::{OwnedCar, Plate};
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
        let condition = match origin {
            Origin::Stock => random.weighted(&[(3, "new"), (9, "unused"), (88, "used")]),
            Origin::Elsewhere => "used",
        };
        let age_months = match condition {
            "new" => 0,
            "unused" => random.between(0, 5),
            _ => random.between(10, 60).max(random.between(10, 150) - 30),
        };
        let months = Months::new(u32::try_from(age_months).unwrap_or_default());
        let registered = on.checked_sub_months(months).unwrap_or(on);
        let registered = registered.with_year(registered.year().max(OLDEST)).unwrap_or(registered).min(on);
        let model = weighted_model(registered.year(), random);
        let age_months = (on - registered).num_days() / 30;
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

    /// The day on which its 車検 that is good `on` a day ends: three years after the first registration, then every two. A new car is
    /// registered when it is delivered.
    pub fn inspection_expiry(&self, delivered_on: NaiveDate, on: NaiveDate) -> NaiveDate {
        let mut expiry = add_years(self.registered_on.unwrap_or(delivered_on), 3);
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

/// One of the models that were sold in a year, each as often as its weight says.
fn weighted_model(year: i32, random: &mut Random) -> &'static Model {
    let of_year = || MODELS.iter().filter(|(_, model)| model.is_of(year));
    let mut left = random.next() % of_year().map(|(weight, _)| weight).sum::<u64>().max(1);
    for (weight, model) in of_year() {
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

/// The year of a day, as numbers of documents show it.
pub fn year(day: NaiveDate) -> i32 {
    day.year()
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
        let today = day("2026-11-23");
        car.registered_on = Some(day("2020-02-29"));
        assert_eq!(car.inspection_expiry(today, day("2022-01-01")), day("2023-02-28"));
        assert_eq!(car.inspection_expiry(today, day("2023-03-01")), day("2025-02-28"));
        assert_eq!(car.inspection_expiry(today, day("2026-11-23")), day("2027-02-28"));
    }

    #[test]
    fn a_car_loses_worth_with_age() {
        let today = day("2026-11-23");
        let mut car = Car::draw(1, Origin::Elsewhere, today, &mut Random::new(5));
        let mut at = |registered| {
            car.registered_on = Some(registered);
            car.price(today, &mut Random::new(9))
        };
        assert!(at(day("2025-11-01")) > at(day("2018-11-01")));
    }
}
