//! Which cars the list shows, as the address says it: the parameters of `GET /vehicles`, and for whom somebody looks. Pure.

use noren_api::leads::WantedCar;
use noren_api::vehicles::{StockPart, VehicleFilter, VehicleSort};
use noren_domain::vehicle::{BodyType, FuelType};
use noren_domain::{LeadId, StoreId, Yen};

use super::wish;
use crate::routes::Page;

/// What the address says of the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StockQuery {
    pub words: String,
    pub part: StockPart,
    pub total_from: Option<Yen>,
    pub total_to: Option<Yen>,
    pub body_types: Vec<BodyType>,
    pub fuel_types: Vec<FuelType>,
    pub maker: Option<String>,
    pub model: Option<String>,
    pub odometer_to: Option<u32>,
    pub year_from: Option<i32>,
    pub inspection_months: Option<u32>,
    /// Without 修復歴 alone.
    pub unrepaired: bool,
    pub stores: Vec<StoreId>,
    pub sort: VehicleSort,
    /// The lead for whom somebody looks for a car.
    pub lead: Option<LeadId>,
}

/// The orders a person can choose.
pub const SORTS: [(VehicleSort, &str); 6] = [
    (VehicleSort::Newest, "newest"),
    (VehicleSort::Cheapest, "cheapest"),
    (VehicleSort::Dearest, "dearest"),
    (VehicleSort::Mileage, "mileage"),
    (VehicleSort::Year, "year"),
    (VehicleSort::Oldest, "oldest"),
];

impl StockQuery {
    /// Reads the part of the address after `?`; what it does not understand is left out.
    pub fn parse(search: &str) -> Self {
        let mut query = Self::default();
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(search.trim_start_matches('?')).unwrap_or_default();
        for (key, value) in pairs {
            query.take(&key, value);
        }
        query
    }

    fn take(&mut self, key: &str, value: String) {
        let yen = |value: &str| value.parse().ok().filter(|amount| *amount >= 0).map(Yen);
        match key {
            "q" => self.words = value.chars().take(100).collect(),
            "part" if value == "sold" => self.part = StockPart::Sold,
            "total_from" => self.total_from = yen(&value),
            "total_to" => self.total_to = yen(&value),
            "body_types" => self.body_types = listed(&value),
            "fuel_types" => self.fuel_types = listed(&value),
            "maker" => self.maker = said(value),
            "model_name" => self.model = said(value),
            "odometer_to" => self.odometer_to = value.parse().ok().filter(|km| *km <= 9_999_999),
            "year_from" => self.year_from = value.parse().ok().filter(|year| (1950..=2100).contains(year)),
            "inspection_months" => self.inspection_months = value.parse().ok().filter(|months| *months <= 36),
            "repair_history" => self.unrepaired = value == "false",
            "store_ids" => self.stores = listed(&value),
            "sort" => {
                self.sort = SORTS.iter().find(|(_, name)| *name == value).map(|(sort, _)| *sort).unwrap_or_default();
            }
            "lead" => self.lead = value.parse().ok(),
            _ => {}
        }
    }

    /// The part of an address after `?`, empty for the stock as it opens.
    pub fn search(&self) -> String {
        let lead = self.lead.map(|lead| format!("lead={lead}"));
        [Some(self.kept()).filter(|kept| !kept.is_empty()), lead].into_iter().flatten().collect::<Vec<_>>().join("&")
    }

    /// The same for whomever it is: what a person keeps under a name.
    pub fn kept(&self) -> String {
        serde_urlencoded::to_string(self.filter()).unwrap_or_default()
    }

    /// The address of a page that keeps the list as it is.
    pub fn beside(&self, path: &str) -> String {
        let search = self.search();
        if search.is_empty() { path.to_owned() } else { format!("{path}?{search}") }
    }

    /// The address of the stock with what a lead wishes for, as far as it can be understood.
    pub fn wished(lead: LeadId, car: &WantedCar) -> String {
        Self { lead: Some(lead), ..wish::understood(car) }.beside(&Page::Stock.href())
    }

    /// What the server is asked for.
    pub fn filter(&self) -> VehicleFilter {
        let words = self.words.trim();
        VehicleFilter {
            q: (!words.is_empty()).then(|| words.to_owned()),
            part: (self.part != StockPart::ForSale).then_some(self.part),
            total_from: self.total_from.map(|yen| yen.0),
            total_to: self.total_to.map(|yen| yen.0),
            body_types: joined(self.body_types.iter().map(|known| known.as_str())),
            fuel_types: joined(self.fuel_types.iter().map(|known| known.as_str())),
            maker: self.maker.clone(),
            model_name: self.model.clone().filter(|_| self.maker.is_some()),
            odometer_to: self.odometer_to,
            year_from: self.year_from,
            inspection_months: self.inspection_months,
            repair_history: self.unrepaired.then_some(false),
            store_ids: joined(self.stores.iter().map(ToString::to_string)),
            external_code: None,
            sort: (self.sort != VehicleSort::Newest).then_some(self.sort),
            after: None,
            limit: None,
        }
    }
}

/// Puts a value into a list, or takes it out.
pub fn toggled<T: PartialEq>(list: &mut Vec<T>, value: T) {
    match list.iter().position(|known| *known == value) {
        Some(at) => drop(list.remove(at)),
        None => list.push(value),
    }
}

fn said(value: String) -> Option<String> {
    Some(value).filter(|value| !value.is_empty() && value.chars().count() <= 100)
}

fn listed<T: std::str::FromStr>(value: &str) -> Vec<T> {
    value.split(',').filter_map(|word| word.parse().ok()).collect()
}

fn joined(words: impl Iterator<Item = impl AsRef<str>>) -> Option<String> {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(word.as_ref());
    }
    Some(text).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0192f0c1-2345-7abc-8def-0123456789ab";

    fn full() -> StockQuery {
        StockQuery {
            words: "ハリアー &=".into(),
            part: StockPart::Sold,
            total_from: Some(Yen(900_000)),
            total_to: Some(Yen(3_300_000)),
            body_types: vec![BodyType::Suv, BodyType::Minivan],
            fuel_types: vec![FuelType::Hybrid],
            maker: Some("トヨタ".into()),
            model: Some("ハリアー".into()),
            odometer_to: Some(55_000),
            year_from: Some(2019),
            inspection_months: Some(6),
            unrepaired: true,
            stores: vec![ID.parse().unwrap()],
            sort: VehicleSort::Cheapest,
            lead: ID.parse().ok(),
        }
    }

    #[test]
    fn the_address_of_a_list_reads_back_as_the_same_list() {
        assert_eq!(StockQuery::parse(&full().search()), full());
        assert_eq!(StockQuery::default().search(), "");
        let nonsense = "?part=none&total_to=-1&body_types=boat&odometer_to=x&year_from=3000&store_ids=42&sort=best&x=y";
        assert_eq!(StockQuery::parse(nonsense), StockQuery::default());
    }

    #[test]
    fn what_is_kept_under_a_name_is_for_nobody_in_particular() {
        assert_eq!(StockQuery::parse(&full().kept()), StockQuery { lead: None, ..full() });
    }

    #[test]
    fn the_server_is_asked_in_its_own_words() {
        let filter = full().filter();
        assert_eq!(filter.body_types.as_deref(), Some("suv,minivan"));
        assert_eq!((filter.repair_history, filter.total_to), (Some(false), Some(3_300_000)));
        assert_eq!(StockQuery { maker: None, ..full() }.filter().model_name, None, "a model is of a maker");
    }
}
