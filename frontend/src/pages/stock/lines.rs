//! A car in words. Pure.

use chrono::{Datelike, NaiveDate};
use noren_api::vehicles::{PriceCut, VehicleHold, VehicleRow};
use noren_domain::code::StoreCode;
use noren_domain::hold::HoldState;
use noren_domain::vehicle::{BodyType, Condition, FuelType, InspectionStatus, StockStatus};
use noren_domain::{StaffId, StoreId, Timestamp};

use crate::session::Masters;
use crate::ui::icon::Icon;
use crate::ui::{date, yen};
use crate::words::{self, Lang};

/// For how many days a car is new in stock.
const NEW_DAYS: i64 = 7;

/// Maker, model and grade, as far as they are known.
pub fn title(maker: &str, model: &str, grade: &str) -> String {
    [maker, model, grade].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What a store is called; of one that the person does not see only the code is known.
pub fn store(masters: &Masters, id: Option<StoreId>, code: &StoreCode, lang: Lang) -> String {
    match id.map(|id| masters.store_name(id)).filter(|name| !name.is_empty()) {
        Some(name) => name.to_owned(),
        None => words::car::store_code(lang, code),
    }
}

pub fn row_title(row: &VehicleRow) -> String {
    title(&row.maker, &row.model_name, &row.grade)
}

/// `2.8万km`, and to the kilometre below 1,000.
pub fn distance(km: u32, lang: Lang) -> String {
    match lang {
        Lang::Ja if km >= 1_000 => {
            let tenths = (km + 500) / 1_000;
            let number = if tenths.is_multiple_of(10) && tenths >= 100 {
                (tenths / 10).to_string()
            } else {
                format!("{}.{}", tenths / 10, tenths % 10)
            };
            words::car::man_km(lang, number)
        }
        _ => words::car::km(lang, yen::grouped(u64::from(km))),
    }
}

/// Year of the first registration; a new car has none.
pub fn year(row: &VehicleRow, lang: Lang) -> String {
    match row.first_registration {
        Some(first) => words::car::year(lang, first.year),
        None => condition(row.condition)(lang).to_owned(),
    }
}

/// `車検 27/03`, or how 車検 comes with a car that has none now.
pub fn inspection(expiry: Option<NaiveDate>, status: InspectionStatus, lang: Lang) -> String {
    match expiry {
        Some(day) => format!("{} {:02}/{:02}", words::car::inspection(lang), day.year() % 100, day.month()),
        None => inspection_status(status)(lang).to_owned(),
    }
}

pub fn inspection_status(status: InspectionStatus) -> fn(Lang) -> &'static str {
    match status {
        InspectionStatus::Valid => words::spec_word::valid,
        InspectionStatus::Included => words::spec_word::included,
        InspectionStatus::Separate => words::spec_word::separate,
        InspectionStatus::Unregistered => words::spec_word::unregistered,
    }
}

/// What is said of a car at the upper left of its picture: whose it is, or nearly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    Mine(Held),
    Theirs(Held),
    Sold(&'static str),
    /// Not there yet to be looked at, or not for customers.
    Away(&'static str),
}

/// Who has a car, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    said: String,
    /// EXTREME has not answered yet: nobody may promise the car.
    asked: bool,
    waiting: u32,
}

impl Held {
    fn of(hold: &VehicleHold, mine: bool, now: Timestamp, lang: Lang) -> Self {
        let asked = hold.state == HoldState::Requested;
        let (name, until) = (family_name(&hold.staff_name), date::brief(hold.expires_at, now, lang));
        let said = match (mine, asked) {
            (true, true) => words::car::asked_by_me(lang).to_owned(),
            (true, false) => words::car::held_by_me(lang, until),
            (false, true) => words::car::asked(lang, name),
            (false, false) => words::car::held(lang, name, until),
        };
        Self { said, asked, waiting: hold.waiting }
    }

    fn somehow(said: &str) -> Self {
        Self { said: said.to_owned(), asked: false, waiting: 0 }
    }
}

impl Claim {
    pub fn of(
        status: StockStatus,
        hold: Option<&VehicleHold>,
        me: StaffId,
        now: Timestamp,
        lang: Lang,
    ) -> Option<Self> {
        use StockStatus as S;
        if status.is_sold() {
            return Some(Self::Sold(words::stock_status::sold(lang)));
        }
        if let Some(hold) = hold {
            let mine = hold.staff_id == Some(me);
            let held = Held::of(hold, mine, now, lang);
            return Some(if mine { Self::Mine(held) } else { Self::Theirs(held) });
        }
        match status {
            S::Negotiating => Some(Self::Theirs(Held::somehow(self::status(status)(lang)))),
            S::Listed | S::Received => None,
            _ => Some(Self::Away(self::status(status)(lang))),
        }
    }

    pub fn kind(&self) -> &'static str {
        match self {
            Self::Mine(_) => "mine",
            Self::Theirs(_) => "hold",
            Self::Sold(_) => "sold",
            Self::Away(_) => "away",
        }
    }

    /// What stands before the words, where somebody has the car.
    pub fn icon(&self) -> Option<Icon> {
        match self {
            Self::Mine(held) | Self::Theirs(held) => Some(if held.asked { Icon::Clock } else { Icon::Hold }),
            Self::Sold(_) | Self::Away(_) => None,
        }
    }

    /// How many wait behind.
    pub fn waiting(&self) -> u32 {
        match self {
            Self::Mine(held) | Self::Theirs(held) => held.waiting,
            Self::Sold(_) | Self::Away(_) => 0,
        }
    }

    pub fn said(self) -> String {
        match self {
            Self::Mine(held) | Self::Theirs(held) => held.said,
            Self::Sold(said) | Self::Away(said) => said.to_owned(),
        }
    }
}

/// The family name, which is how the shop calls a colleague.
fn family_name(name: &str) -> &str {
    if name.is_ascii() { name } else { name.split_whitespace().next().unwrap_or(name) }
}

/// What is new about a car: a lower price, or that it has come.
pub fn news(row: &VehicleRow, today: NaiveDate, lang: Lang) -> Option<String> {
    if row.status.is_sold() {
        return None;
    }
    if let Some(cut) = row.price_cut {
        return Some(price_cut(cut, lang));
    }
    match (today - row.listed_on?).num_days() {
        0 => Some(words::car::arrived_today(lang).to_owned()),
        1..=NEW_DAYS => Some(words::car::arrived(lang).to_owned()),
        _ => None,
    }
}

pub fn price_cut(cut: PriceCut, lang: Lang) -> String {
    words::car::cut(lang, yen::brief(cut.by, lang))
}

pub fn status(status: StockStatus) -> fn(Lang) -> &'static str {
    use StockStatus as S;
    use words::stock_status as name;
    match status {
        S::Purchased => name::purchased,
        S::InTransit => name::in_transit,
        S::Received => name::received,
        S::Reconditioning => name::reconditioning,
        S::Listed => name::listed,
        S::Negotiating => name::negotiating,
        S::Contracted => name::contracted,
        S::Registering => name::registering,
        S::AwaitingDelivery => name::awaiting_delivery,
        S::Delivered => name::delivered,
        S::Wholesale => name::wholesale,
        S::Scrapped => name::scrapped,
    }
}

pub fn condition(condition: Condition) -> fn(Lang) -> &'static str {
    match condition {
        Condition::New => words::car::new,
        Condition::Unused => words::car::unused,
        Condition::Used => words::car::used,
    }
}

pub fn body_type(body: BodyType) -> fn(Lang) -> &'static str {
    use BodyType as B;
    use words::body_type as name;
    match body {
        B::Kei => name::kei,
        B::Compact => name::compact,
        B::Hatchback => name::hatchback,
        B::Sedan => name::sedan,
        B::Wagon => name::wagon,
        B::Minivan => name::minivan,
        B::Suv => name::suv,
        B::Coupe => name::coupe,
        B::Open => name::open,
        B::KeiVan => name::kei_van,
        B::Van => name::van,
        B::Truck => name::truck,
        B::Camper => name::camper,
        B::Other => name::other,
    }
}

/// The drawing that stands for a body until there is a picture.
pub fn body_icon(body: BodyType) -> Icon {
    use BodyType as B;
    match body {
        B::Kei | B::KeiVan => Icon::Kei,
        B::Compact | B::Hatchback => Icon::Compact,
        B::Sedan | B::Coupe | B::Open => Icon::Sedan,
        B::Minivan | B::Van | B::Camper => Icon::Minivan,
        B::Suv | B::Wagon => Icon::Suv,
        B::Truck => Icon::Truck,
        B::Other => Icon::Car,
    }
}

pub fn fuel(fuel: FuelType) -> fn(Lang) -> &'static str {
    use FuelType as F;
    use words::fuel_type as name;
    match fuel {
        F::Gasoline => name::gasoline,
        F::Diesel => name::diesel,
        F::Lpg => name::lpg,
        F::Hybrid => name::hybrid,
        F::PlugInHybrid => name::plug_in_hybrid,
        F::Electric => name::electric,
        F::FuelCell => name::fuel_cell,
    }
}

#[cfg(test)]
mod tests {
    use noren_domain::StaffId;
    use uuid::Uuid;

    use super::*;

    const ME: StaffId = StaffId(Uuid::from_u128(1));

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn hold(staff_id: Option<StaffId>) -> VehicleHold {
        VehicleHold {
            staff_name: "佐藤 健".into(),
            staff_id,
            store_code: "001".parse().unwrap(),
            state: HoldState::Held,
            expires_at: at("2026-11-23T07:30:00Z"),
            waiting: 0,
        }
    }

    #[test]
    fn a_distance_is_short_and_never_says_nothing() {
        for (km, said) in [(28_140, "2.8万km"), (999, "999km"), (0, "0km"), (9_960, "1.0万km"), (100_400, "10万km")]
        {
            assert_eq!(distance(km, Lang::Ja), said);
        }
        assert_eq!(distance(28_140, Lang::En), "28,140 km");
    }

    #[test]
    fn whose_a_car_is_counts_before_how_far_it_is() {
        let now = at("2026-11-23T01:00:00Z");
        let claim = |status, hold: Option<VehicleHold>| Claim::of(status, hold.as_ref(), ME, now, Lang::Ja);
        assert_eq!(claim(StockStatus::Listed, None), None);
        let theirs = claim(StockStatus::Negotiating, Some(hold(None))).unwrap();
        assert_eq!((theirs.kind(), theirs.said().as_str()), ("hold", "仮押さえ 佐藤 16:30まで"));
        assert_eq!(claim(StockStatus::Listed, Some(hold(Some(ME)))).unwrap().kind(), "mine");
        assert_eq!(claim(StockStatus::AwaitingDelivery, Some(hold(None))).unwrap().said(), "売約済");
        assert_eq!(claim(StockStatus::InTransit, None).unwrap().said(), "陸送中");
    }

    #[test]
    fn a_car_that_is_only_asked_for_is_nobodys_yet() {
        let now = at("2026-11-23T01:00:00Z");
        let asked = |staff_id| VehicleHold { state: HoldState::Requested, waiting: 2, ..hold(staff_id) };
        let claim = |hold: &VehicleHold| Claim::of(StockStatus::Listed, Some(hold), ME, now, Lang::Ja).unwrap();
        let theirs = claim(&asked(None));
        assert_eq!((theirs.icon(), theirs.waiting()), (Some(Icon::Clock), 2));
        assert_eq!(theirs.said(), "確認中 佐藤");
        assert_eq!(claim(&asked(Some(ME))).said(), "自分の仮押さえ 確認中");
        assert_eq!(claim(&hold(Some(ME))).icon(), Some(Icon::Hold));
    }

    #[test]
    fn an_inspection_is_said_by_month_or_by_what_comes_with_the_car() {
        let said = |expiry: &str, status| inspection(expiry.parse().ok(), status, Lang::Ja);
        assert_eq!(said("2027-03-14", InspectionStatus::Valid), "車検 27/03");
        assert_eq!(said("", InspectionStatus::Included), "車検整備付");
        assert_eq!(said("", InspectionStatus::Separate), "車検整備別");
    }
}
