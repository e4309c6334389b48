//! Every page of the app and its address: the only place with paths.

use noren_domain::code::{CustomerCode, StockNumber};
use noren_domain::sync::Stream;
use noren_domain::{ApiClientId, ExtremeIntakeId, FormId, LeadId, StaffId, StoreId};
use uuid::Uuid;

/// A page that a link can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    SignIn,
    /// What an invitation leads to.
    Join,
    /// パスワードを忘れたとき
    Recover,
    Leads,
    /// 走り書き
    NewLead,
    NewLeadInFull,
    /// What waits to be sent.
    Queue,
    /// One of it, by its request's key.
    Queued(Uuid),
    Lead(LeadId),
    EditLead(LeadId),
    /// 在庫, and each of its cars: see [`Page::vehicle`].
    Stock,
    /// 在庫比較: see [`Page::comparison`].
    Compare,
    /// What a customer has chosen, while the screen is turned to them.
    ChosenCars,
    /// 自分の仮押さえ
    Holds,
    /// 顧客, and each of them: see [`Page::customer`].
    Customers,
    Mentions,
    Account,
    /// What was sent through a form and waits for a person.
    Submissions,
    Forms,
    NewForm,
    Form(FormId),
    /// The first run.
    Setup,
    /// What can be settled.
    Settings,
    Company,
    LeadSources,
    Tags,
    /// 外部連携コード
    ExternalSystems,
    /// What runs here.
    About,
    Stores,
    NewStore,
    Store(StoreId),
    Staff,
    NewStaff,
    Person(StaffId),
    EditPerson(StaffId),
    /// 送信箱
    Outbox,
    /// EXTREME連携
    Extreme,
    /// One file of EXTREME's.
    ExtremeFile(ExtremeIntakeId),
    /// 列の対応 of a kind of file.
    ExtremeColumns(Stream),
    /// API連携: the keys of integrators.
    ApiClients,
    NewApiClient,
    ApiClient(ApiClientId),
    EditApiClient(ApiClientId),
    /// Who changed what.
    Audit,
    /// Who looked at whose data.
    AccessEvents,
    AccessRecording,
    AuditVerifications,
}

impl Page {
    /// Where it stands who changed one thing, which is named as the audit does.
    pub fn trace(subject: &str) -> String {
        format!("{}?subject={subject}", Self::Audit.href())
    }

    /// The page of one car, which lies over the stock.
    pub fn vehicle(number: &StockNumber) -> String {
        format!("{}/{number}", Self::Stock.href())
    }

    /// Cars side by side, which lie over the stock.
    pub fn comparison(numbers: &[StockNumber]) -> String {
        let numbers: Vec<&str> = numbers.iter().map(StockNumber::as_str).collect();
        format!("{}?ids={}", Self::Compare.href(), numbers.join(","))
    }

    /// The page of one customer.
    pub fn customer(code: &CustomerCode) -> String {
        format!("{}/{code}", Self::Customers.href())
    }

    /// The address, without a query.
    pub fn href(self) -> String {
        match self {
            Self::SignIn => "/sign-in".to_owned(),
            Self::Join => "/join".to_owned(),
            Self::Recover => "/recover".to_owned(),
            Self::Leads => "/leads".to_owned(),
            Self::NewLead => "/leads/new".to_owned(),
            Self::NewLeadInFull => "/leads/new/full".to_owned(),
            Self::Queue => "/leads/queue".to_owned(),
            Self::Queued(request) => format!("/leads/queue/{request}"),
            Self::Lead(id) => format!("/leads/{id}"),
            Self::EditLead(id) => format!("/leads/{id}/edit"),
            Self::Stock => "/stock".to_owned(),
            Self::Compare => "/stock/compare".to_owned(),
            Self::ChosenCars => "/chosen-cars".to_owned(),
            Self::Holds => "/holds".to_owned(),
            Self::Customers => "/customers".to_owned(),
            Self::Mentions => "/mentions".to_owned(),
            Self::Account => "/account".to_owned(),
            Self::Submissions => "/submissions".to_owned(),
            Self::Forms => "/settings/forms".to_owned(),
            Self::NewForm => "/settings/forms/new".to_owned(),
            Self::Form(id) => format!("/settings/forms/{id}"),
            Self::Setup => "/setup".to_owned(),
            Self::Settings => "/settings".to_owned(),
            Self::Company => "/settings/company".to_owned(),
            Self::LeadSources => "/settings/lead-sources".to_owned(),
            Self::Tags => "/settings/tags".to_owned(),
            Self::ExternalSystems => "/settings/external-systems".to_owned(),
            Self::About => "/settings/about".to_owned(),
            Self::Stores => "/settings/stores".to_owned(),
            Self::NewStore => "/settings/stores/new".to_owned(),
            Self::Store(id) => format!("/settings/stores/{id}"),
            Self::Staff => "/settings/staff".to_owned(),
            Self::NewStaff => "/settings/staff/new".to_owned(),
            Self::Person(id) => format!("/settings/staff/{id}"),
            Self::EditPerson(id) => format!("/settings/staff/{id}/edit"),
            Self::Outbox => "/settings/outbox".to_owned(),
            Self::Extreme => "/settings/extreme".to_owned(),
            Self::ExtremeFile(id) => format!("/settings/extreme/files/{id}"),
            Self::ExtremeColumns(stream) => format!("/settings/extreme/columns/{}", stream.as_str()),
            Self::ApiClients => "/settings/api-clients".to_owned(),
            Self::NewApiClient => "/settings/api-clients/new".to_owned(),
            Self::ApiClient(id) => format!("/settings/api-clients/{id}"),
            Self::EditApiClient(id) => format!("/settings/api-clients/{id}/edit"),
            Self::Audit => "/settings/audit".to_owned(),
            Self::AccessEvents => "/settings/audit/access".to_owned(),
            Self::AccessRecording => "/settings/audit/recording".to_owned(),
            Self::AuditVerifications => "/settings/audit/verification".to_owned(),
        }
    }

    /// Whether somebody may be writing there.
    pub fn is_form(self) -> bool {
        matches!(self, Self::NewLead | Self::NewLeadInFull | Self::Queued(_) | Self::EditLead(_))
    }

    /// The page at an address; `/` is the list.
    pub fn at(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] | ["leads"] => Some(Self::Leads),
            ["sign-in"] => Some(Self::SignIn),
            ["join"] => Some(Self::Join),
            ["recover"] => Some(Self::Recover),
            ["leads", "new"] => Some(Self::NewLead),
            ["leads", "new", "full"] => Some(Self::NewLeadInFull),
            ["leads", "queue"] => Some(Self::Queue),
            ["leads", "queue", request] => request.parse().ok().map(Self::Queued),
            ["leads", id] => id.parse().ok().map(Self::Lead),
            ["leads", id, "edit"] => id.parse().ok().map(Self::EditLead),
            ["stock"] => Some(Self::Stock),
            ["stock", "compare"] => Some(Self::Compare),
            ["chosen-cars"] => Some(Self::ChosenCars),
            ["stock", number] => number.parse::<StockNumber>().ok().map(|_| Self::Stock),
            ["holds"] => Some(Self::Holds),
            ["customers"] => Some(Self::Customers),
            ["customers", code] => code.parse::<CustomerCode>().ok().map(|_| Self::Customers),
            ["mentions"] => Some(Self::Mentions),
            ["account"] => Some(Self::Account),
            ["submissions"] => Some(Self::Submissions),
            ["settings", "forms"] => Some(Self::Forms),
            ["settings", "forms", "new"] => Some(Self::NewForm),
            ["settings", "forms", id] => id.parse().ok().map(Self::Form),
            ["setup"] => Some(Self::Setup),
            ["settings"] => Some(Self::Settings),
            ["settings", "company"] => Some(Self::Company),
            ["settings", "audit"] => Some(Self::Audit),
            ["settings", "audit", "access"] => Some(Self::AccessEvents),
            ["settings", "audit", "recording"] => Some(Self::AccessRecording),
            ["settings", "audit", "verification"] => Some(Self::AuditVerifications),
            ["settings", "lead-sources"] => Some(Self::LeadSources),
            ["settings", "tags"] => Some(Self::Tags),
            ["settings", "external-systems"] => Some(Self::ExternalSystems),
            ["settings", "about"] => Some(Self::About),
            ["settings", "stores"] => Some(Self::Stores),
            ["settings", "stores", "new"] => Some(Self::NewStore),
            ["settings", "stores", id] => id.parse().ok().map(Self::Store),
            ["settings", "staff"] => Some(Self::Staff),
            ["settings", "staff", "new"] => Some(Self::NewStaff),
            ["settings", "staff", id] => id.parse().ok().map(Self::Person),
            ["settings", "staff", id, "edit"] => id.parse().ok().map(Self::EditPerson),
            ["settings", "outbox"] => Some(Self::Outbox),
            ["settings", "extreme"] => Some(Self::Extreme),
            ["settings", "extreme", "files", id] => id.parse().ok().map(Self::ExtremeFile),
            ["settings", "extreme", "columns", stream] => stream.parse().ok().map(Self::ExtremeColumns),
            ["settings", "api-clients"] => Some(Self::ApiClients),
            ["settings", "api-clients", "new"] => Some(Self::NewApiClient),
            ["settings", "api-clients", id] => id.parse().ok().map(Self::ApiClient),
            ["settings", "api-clients", id, "edit"] => id.parse().ok().map(Self::EditApiClient),
            _ => None,
        }
    }
}

/// Where to go after signing in: where the person wanted to go, be there something or not, and never to an address that
/// leads elsewhere. Browsers read a backslash as a slash and leave out tabs and line ends.
pub fn after_sign_in(next: Option<&str>) -> String {
    let wanted = next.filter(|next| {
        let path = next.split(['?', '#']).next().unwrap_or_default();
        let here =
            path.starts_with('/') && !path.starts_with("//") && !path.contains(|c: char| c == '\\' || c.is_control());
        here && !matches!(Page::at(path), Some(Page::SignIn | Page::Join | Page::Recover | Page::Setup))
    });
    wanted.map_or_else(|| Page::Leads.href(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0192f0c1-2345-7abc-8def-0123456789ab";

    fn every_page() -> Vec<Page> {
        let lead: LeadId = ID.parse().unwrap();
        let form = ID.parse().unwrap();
        let store = ID.parse().unwrap();
        let person: StaffId = ID.parse().unwrap();
        let client: ApiClientId = ID.parse().unwrap();
        vec![
            Page::SignIn,
            Page::Join,
            Page::Recover,
            Page::Leads,
            Page::NewLead,
            Page::NewLeadInFull,
            Page::Queue,
            Page::Queued(Uuid::from_u128(7)),
            Page::Lead(lead),
            Page::EditLead(lead),
            Page::Stock,
            Page::Compare,
            Page::ChosenCars,
            Page::Holds,
            Page::Customers,
            Page::Mentions,
            Page::Account,
            Page::Submissions,
            Page::Forms,
            Page::NewForm,
            Page::Form(form),
            Page::Setup,
            Page::Settings,
            Page::Company,
            Page::LeadSources,
            Page::Tags,
            Page::ExternalSystems,
            Page::Stores,
            Page::NewStore,
            Page::Store(store),
            Page::Staff,
            Page::NewStaff,
            Page::Person(person),
            Page::EditPerson(person),
            Page::Outbox,
            Page::Extreme,
            Page::ExtremeFile(ID.parse().unwrap()),
            Page::ExtremeColumns(Stream::Vehicles),
            Page::ApiClients,
            Page::NewApiClient,
            Page::ApiClient(client),
            Page::EditApiClient(client),
            Page::Audit,
            Page::AccessEvents,
            Page::AccessRecording,
            Page::AuditVerifications,
        ]
    }

    #[test]
    fn every_page_is_found_at_its_own_address() {
        for page in every_page() {
            assert_eq!(Page::at(&page.href()), Some(page));
        }
        assert_eq!(Page::at("/"), Some(Page::Leads));
    }

    #[test]
    fn a_car_belongs_to_the_stock() {
        let address = Page::vehicle(&"S-01042".parse().unwrap());
        assert_eq!((address.as_str(), Page::at(&address)), ("/stock/S-01042", Some(Page::Stock)));
        assert_eq!(Page::at("/stock/在庫"), None);
        let both = ["S-1", "S-2"].map(|number| number.parse().unwrap());
        assert_eq!(Page::comparison(&both), "/stock/compare?ids=S-1,S-2");
    }

    #[test]
    fn a_customer_belongs_to_the_customers() {
        let address = Page::customer(&"C-002318".parse().unwrap());
        assert_eq!((address.as_str(), Page::at(&address)), ("/customers/C-002318", Some(Page::Customers)));
        assert_eq!(Page::at("/customers/顧客"), None);
    }

    #[test]
    fn every_page_opens_without_a_network() {
        let worker = include_str!("../sw.js");
        let (_, rest) = worker.split_once("const PAGES = [").unwrap();
        let (list, _) = rest.split_once(']').unwrap();
        for page in every_page() {
            let href = page.href();
            let first = href.split('/').nth(1).unwrap();
            assert!(list.contains(&format!("\"{first}\"")), "{href}");
        }
    }

    #[test]
    fn an_address_of_nothing_is_no_page() {
        for path in ["/leads/42", "/leads/new/edit", "/cars", "/leads/0192f0c1-2345-7abc-8def-0123456789ab/delete"] {
            assert_eq!(Page::at(path), None, "{path}");
        }
    }

    #[test]
    fn signing_in_never_leads_out_of_the_app() {
        assert_eq!(after_sign_in(None), "/leads");
        assert_eq!(after_sign_in(Some("/leads?tab=mine")), "/leads?tab=mine");
        assert_eq!(after_sign_in(Some("/cars/1")), "/cars/1");
        let elsewhere = [
            "//evil.example",
            "https://evil.example",
            "/sign-in",
            "/recover",
            "leads",
            "/\\evil.example",
            "/\t/evil.example",
        ];
        for elsewhere in elsewhere {
            assert_eq!(after_sign_in(Some(elsewhere)), "/leads", "{elsewhere}");
        }
    }
}
