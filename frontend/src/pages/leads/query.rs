//! Which leads the list shows, as the address says it.

use noren_api::leads::{AssigneeFilter, LeadFilter, LeadSort};
use noren_domain::lead::{LeadStatus, Temperature};
use noren_domain::{StaffId, StoreId, TagId};

/// The tabs of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    New,
    Mine,
    Nurturing,
    All,
}

impl Tab {
    pub const ALL: [Self; 4] = [Self::New, Self::Mine, Self::Nurturing, Self::All];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Mine => "mine",
            Self::Nurturing => "nurturing",
            Self::All => "all",
        }
    }
}

/// Whose leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignee {
    Nobody,
    Staff(StaffId),
}

/// What the address says of the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListQuery {
    pub tab: Tab,
    pub words: String,
    pub sort: LeadSort,
    pub store: Option<StoreId>,
    pub temperature: Option<Temperature>,
    pub source: Option<String>,
    pub tag: Option<TagId>,
    pub assignee: Option<Assignee>,
}

/// The orders a person can choose.
pub const SORTS: [(LeadSort, &str); 4] = [
    (LeadSort::Newest, "newest"),
    (LeadSort::Oldest, "oldest"),
    (LeadSort::Updated, "updated"),
    (LeadSort::Kana, "kana"),
];

const NOBODY: &str = "nobody";

impl ListQuery {
    /// Reads the part of the address after `?`; what it does not understand is left out.
    pub fn parse(search: &str) -> Self {
        let mut query = Self::default();
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(search.trim_start_matches('?')).unwrap_or_default();
        for (key, value) in pairs {
            match key.as_str() {
                "tab" => query.tab = Tab::ALL.into_iter().find(|tab| tab.as_str() == value).unwrap_or_default(),
                "q" => query.words = value,
                "sort" => {
                    query.sort =
                        SORTS.iter().find(|(_, name)| *name == value).map_or(LeadSort::Newest, |(sort, _)| *sort);
                }
                "store" => query.store = value.parse().ok(),
                "temperature" => {
                    query.temperature = Temperature::ALL.into_iter().find(|known| known.as_str() == value);
                }
                "tag" => query.tag = value.parse().ok(),
                "source" => query.source = Some(value).filter(|code| !code.is_empty()),
                "assignee" => query.assignee = parse_assignee(&value),
                _ => {}
            }
        }
        query
    }

    /// The part of an address after `?`, empty for the list as it opens.
    pub fn search(&self) -> String {
        let sort = SORTS.iter().find(|(sort, _)| *sort == self.sort).map(|(_, name)| (*name).to_owned());
        let pairs = [
            ("tab", (self.tab != Tab::default()).then(|| self.tab.as_str().to_owned())),
            ("q", Some(self.words.clone()).filter(|words| !words.is_empty())),
            ("sort", sort.filter(|_| self.sort != LeadSort::Newest)),
            ("store", self.store.map(|id| id.to_string())),
            ("temperature", self.temperature.map(|temperature| temperature.as_str().to_owned())),
            ("source", self.source.clone()),
            ("tag", self.tag.map(|id| id.to_string())),
            ("assignee", self.assignee.map(assignee_value)),
        ];
        let said: Vec<(&str, String)> = pairs.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
        serde_urlencoded::to_string(said).unwrap_or_default()
    }

    /// The address of a page that keeps the list as it is.
    pub fn beside(&self, path: &str) -> String {
        let search = self.search();
        if search.is_empty() { path.to_owned() } else { format!("{path}?{search}") }
    }

    /// The same list under another tab.
    pub fn on(&self, tab: Tab) -> Self {
        Self { tab, ..self.clone() }
    }

    /// How many filters beyond tab, words and order are set.
    pub fn filters(&self) -> usize {
        let Self { store, temperature, source, tag, assignee, .. } = self;
        [store.is_some(), temperature.is_some(), source.is_some(), tag.is_some(), assignee.is_some()]
            .into_iter()
            .filter(|set| *set)
            .count()
    }

    /// Whether words or filters leave something out.
    pub fn narrows(&self) -> bool {
        !self.words.trim().is_empty() || self.filters() > 0
    }

    /// Without words and filters.
    pub fn widened(&self) -> Self {
        Self { tab: self.tab, sort: self.sort, ..Self::default() }
    }

    /// What the server is asked for.
    pub fn filter(&self) -> LeadFilter {
        let mine = self.tab == Tab::Mine;
        let (assignee_id, nobody) = match self.assignee.filter(|_| !mine) {
            Some(Assignee::Staff(id)) => (Some(id), None),
            Some(Assignee::Nobody) => (None, Some(AssigneeFilter::Nobody)),
            None => (None, None),
        };
        LeadFilter {
            q: Some(self.words.trim().chars().take(100).collect::<String>()).filter(|words| !words.is_empty()),
            status: match self.tab {
                Tab::New => Some(LeadStatus::New),
                Tab::Nurturing => Some(LeadStatus::Nurturing),
                Tab::Mine | Tab::All => None,
            },
            store_id: self.store,
            assignee_id,
            assignee: if mine { Some(AssigneeFilter::Me) } else { nobody },
            source_code: self.source.clone(),
            temperature: self.temperature,
            tag_id: self.tag,
            sort: (self.sort != LeadSort::Newest).then_some(self.sort),
            after: None,
            limit: None,
        }
    }
}

/// How a choice of assignee is written; the empty text is everybody.
pub fn assignee_value(assignee: Assignee) -> String {
    match assignee {
        Assignee::Nobody => NOBODY.to_owned(),
        Assignee::Staff(id) => id.to_string(),
    }
}

pub fn parse_assignee(value: &str) -> Option<Assignee> {
    if value == NOBODY { Some(Assignee::Nobody) } else { value.parse().ok().map(Assignee::Staff) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_list_reads_back_as_the_same_list() {
        let id = "0192f0c1-2345-7abc-8def-0123456789ab";
        let query = ListQuery {
            tab: Tab::Mine,
            words: "渡辺 090&=".into(),
            sort: LeadSort::Kana,
            store: id.parse().ok(),
            temperature: Some(Temperature::ThreeMonths),
            source: Some("walk_in".into()),
            tag: id.parse().ok(),
            assignee: Some(Assignee::Nobody),
        };
        assert_eq!(ListQuery::parse(&query.search()), query);
        assert_eq!(ListQuery::default().search(), "");
        assert_eq!(ListQuery::parse("?tab=gone&store=42&tag=42&x=y"), ListQuery::default());
    }

    #[test]
    fn my_leads_are_mine_whatever_else_is_chosen() {
        let query = ListQuery { tab: Tab::Mine, assignee: Some(Assignee::Nobody), ..ListQuery::default() };
        assert_eq!(query.filter().assignee, Some(AssigneeFilter::Me));
        let query = query.on(Tab::New);
        assert_eq!(query.filter().assignee, Some(AssigneeFilter::Nobody));
        assert_eq!(query.filter().status, Some(LeadStatus::New));
    }

    #[test]
    fn widening_keeps_tab_and_order() {
        let query = ListQuery { tab: Tab::All, words: "渡".into(), sort: LeadSort::Kana, ..ListQuery::default() };
        assert!(query.narrows());
        assert!(!query.widened().narrows());
        assert_eq!((query.widened().tab, query.widened().sort), (Tab::All, LeadSort::Kana));
    }
}
