//! What the list of customers is narrowed to, as the address says it. Pure.

use noren_api::customers::{CustomerFilter, CustomerSort};
use noren_domain::customer::CustomerKind;
use noren_domain::{StaffId, StoreId};

/// Within how many months 車検 is near.
pub const NEAR: u32 = 3;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    pub words: String,
    /// Whom the signed-in person looks after.
    pub mine: bool,
    /// Whose 車検 is near, the nearest first.
    pub near: bool,
    pub companies: bool,
    pub store: Option<StoreId>,
}

impl ListQuery {
    /// What an address says; what it says wrong is not said.
    pub fn parse(search: &str) -> Self {
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(search.trim_start_matches('?')).unwrap_or_default();
        let mut query = Self::default();
        for (key, value) in pairs {
            match key.as_str() {
                "q" => query.words = value,
                "mine" => query.mine = value == "1",
                "near" => query.near = value == "1",
                "companies" => query.companies = value == "1",
                "store" => query.store = value.parse().ok(),
                _ => {}
            }
        }
        query
    }

    /// The address of the list.
    pub fn beside(&self, path: &str) -> String {
        let flag = |on: bool| on.then(|| "1".to_owned());
        let pairs = [
            ("q", Some(self.words.clone()).filter(|words| !words.trim().is_empty())),
            ("mine", flag(self.mine)),
            ("near", flag(self.near)),
            ("companies", flag(self.companies)),
            ("store", self.store.map(|id| id.to_string())),
        ];
        let said: Vec<(&str, String)> = pairs.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
        let search = serde_urlencoded::to_string(said).unwrap_or_default();
        if search.is_empty() { path.to_owned() } else { format!("{path}?{search}") }
    }

    /// Whether anything is left out.
    pub fn narrows(&self) -> bool {
        *self != Self::default()
    }

    /// What the server is asked for.
    pub fn filter(&self, me: StaffId) -> CustomerFilter {
        CustomerFilter {
            q: Some(self.words.trim().chars().take(100).collect::<String>()).filter(|words| !words.is_empty()),
            store_id: self.store,
            kind: self.companies.then_some(CustomerKind::Organization),
            staff_id: self.mine.then_some(me),
            inspection_within: self.near.then_some(NEAR),
            sort: self.near.then_some(CustomerSort::Inspection),
            after: None,
            limit: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_list_reads_back_as_the_same_list() {
        let store = "0192f0c1-2345-7abc-8def-0123456789ab".parse().ok();
        let query = ListQuery { words: "渡辺 090&=".into(), mine: true, near: true, companies: true, store };
        assert_eq!(ListQuery::parse(query.beside("").trim_start_matches('?')), query);
        assert_eq!(ListQuery::default().beside("/customers"), "/customers");
        assert_eq!(ListQuery::parse("?mine=yes&store=42&x=y"), ListQuery::default());
        assert!(query.narrows() && !ListQuery::default().narrows());
    }

    #[test]
    fn who_is_near_comes_in_the_order_of_the_days() {
        let me = "0192f0c1-2345-7abc-8def-0123456789ab".parse().unwrap();
        let filter = ListQuery { near: true, ..ListQuery::default() }.filter(me);
        assert_eq!((filter.inspection_within, filter.sort), (Some(NEAR), Some(CustomerSort::Inspection)));
        assert_eq!(ListQuery::default().filter(me), CustomerFilter::default());
    }
}
