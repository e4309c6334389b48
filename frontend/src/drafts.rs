//! Drafts that survive a reload, sleep, a lost connection and a lost session. They stay on this device until they are
//! saved or thrown away, until their author signs out here, or for a day after the last change; only their author sees them.

use noren_domain::{ApiClientId, FormId, LeadId, StaffId, StoreId};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::device;
use crate::json;
use crate::routes::Page;

/// The last part of the key of what is not there yet.
const NEW: &str = "new";
/// How that part begins where it is a form and no lead.
const FORM: &str = "form.";
/// The same for a colleague.
const STAFF: &str = "staff.";
/// The same for a store.
const STORE: &str = "store.";
/// The same for an integrator's key.
const API_CLIENT: &str = "api_client.";

/// The last part of the key of the company.
const COMPANY: &str = "company.";

/// What is recorded of looks at personal data.
const RECORDING: &str = "recording";

/// The same for the list of lead sources, of which there is one.
const SOURCES: &str = "sources";

/// The same for the list of tags.
const TAGS: &str = "tags";

/// The same for the list of other systems.
const EXTERNAL_SYSTEMS: &str = "external-systems";

/// How the last part of the key of a note begins; the lead follows.
const NOTE: &str = "note.";

/// Whose draft of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftKey(String);

impl DraftKey {
    pub fn new(staff: StaffId, lead: Option<LeadId>) -> Self {
        let lead = lead.map_or_else(|| NEW.to_owned(), |id| id.to_string());
        Self(format!("{}{lead}", prefix(staff)))
    }

    /// A note on a lead.
    pub fn note(staff: StaffId, lead: LeadId) -> Self {
        Self(format!("{}{NOTE}{lead}", prefix(staff)))
    }

    pub fn of_form(staff: StaffId, form: Option<FormId>) -> Self {
        let form = form.map_or_else(|| NEW.to_owned(), |id| id.to_string());
        Self(format!("{}{FORM}{form}", prefix(staff)))
    }

    pub fn of_staff(staff: StaffId, person: Option<StaffId>) -> Self {
        let person = person.map_or_else(|| NEW.to_owned(), |id| id.to_string());
        Self(format!("{}{STAFF}{person}", prefix(staff)))
    }

    pub fn of_store(staff: StaffId, store: Option<StoreId>) -> Self {
        let store = store.map_or_else(|| NEW.to_owned(), |id| id.to_string());
        Self(format!("{}{STORE}{store}", prefix(staff)))
    }

    pub fn of_company(staff: StaffId) -> Self {
        Self(format!("{}{COMPANY}", prefix(staff)))
    }

    pub fn of_api_client(staff: StaffId, client: Option<ApiClientId>) -> Self {
        let client = client.map_or_else(|| NEW.to_owned(), |id| id.to_string());
        Self(format!("{}{API_CLIENT}{client}", prefix(staff)))
    }

    pub fn of_recording(staff: StaffId) -> Self {
        Self(format!("{}{RECORDING}", prefix(staff)))
    }

    pub fn of_sources(staff: StaffId) -> Self {
        Self(format!("{}{SOURCES}", prefix(staff)))
    }

    pub fn of_external_systems(staff: StaffId) -> Self {
        Self(format!("{}{EXTERNAL_SYSTEMS}", prefix(staff)))
    }

    pub fn of_tags(staff: StaffId) -> Self {
        Self(format!("{}{TAGS}", prefix(staff)))
    }

    /// What was kept; something unreadable is as good as nothing.
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        json::read(&device::kept_draft(&self.0)?).ok()
    }

    /// Keeps a draft, as JSON.
    pub fn keep(&self, draft: &str) {
        device::keep_draft(&self.0, draft);
    }

    pub fn forget(&self) {
        device::forget(&self.0);
    }
}

/// How the keys of a person's drafts begin.
pub fn prefix(staff: StaffId) -> String {
    format!("{}{staff}.", device::DRAFTS)
}

/// A draft, as it is named to its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// Where it is written on.
    pub page: Page,
    /// Whom it is about, where that is known.
    pub whom: Option<String>,
}

/// What every kept draft says of itself.
#[derive(Deserialize)]
pub struct Named {
    #[serde(default)]
    pub whom: Option<String>,
}

/// What a draft says of itself, unless it cannot be read.
pub fn named(draft: &str) -> Option<Named> {
    json::read(draft).ok()
}

impl Unsent {
    /// All drafts of a person on this device.
    pub fn by(staff: StaffId) -> Vec<Self> {
        let prefix = prefix(staff);
        device::kept_drafts(&prefix)
            .iter()
            .filter_map(|(key, draft)| Self::read(key.strip_prefix(&prefix)?, draft))
            .collect()
    }

    fn read(what: &str, draft: &str) -> Option<Self> {
        let page = match what.split_inclusive('.').collect::<Vec<_>>().as_slice() {
            [NEW] => Page::NewLead,
            [COMPANY] => Page::Company,
            [RECORDING] => Page::AccessRecording,
            [SOURCES] => Page::LeadSources,
            [TAGS] => Page::Tags,
            [EXTERNAL_SYSTEMS] => Page::ExternalSystems,
            [lead] => Page::EditLead(lead.parse().ok()?),
            [NOTE, lead] => Page::Lead(lead.parse().ok()?),
            [FORM, NEW] => Page::NewForm,
            [FORM, form] => Page::Form(form.parse().ok()?),
            [STORE, NEW] => Page::NewStore,
            [STORE, store] => Page::Store(store.parse().ok()?),
            [API_CLIENT, NEW] => Page::NewApiClient,
            [API_CLIENT, client] => Page::EditApiClient(client.parse().ok()?),
            [STAFF, NEW] => Page::NewStaff,
            [STAFF, person] => Page::EditPerson(person.parse().ok()?),
            _ => return None,
        };
        Some(Self { page, whom: named(draft)?.whom })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn two_people_at_one_tablet_have_two_drafts_of_one_lead() {
        let (one, other) = (StaffId(Uuid::from_u128(1)), StaffId(Uuid::from_u128(2)));
        for lead in [None, Some(LeadId(Uuid::from_u128(3)))] {
            let key = DraftKey::new(one, lead);
            assert_eq!(key, DraftKey::new(one, lead));
            assert_ne!(key, DraftKey::new(other, lead));
            assert!(key.0.starts_with(device::DRAFTS), "signing out finds it");
        }
    }

    #[test]
    fn a_draft_is_named_by_its_page_and_its_customer() {
        let (staff, lead) = (StaffId(Uuid::from_u128(1)), LeadId(Uuid::from_u128(3)));
        for (key, page) in [
            (DraftKey::new(staff, None), Page::NewLead),
            (DraftKey::new(staff, Some(lead)), Page::EditLead(lead)),
            (DraftKey::note(staff, lead), Page::Lead(lead)),
            (DraftKey::of_sources(staff), Page::LeadSources),
            (DraftKey::of_external_systems(staff), Page::ExternalSystems),
            (DraftKey::of_tags(staff), Page::Tags),
        ] {
            let DraftKey(key) = key;
            let what = key.strip_prefix(&prefix(staff)).unwrap();
            let named = Unsent::read(what, r#"{"whom":"渡邉 髙志","version":7}"#);
            assert_eq!(named, Some(Unsent { page, whom: Some("渡邉 髙志".into()) }));
            assert_eq!(Unsent::read(what, "{}"), Some(Unsent { page, whom: None }));
        }
        for what in
            ["something", "note.something", "form.something", "staff.something", "store.something", "note", "a.b.c"]
        {
            assert_eq!(Unsent::read(what, "{}"), None, "{what}");
        }
    }

    #[test]
    fn a_draft_of_a_form_is_named_by_its_page() {
        let (staff, form) = (StaffId(Uuid::from_u128(1)), FormId(Uuid::from_u128(3)));
        for (of_what, page) in [(None, Page::NewForm), (Some(form), Page::Form(form))] {
            let DraftKey(key) = DraftKey::of_form(staff, of_what);
            let what = key.strip_prefix(&prefix(staff)).unwrap();
            assert_eq!(Unsent::read(what, "{}"), Some(Unsent { page, whom: None }));
        }
    }

    #[test]
    fn a_draft_of_a_store_is_named_by_its_page() {
        let (staff, store) = (StaffId(Uuid::from_u128(1)), StoreId(Uuid::from_u128(3)));
        for (of_what, page) in [(None, Page::NewStore), (Some(store), Page::Store(store))] {
            let DraftKey(key) = DraftKey::of_store(staff, of_what);
            let what = key.strip_prefix(&prefix(staff)).unwrap();
            assert_eq!(Unsent::read(what, "{}"), Some(Unsent { page, whom: None }));
        }
    }

    #[test]
    fn a_draft_of_the_company_is_named_by_its_page() {
        let staff = StaffId(Uuid::from_u128(1));
        let DraftKey(key) = DraftKey::of_company(staff);
        let what = key.strip_prefix(&prefix(staff)).unwrap();
        assert_eq!(Unsent::read(what, "{}"), Some(Unsent { page: Page::Company, whom: None }));
    }

    #[test]
    fn a_draft_of_a_key_is_named_by_its_page() {
        let (staff, client) = (StaffId(Uuid::from_u128(1)), ApiClientId(Uuid::from_u128(3)));
        for (of_what, page) in [(None, Page::NewApiClient), (Some(client), Page::EditApiClient(client))] {
            let DraftKey(key) = DraftKey::of_api_client(staff, of_what);
            let what = key.strip_prefix(&prefix(staff)).unwrap();
            assert_eq!(Unsent::read(what, "{}"), Some(Unsent { page, whom: None }));
        }
    }

    #[test]
    fn a_draft_of_a_colleague_is_named_by_its_page() {
        let (staff, person) = (StaffId(Uuid::from_u128(1)), StaffId(Uuid::from_u128(3)));
        for (of_whom, page) in [(None, Page::NewStaff), (Some(person), Page::EditPerson(person))] {
            let DraftKey(key) = DraftKey::of_staff(staff, of_whom);
            let what = key.strip_prefix(&prefix(staff)).unwrap();
            assert_eq!(Unsent::read(what, "{}"), Some(Unsent { page, whom: None }));
        }
    }
}
