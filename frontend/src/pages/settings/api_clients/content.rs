//! A key as an administrator types it: addresses, number and last day may be half written. Pure, and tested on the host.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use noren_api::FieldProblem;
use noren_api::api_clients::ApiClientProfile;
use noren_domain::api_client::{Scope, TypedApiClient};
use noren_domain::clock::japan_date;
use noren_domain::{StoreId, Timestamp};
use serde::{Deserialize, Serialize};
use validator::Validate as _;

use crate::errors::{FieldErrors, collect};
use crate::messages;
use crate::pages::settings::content::{self, Content, said};
use crate::session::Masters;
use crate::ui::clock;
use crate::words::{self, Lang};

/// How long a key lives unless another day is chosen.
const USUAL: TimeDelta = TimeDelta::days(90);
/// Before its end a key is said to end soon.
const SOON: TimeDelta = TimeDelta::days(14);

/// How a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    InUse,
    EndsSoon,
    Over,
    Revoked,
}

impl Standing {
    pub fn of(revoked_at: Option<Timestamp>, expires_at: Timestamp, now: Timestamp) -> Self {
        match expires_at - now {
            _ if revoked_at.is_some() => Self::Revoked,
            left if left <= TimeDelta::zero() => Self::Over,
            left if left <= SOON => Self::EndsSoon,
            _ => Self::InUse,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub name: String,
    pub scopes: Vec<Scope>,
    pub store_ids: Vec<StoreId>,
    /// With spaces or line breaks between them.
    pub addresses: String,
    /// Empty for the common quota.
    pub requests: String,
    /// The last day, in Japan.
    pub expires_on: String,
    /// The end that it had, which is kept as long as the day is.
    had: Option<Timestamp>,
}

impl Draft {
    /// A new key for these stores.
    pub fn blank(store_ids: Vec<StoreId>, now: Timestamp) -> Self {
        let [name, addresses, requests] = [const { String::new() }; 3];
        let expires_on = japan_date(now + USUAL).to_string();
        Self { name, scopes: Vec::new(), store_ids, addresses, requests, expires_on, had: None }
    }

    pub fn of(profile: &ApiClientProfile) -> Self {
        let ApiClientProfile { name, scopes, store_ids, addresses, requests_per_minute, expires_at } = profile.clone();
        Self {
            name,
            scopes,
            store_ids,
            addresses: addresses.join("\n"),
            requests: requests_per_minute.map(|count| count.to_string()).unwrap_or_default(),
            expires_on: last_day(expires_at).to_string(),
            had: Some(expires_at),
        }
    }

    /// The end of the last day.
    fn expires_at(&self) -> Option<Timestamp> {
        let day: NaiveDate = self.expires_on.parse().ok()?;
        if let Some(had) = self.had.filter(|had| last_day(*had) == day) {
            return Some(had);
        }
        Some(day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(24 - 9))
    }

    fn requests_per_minute(&self) -> Result<Option<u32>, std::num::ParseIntError> {
        let typed = noren_domain::text::tidy(&self.requests);
        if typed.is_empty() { Ok(None) } else { typed.parse().map(Some) }
    }

    fn profile(&self) -> ApiClientProfile {
        let between = |c: char| c.is_whitespace() || matches!(c, ',' | '、');
        let addresses = self.addresses.split(between).filter(|part| !part.is_empty());
        ApiClientProfile {
            name: self.name.clone(),
            scopes: self.scopes.clone(),
            store_ids: self.store_ids.clone(),
            addresses: addresses.map(str::to_owned).collect(),
            requests_per_minute: self.requests_per_minute().unwrap_or_default(),
            expires_at: self.expires_at().unwrap_or_default(),
        }
    }

    fn problems_at(&self, now: Timestamp) -> FieldErrors {
        let (mut errors, profile) = (FieldErrors::default(), self.profile());
        if self.requests_per_minute().is_err() {
            errors.add_code(content::Part::path(Part::Requests), "out_of_range");
        }
        if let Err(broken) = profile.validate() {
            collect(&broken, "", &mut errors);
        }
        if let Err(broken) = TypedApiClient::from(profile).check(now, self.had) {
            for error in broken.0 {
                errors.add_code(&error.field, error.code);
            }
        }
        errors
    }
}

/// The day in Japan that ends with this instant, or on which it is.
fn last_day(expires_at: Timestamp) -> NaiveDate {
    japan_date(expires_at - TimeDelta::microseconds(1))
}

/// Takes something into a list, or out of it; the order is always the same.
pub fn toggle<T: PartialEq + Ord>(list: &mut Vec<T>, item: T) {
    match list.iter().position(|known| *known == item) {
        Some(at) => {
            list.remove(at);
        }
        None => list.push(item),
    }
    list.sort_unstable();
}

/// What a scope is called, and what it allows.
pub fn scope_words(scope: Scope) -> [fn(Lang) -> &'static str; 2] {
    use words::scope as say;
    match scope {
        Scope::LeadsRead => [say::leads_read, say::leads_read_what],
        Scope::LeadsCreate => [say::leads_create, say::leads_create_what],
        Scope::LeadsWrite => [say::leads_write, say::leads_write_what],
        Scope::EventsRead => [say::events_read, say::events_read_what],
        Scope::CustomersRead => [say::customers_read, say::customers_read_what],
        Scope::StaffRead => [say::staff_read, say::staff_read_what],
        Scope::StoresRead => [say::stores_read, say::stores_read_what],
        Scope::MastersRead => [say::masters_read, say::masters_read_what],
        Scope::StockRead => [say::stock_read, say::stock_read_what],
    }
}

pub fn scope_names(scopes: &[Scope], lang: Lang) -> String {
    let names: Vec<_> = scopes.iter().map(|scope| scope_words(*scope)[0](lang)).collect();
    names.join(words::common::comma(lang))
}

/// What is settled of a key, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Name,
    Expires,
    Stores,
    Addresses,
    Requests,
    Scopes,
}

impl content::Part for Part {
    type Content = Draft;

    const ALL: &'static [Self] =
        &[Self::Name, Self::Expires, Self::Stores, Self::Addresses, Self::Requests, Self::Scopes];

    fn path(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Expires => "expires_at",
            Self::Scopes => "scopes",
            Self::Stores => "store_ids",
            Self::Addresses => "addresses",
            Self::Requests => "requests_per_minute",
        }
    }

    fn label(self) -> fn(Lang) -> &'static str {
        use words::api_client_part as say;
        match self {
            Self::Name => say::name,
            Self::Expires => say::expires,
            Self::Scopes => say::scopes,
            Self::Stores => say::stores,
            Self::Addresses => say::addresses,
            Self::Requests => say::requests,
        }
    }

    /// Scopes and stores by their names and ids.
    fn text(self, draft: &Draft) -> String {
        let list = |items: Vec<String>| items.join(" ");
        match self {
            Self::Name => draft.name.clone(),
            Self::Expires => draft.expires_on.clone(),
            Self::Scopes => list(draft.scopes.iter().map(|scope| scope.as_str().to_owned()).collect()),
            Self::Stores => list(draft.store_ids.iter().map(ToString::to_string).collect()),
            Self::Addresses => draft.addresses.clone(),
            Self::Requests => draft.requests.clone(),
        }
    }

    fn set(self, draft: &mut Draft, text: String) {
        match self {
            Self::Name => draft.name = text,
            Self::Expires => draft.expires_on = text,
            Self::Scopes => draft.scopes = text.split(' ').filter_map(Scope::named).collect(),
            Self::Stores => draft.store_ids = text.split(' ').filter_map(|id| id.parse().ok()).collect(),
            Self::Addresses => draft.addresses = text,
            Self::Requests => draft.requests = text,
        }
    }

    fn read(self, draft: &Draft, masters: &Masters, lang: Lang) -> String {
        match self {
            Self::Scopes => said(scope_names(&draft.scopes, lang), lang),
            Self::Stores => said(masters.store_names(&draft.store_ids, lang), lang),
            Self::Addresses if draft.addresses.is_empty() => words::api_clients::anywhere(lang).to_owned(),
            Self::Requests if draft.requests.is_empty() => words::api_clients::usual(lang).to_owned(),
            _ => said(self.text(draft), lang),
        }
    }
}

impl Content for Draft {
    type Part = Part;
    type Sent = ApiClientProfile;

    fn name(&self) -> &str {
        &self.name
    }

    fn problems(&self) -> FieldErrors {
        self.problems_at(clock::now())
    }

    fn sent(&self) -> ApiClientProfile {
        self.profile()
    }

    fn sentence(broken: &FieldProblem, lang: Lang) -> String {
        use words::api_client_problem as say;
        let own = match (broken.field.as_str(), broken.code.as_str()) {
            ("name", "required") => say::name,
            ("name", "taken") => say::name_taken,
            ("scopes", "required") => say::scopes,
            ("store_ids", "required") => say::stores,
            ("expires_at", _) => say::expires,
            ("requests_per_minute", _) => say::requests,
            (_, "address.form") => say::address,
            (path, "unknown") if crate::errors::is_in(path, "store_ids") => words::staff_problem::unknown_store,
            _ => return messages::field(broken, lang),
        };
        own(lang).to_owned()
    }

    /// What is wrong with one store or address is told of all of them.
    fn wrong(&self, part: Part, errors: &FieldErrors, lang: Lang) -> Option<String> {
        let path = content::Part::path(part);
        errors.first_in(path).and_then(|path| errors.of(path)).map(|broken| Self::sentence(broken, lang))
    }
}

#[cfg(test)]
mod tests {
    use super::content::Part as _;
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    const NOW: &str = "2026-11-21T01:00:00Z";

    fn draft() -> Draft {
        let mut draft = Draft::blank(vec![StoreId(uuid::Uuid::from_u128(7))], at(NOW));
        draft.name = "中古車サイト".into();
        draft.scopes = vec![Scope::LeadsCreate, Scope::StoresRead];
        draft
    }

    #[test]
    fn a_key_ends_with_its_last_day_in_japan() {
        let draft = draft();
        assert_eq!(draft.expires_on, "2027-02-19");
        assert_eq!(draft.profile().expires_at, at("2027-02-19T15:00:00Z"));
        assert_eq!(Draft::of(&draft.profile()).expires_on, "2027-02-19");
        let mut kept = Draft::of(&ApiClientProfile { expires_at: at("2026-12-01T03:00:00Z"), ..draft.profile() });
        assert_eq!(kept.profile().expires_at, at("2026-12-01T03:00:00Z"), "the day was not touched");
        kept.expires_on = "2026-12-02".into();
        assert_eq!(kept.profile().expires_at, at("2026-12-02T15:00:00Z"));
    }

    #[test]
    fn every_part_reads_back_as_it_was_written() {
        let (mut full, mut other) = (draft(), Draft::blank(Vec::new(), at(NOW)));
        (full.addresses, full.requests, full.expires_on) = ("203.0.113.7".into(), "60".into(), "2026-12-01".into());
        for &part in Part::ALL {
            assert!(part.differs(&other, &full), "{part:?}");
            part.take(&mut other, &full);
        }
        assert_eq!(other, full);
    }

    #[test]
    fn what_is_wrong_is_named_by_the_path_of_the_page() {
        let mut wrong = draft();
        assert!(wrong.problems_at(at(NOW)).is_empty());
        (wrong.name, wrong.scopes) = ("　".into(), Vec::new());
        (wrong.addresses, wrong.requests) = ("203.0.113.7、どこでも".into(), "たくさん".into());
        wrong.expires_on = "2027-11-22".into();
        let errors = wrong.problems_at(at(NOW));
        let say = words::api_client_problem::name as fn(Lang) -> &'static str;
        for (part, sentence) in [
            (Part::Name, say),
            (Part::Scopes, words::api_client_problem::scopes),
            (Part::Addresses, words::api_client_problem::address),
            (Part::Requests, words::api_client_problem::requests),
            (Part::Expires, words::api_client_problem::expires),
        ] {
            assert_eq!(wrong.wrong(part, &errors, Lang::Ja).as_deref(), Some(sentence(Lang::Ja)), "{part:?}");
        }
        assert_eq!(wrong.wrong(Part::Stores, &errors, Lang::Ja), None);
    }

    #[test]
    fn a_key_says_when_it_ends_soon() {
        let standing = |end: &str| Standing::of(None, at(end), at(NOW));
        assert_eq!(standing("2027-01-01T00:00:00Z"), Standing::InUse);
        assert_eq!(standing("2026-12-01T00:00:00Z"), Standing::EndsSoon);
        assert_eq!(standing(NOW), Standing::Over);
        assert_eq!(Standing::of(Some(at(NOW)), at("2027-01-01T00:00:00Z"), at(NOW)), Standing::Revoked);
    }
}
