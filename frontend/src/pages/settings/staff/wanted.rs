//! Which colleagues the list shows, as the address says it. Pure.

use noren_api::staff::StaffMember;
use noren_domain::StoreId;
use noren_domain::staff::{Role, StaffStatus};

use super::content::ROLES;

/// Who is shown by what has become of them. Those who left are seldom looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stay {
    #[default]
    Present,
    Only(StaffStatus),
    Everybody,
}

impl Stay {
    pub const ALL: [Self; 5] = [
        Self::Present,
        Self::Only(StaffStatus::Active),
        Self::Only(StaffStatus::Suspended),
        Self::Only(StaffStatus::Retired),
        Self::Everybody,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Present => "",
            Self::Only(status) => status.as_str(),
            Self::Everybody => "all",
        }
    }

    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|stay| stay.as_str() == name).unwrap_or_default()
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    pub words: String,
    pub store: Option<StoreId>,
    pub role: Option<Role>,
    pub stay: Stay,
}

impl Wanted {
    /// Reads the part of the address after `?`; what it does not understand is left out.
    pub fn parse(search: &str) -> Self {
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(search.trim_start_matches('?')).unwrap_or_default();
        let mut wanted = Self::default();
        for (key, value) in pairs {
            match key.as_str() {
                "q" => wanted.words = value,
                "store" => wanted.store = value.parse().ok(),
                "role" => wanted.role = role_named(&value),
                "status" => wanted.stay = Stay::named(&value),
                _ => {}
            }
        }
        wanted
    }

    /// The part of an address after `?`, empty for the list as it opens.
    pub fn search(&self) -> String {
        let stay = Some(self.stay.as_str().to_owned()).filter(|stay| !stay.is_empty());
        serde_urlencoded::to_string(self.pairs("store", stay)).unwrap_or_default()
    }

    /// What the server is asked for.
    pub fn query(&self) -> Vec<(&'static str, String)> {
        let status = match self.stay {
            Stay::Only(status) => Some(status.as_str().to_owned()),
            Stay::Present | Stay::Everybody => None,
        };
        self.pairs("store_id", status)
    }

    fn pairs(&self, store: &'static str, status: Option<String>) -> Vec<(&'static str, String)> {
        let words: String = self.words.trim().chars().take(100).collect();
        let pairs = [
            ("q", Some(words).filter(|words| !words.is_empty())),
            (store, self.store.map(|id| id.to_string())),
            ("role", self.role.map(|role| role.as_str().to_owned())),
            ("status", status),
        ];
        pairs.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    }

    /// What the server cannot tell apart.
    pub fn shows(&self, person: &StaffMember) -> bool {
        self.stay != Stay::Present || person.status != StaffStatus::Retired
    }

    pub fn narrows(&self) -> bool {
        *self != Self::default()
    }
}

pub fn role_named(name: &str) -> Option<Role> {
    ROLES.into_iter().find(|role| role.as_str() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_list_reads_back_as_the_same_list() {
        let id = "0192f0c1-2345-7abc-8def-0123456789ab";
        for stay in Stay::ALL {
            let wanted =
                Wanted { words: "佐久間 S1&=".into(), store: id.parse().ok(), role: Some(Role::Manager), stay };
            assert_eq!(Wanted::parse(&wanted.search()), wanted);
        }
        assert_eq!(Wanted::default().search(), "");
        assert_eq!(Wanted::parse("?store=42&role=api_client&status=gone&x=y"), Wanted::default());
    }

    #[test]
    fn the_server_is_asked_by_its_own_names() {
        let stay = Stay::Only(StaffStatus::Suspended);
        let wanted = Wanted { words: " さくま ".into(), role: Some(Role::Salesperson), stay, store: None };
        let asked = wanted.query();
        assert_eq!(
            asked,
            [("q", "さくま".to_owned()), ("role", "salesperson".to_owned()), ("status", "suspended".to_owned())]
        );
        assert_eq!(Wanted { stay: Stay::Everybody, ..Wanted::default() }.query(), []);
    }
}
