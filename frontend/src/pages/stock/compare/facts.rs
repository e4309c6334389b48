//! What cars are compared by: their fields in the words of their own pages, what of it differs, and what is best. Pure.

use chrono::NaiveDate;
use noren_api::vehicles::Vehicle;
use noren_domain::Yen;

use super::super::vehicle::{equipment, specs};
use crate::ui::yen;
use crate::words::{self, Lang};

type Word = fn(Lang) -> &'static str;

/// A field of all cars.
#[derive(Clone, PartialEq)]
pub struct Line {
    pub label: &'static str,
    pub cells: Vec<Cell>,
    /// Whether it tells one car from another.
    pub differs: bool,
}

/// A field of one car.
#[derive(Clone, Default, PartialEq)]
pub struct Cell {
    pub text: Option<String>,
    /// What that means today.
    pub below: Option<String>,
    /// Why it is the best of all, where it is.
    pub best: Option<Praise>,
}

/// Why a field is the best of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Praise {
    Lowest,
    Shortest,
    Newest,
}

impl Praise {
    pub fn said(self) -> Word {
        match self {
            Self::Lowest => words::compare::lowest,
            Self::Shortest => words::compare::shortest,
            Self::Newest => words::compare::newest,
        }
    }
}

/// Fields by which no customer chooses: how the house came by the car, and by what authorities know it.
const LEFT_OUT: [Word; 7] = [
    words::spec::plate,
    words::spec::chassis,
    words::spec::designation,
    words::spec::grades,
    words::spec::purchased_on,
    words::spec::listed_on,
    words::spec::sold_on,
];

/// Where the lowest 支払総額 stands; nowhere where all are the same.
pub fn best_total(cars: &[Vehicle]) -> Vec<usize> {
    best(cars, |car| car.offer.advertised_total.map(|Yen(amount)| amount))
}

/// All fields, in the order of a car's own page.
pub fn lines_of(cars: &[Vehicle], today: NaiveDate, store: impl Fn(&Vehicle) -> String, lang: Lang) -> Vec<Line> {
    let told: Vec<Vec<(&'static str, Cell)>> = cars.iter().map(|car| told(car, today, store(car), lang)).collect();
    let mut labels: Vec<&'static str> = Vec::new();
    for facts in &told {
        let mut at = 0;
        for (label, _) in facts {
            match labels.iter().position(|known| known == label) {
                Some(known) => at = known + 1,
                None => {
                    labels.insert(at, *label);
                    at += 1;
                }
            }
        }
    }
    let of = |label: &str, facts: &[(&str, Cell)]| {
        facts.iter().find(|(known, _)| *known == label).map(|(_, cell)| cell.clone()).unwrap_or_default()
    };
    let line = |label: &'static str| {
        let mut cells: Vec<Cell> = told.iter().map(|facts| of(label, facts)).collect();
        let differs = cells.windows(2).any(|pair| pair[0] != pair[1]);
        let (at, why) = praise(cars, label, lang);
        for at in at {
            cells[at].best = Some(why);
        }
        Line { label, cells, differs }
    };
    labels.into_iter().map(line).collect()
}

fn told(car: &Vehicle, today: NaiveDate, store: String, lang: Lang) -> Vec<(&'static str, Cell)> {
    let plain = |text: Option<String>| Cell { text, ..Cell::default() };
    let price = |amount: Option<Yen>| plain(amount.map(|amount| yen::brief(amount, lang)));
    let left_out = LEFT_OUT.map(|word| word(lang));
    let first = words::spec::first_registration(lang);
    let mut told = vec![
        (words::vehicle::vehicle_price(lang), price(car.offer.vehicle_price)),
        (words::vehicle::fees(lang), price(car.offer.fees)),
    ];
    for fact in specs::facts(car, today, store, lang) {
        let label = (fact.label)(lang);
        // A 軽 was inspected first where others were registered; to whom compares it is the same.
        let label = if label == words::spec::first_inspection(lang) { first } else { label };
        if !left_out.contains(&label) {
            told.push((label, Cell { text: Some(fact.text), below: fact.below, best: None }));
        }
    }
    let extras = equipment::named(&car.build.equipment_codes, lang).join(words::common::dot(lang));
    told.push((words::vehicle::equipment(lang), plain(Some(extras).filter(|text| !text.is_empty()))));
    told
}

/// Which cars are the best by a field, and why.
fn praise(cars: &[Vehicle], label: &str, lang: Lang) -> (Vec<usize>, Praise) {
    if label == words::vehicle::vehicle_price(lang) {
        return (best(cars, |car| car.offer.vehicle_price.map(|Yen(amount)| amount)), Praise::Lowest);
    }
    if label == words::spec::odometer(lang) {
        return (best(cars, |car| Some(i64::from(car.history.odometer_km))), Praise::Shortest);
    }
    if label == words::spec::first_registration(lang) {
        let age = |car: &Vehicle| {
            let first = car.identity.first_registration?;
            Some(-(i64::from(first.year) * 12 + i64::from(first.month.unwrap_or(0))))
        };
        return (best(cars, age), Praise::Newest);
    }
    (Vec::new(), Praise::Lowest)
}

/// Where the least stands; nowhere where it is everywhere.
fn best(cars: &[Vehicle], measure: impl Fn(&Vehicle) -> Option<i64>) -> Vec<usize> {
    let measured: Vec<Option<i64>> = cars.iter().map(measure).collect();
    let Some(least) = measured.iter().flatten().min() else { return Vec::new() };
    let at: Vec<usize> = (0..cars.len()).filter(|at| measured[*at].as_ref() == Some(least)).collect();
    if at.len() == cars.len() { Vec::new() } else { at }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn car(change: impl Fn(&mut Value)) -> Vehicle {
        let mut car = json!({
            "stock_number": "S-1", "store_code": "001", "store_id": null, "status": "listed", "condition": "used",
            "identity": {"maker": "トヨタ", "model_name": "プリウス", "grade": "Z", "model_code": null, "chassis_number": "ZVW60-1",
                "registration_number": null, "first_registration": "2023-04"},
            "build": {"body_type": "hatchback", "doors": 5, "body_color": "白", "color_code": null, "drive_type": null,
                "transmission": null, "gears": null, "fuel_type": "hybrid", "engine_model": null, "displacement_cc": 1986,
                "seating_capacity": 5, "vehicle_weight_kg": null, "gross_weight_kg": null, "length_mm": null, "width_mm": null,
                "height_mm": null, "usage": null, "private_business": null, "type_designation_no": null, "category_no": null,
                "equipment_codes": ["ETC"]},
            "history": {"odometer_km": 20_000, "odometer_status": "actual", "odometer_before_replacement_km": null,
                "repair_history": false, "condition_note": null, "inspection_status": "valid", "inspection_expiry": "2028-04-17",
                "used_as": null, "owner_count": null, "record_book": null, "auction_grade": "4.5", "interior_grade": null,
                "exterior_grade": null},
            "offer": {"vehicle_price": 2_900_000, "fees": 100_000, "advertised_total": 3_000_000, "warranty": null,
                "maintenance_included": true, "recycle_status": null, "recycle_deposit": null, "purchased_on": "2026-07-08",
                "listed_on": "2026-08-09", "sold_on": null, "comment": null, "photos": []},
            "photos": [], "hold": null, "days_listed": 3, "changes": [], "changed_at": null,
            "origin": {"freshness": "copy", "as_of": null}
        });
        change(&mut car);
        serde_json::from_value(car).unwrap()
    }

    fn lines(cars: &[Vehicle]) -> Vec<Line> {
        lines_of(cars, "2026-11-21".parse().unwrap(), |_| "前橋店".to_owned(), Lang::Ja)
    }

    fn of<'a>(lines: &'a [Line], label: &str) -> &'a Line {
        lines.iter().find(|line| line.label == label).unwrap_or_else(|| panic!("no {label}"))
    }

    fn best_at(line: &Line) -> Vec<usize> {
        (0..line.cells.len()).filter(|at| line.cells[*at].best.is_some()).collect()
    }

    #[test]
    fn what_differs_is_marked_and_the_best_of_it_too() {
        let cars = [
            car(|_| {}),
            car(|car| {
                car["history"]["odometer_km"] = json!(9_000);
                car["identity"]["first_registration"] = json!("2024");
                car["offer"]["vehicle_price"] = json!(3_100_000);
                car["offer"]["advertised_total"] = json!(2_990_000);
            }),
        ];
        let told = lines(&cars);
        assert_eq!(best_total(&cars), [1]);
        let odometer = of(&told, words::spec::odometer(Lang::Ja));
        assert!(odometer.differs);
        assert_eq!(best_at(odometer), [1]);
        assert_eq!(best_at(of(&told, words::spec::first_registration(Lang::Ja))), [1]);
        assert_eq!(best_at(of(&told, words::vehicle::vehicle_price(Lang::Ja))), [0]);
        let fuel = of(&told, words::spec::fuel(Lang::Ja));
        assert!(!fuel.differs && best_at(fuel).is_empty());
    }

    #[test]
    fn of_the_same_nothing_is_best_and_what_only_one_has_keeps_its_place() {
        let cars = [car(|_| {}), car(|car| car["history"]["owner_count"] = json!(1))];
        let told = lines(&cars);
        assert!(best_total(&cars).is_empty());
        assert!(told.iter().all(|line| best_at(line).is_empty()));
        let place = |label| told.iter().position(|line| line.label == label).unwrap();
        let owners = place(words::spec::owners(Lang::Ja));
        assert!(place(words::spec::repair(Lang::Ja)) < owners && owners < place(words::spec::body(Lang::Ja)));
        assert_eq!(told[owners].cells[0].text, None);
        assert!(told[owners].differs);
    }

    #[test]
    fn what_is_of_the_house_is_compared_with_nobody() {
        for line in lines(&[car(|_| {}), car(|_| {})]) {
            for hidden in ["ZVW60-1", "4.5", "2026-07-08", "2026年7月8日", "2026年8月9日"] {
                let told = line.cells.iter().any(|cell| cell.text.as_deref().is_some_and(|text| text.contains(hidden)));
                assert!(!told, "{} {hidden}", line.label);
            }
        }
    }
}
