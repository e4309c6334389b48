//! The sides from which the stock can be narrowed, one by one. Pure.

use noren_domain::StoreId;

use super::lines;
use super::query::StockQuery;
use crate::ui::yen;
use crate::words::{self, Lang};

/// One side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    Words,
    Budget,
    Body,
    Maker,
    Odometer,
    Year,
    Inspection,
    Store,
    Fuel,
    Unrepaired,
}

impl Facet {
    pub const ALL: [Self; 10] = [
        Self::Words,
        Self::Budget,
        Self::Body,
        Self::Maker,
        Self::Odometer,
        Self::Year,
        Self::Inspection,
        Self::Store,
        Self::Fuel,
        Self::Unrepaired,
    ];

    /// What it is called while nothing is chosen.
    pub fn name(self) -> fn(Lang) -> &'static str {
        use words::stock as name;
        match self {
            Self::Words => name::search,
            Self::Budget => name::total,
            Self::Body => name::body,
            Self::Maker => name::maker,
            Self::Odometer => name::odometer,
            Self::Year => name::year,
            Self::Inspection => name::inspection,
            Self::Store => name::store,
            Self::Fuel => name::fuel,
            Self::Unrepaired => name::unrepaired,
        }
    }

    /// What is chosen, in words; nothing where nothing is.
    pub fn said(self, query: &StockQuery, store_name: impl Fn(StoreId) -> String, lang: Lang) -> Option<String> {
        let dot = words::common::dot(lang);
        let list = |names: Vec<String>| Some(names.join(dot)).filter(|names| !names.is_empty());
        match self {
            Self::Words => {
                let words = query.words.trim();
                (!words.is_empty()).then(|| words::stock::words(lang, words))
            }
            Self::Budget => budget(query, lang),
            Self::Body => list(query.body_types.iter().map(|body| lines::body_type(*body)(lang).to_owned()).collect()),
            Self::Maker => {
                let maker = query.maker.as_ref()?;
                Some(lines::title(maker, query.model.as_deref().unwrap_or_default(), ""))
            }
            Self::Odometer => query.odometer_to.map(|km| words::stock::odometer_to(lang, limit(km, lang))),
            Self::Year => query.year_from.map(|year| words::stock::year_from(lang, year)),
            Self::Inspection => query.inspection_months.map(|months| words::stock::inspection_from(lang, months)),
            Self::Store => list(query.stores.iter().map(|store| store_name(*store)).collect()),
            Self::Fuel => list(query.fuel_types.iter().map(|fuel| lines::fuel(*fuel)(lang).to_owned()).collect()),
            Self::Unrepaired => query.unrepaired.then(|| words::stock::unrepaired(lang).to_owned()),
        }
    }

    pub fn is_set(self, query: &StockQuery) -> bool {
        self.said(query, |_| String::from("-"), Lang::Ja).is_some()
    }

    /// The same list without it.
    pub fn dropped(self, query: &StockQuery) -> StockQuery {
        let mut query = query.clone();
        match self {
            Self::Words => query.words.clear(),
            Self::Budget => (query.total_from, query.total_to) = (None, None),
            Self::Body => query.body_types.clear(),
            Self::Maker => (query.maker, query.model) = (None, None),
            Self::Odometer => query.odometer_to = None,
            Self::Year => query.year_from = None,
            Self::Inspection => query.inspection_months = None,
            Self::Store => query.stores.clear(),
            Self::Fuel => query.fuel_types.clear(),
            Self::Unrepaired => query.unrepaired = false,
        }
        query
    }

    /// Those that narrow a list.
    pub fn of(query: &StockQuery) -> Vec<Self> {
        Self::ALL.into_iter().filter(|facet| facet.is_set(query)).collect()
    }
}

/// Without any of them, in the same order and for the same lead.
pub fn widened(query: &StockQuery) -> StockQuery {
    StockQuery { part: query.part, sort: query.sort, lead: query.lead, ..StockQuery::default() }
}

/// A limit of distance as it is chosen: `5.5万km`, `10万km`.
pub fn limit(km: u32, lang: Lang) -> String {
    match lang {
        Lang::Ja if km >= 10_000 && km.is_multiple_of(1_000) => {
            let (whole, part) = (km / 10_000, km % 10_000 / 1_000);
            words::car::man_km(lang, if part == 0 { whole.to_string() } else { format!("{whole}.{part}") })
        }
        _ => words::car::km(lang, yen::grouped(u64::from(km))),
    }
}

fn budget(query: &StockQuery, lang: Lang) -> Option<String> {
    let said = |amount| yen::brief(amount, lang);
    match (query.total_from, query.total_to) {
        (Some(from), Some(to)) => Some(words::stock::between(lang, said(from), said(to))),
        (Some(from), None) => Some(words::stock::from(lang, said(from))),
        (None, Some(to)) => Some(words::stock::up_to(lang, said(to))),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(search: &str) -> StockQuery {
        StockQuery::parse(search)
    }

    fn said(search: &str) -> Vec<String> {
        let query = query(search);
        let said = |facet: Facet| facet.said(&query, |_| "本店".to_owned(), Lang::Ja);
        Facet::ALL.into_iter().filter_map(said).collect()
    }

    #[test]
    fn what_is_chosen_is_said_as_a_salesperson_says_it() {
        let search = "q=ハイブリッド&total_from=900000&total_to=3300000&body_types=suv,minivan&maker=トヨタ&model_name=ハリアー\
                      &odometer_to=55000&year_from=2019&inspection_months=6&repair_history=false&fuel_types=hybrid\
                      &store_ids=0192f0c1-2345-7abc-8def-0123456789ab";
        let expected = [
            "「ハイブリッド」",
            "90万円〜330万円",
            "SUV・クロカン・ミニバン",
            "トヨタ ハリアー",
            "5.5万kmまで",
            "2019年から",
            "車検残6か月以上",
            "本店",
            "ハイブリッド",
            "修復歴なし",
        ];
        assert_eq!(said(search), expected);
        assert_eq!(said("total_to=3000000"), ["300万円まで"]);
        assert_eq!(said("total_from=3000000&odometer_to=100000"), ["300万円から", "10万kmまで"]);
        assert_eq!(said("sort=year&part=sold"), [""; 0]);
    }

    #[test]
    fn one_side_after_the_other_can_be_dropped() {
        let mut left = query(
            "q=x&total_to=1&body_types=suv&maker=a&model_name=b&odometer_to=1&year_from=2000&inspection_months=1&repair_history=false&fuel_types=lpg&sort=year",
        );
        let mut facets = Facet::of(&left);
        assert_eq!(facets.len(), 9);
        while let Some(facet) = facets.pop() {
            left = facet.dropped(&left);
            assert_eq!(Facet::of(&left), facets);
        }
        assert_eq!(left, widened(&left));
    }
}
