//! 見込み客: a person or company who asked, before a deal.

use serde::{Deserialize, Serialize};

use crate::company::CompanyName;
use crate::contact::{Address, mail, postal_code};
use crate::kana::Kana;
use crate::lead_source::SourceCode;
use crate::phone::Phone;
use crate::staff::Staff;
use crate::text::tidy;
use crate::timeline::FieldChange;
use crate::{Error, Invalid, LeadId, StaffId, StoreId, Timestamp, Yen, search};

/// How many phones, and how many mail addresses, one lead may have.
pub const MAX_CONTACTS: usize = 10;
/// A wanted car's budget ends here: what fits twelve digits on the screen.
pub const MAX_BUDGET: Yen = Yen(999_999_999_999);

/// Where a lead stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LeadStatus {
    /// 新規
    New,
    /// 対応中
    Working,
    /// 育成中
    Nurturing,
    /// 商談化
    Converted,
    /// 対象外
    Disqualified,
}

impl LeadStatus {
    pub const ALL: [Self; 5] = [Self::New, Self::Working, Self::Nurturing, Self::Converted, Self::Disqualified];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Working => "working",
            Self::Nurturing => "nurturing",
            Self::Converted => "converted",
            Self::Disqualified => "disqualified",
        }
    }

    /// The statuses that a person may move a lead to from here. `Converted` is reached by opening a deal alone.
    #[must_use]
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::New => &[Self::Working, Self::Nurturing, Self::Disqualified],
            Self::Working => &[Self::Nurturing],
            Self::Nurturing | Self::Disqualified => &[Self::Working],
            Self::Converted => &[],
        }
    }
}

/// 温度感: when the person means to buy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Temperature {
    /// 今月
    ThisMonth,
    /// 3か月
    ThreeMonths,
    /// 6か月
    SixMonths,
}

impl Temperature {
    pub const ALL: [Self; 3] = [Self::ThisMonth, Self::ThreeMonths, Self::SixMonths];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ThisMonth => "this_month",
            Self::ThreeMonths => "three_months",
            Self::SixMonths => "six_months",
        }
    }
}

/// The wanted car in the person's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedCar {
    pub maker: Option<String>,
    pub model: Option<String>,
    pub body_type: Option<String>,
    pub budget: Option<Yen>,
    /// When the car is wanted, such as 年内.
    pub timing: Option<String>,
}

/// What a person types about a lead, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedProfile {
    pub source: String,
    pub name: Option<String>,
    pub kana: Option<String>,
    pub company: Option<String>,
    pub phones: Vec<String>,
    pub mails: Vec<String>,
    pub address: Address,
    pub wanted_car: WantedCar,
    pub temperature: Option<Temperature>,
    pub note: Option<String>,
}

/// What is known about a lead, checked and normalised, with the typed text kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub source: SourceCode,
    pub name: Option<String>,
    pub kana: Option<Kana>,
    pub company: Option<String>,
    pub phones: Vec<Phone>,
    pub mails: Vec<String>,
    pub address: Address,
    pub wanted_car: WantedCar,
    pub temperature: Option<Temperature>,
    pub note: Option<String>,
}

impl TypedProfile {
    /// Normalises and checks every field, and reports all broken ones at once.
    ///
    /// # Errors
    /// `required` on `name` when neither a name nor a company is given (a family name alone is enough), on
    /// `source_code` when it is empty; the codes of the fields' own rules otherwise.
    pub fn check(self) -> Result<Profile, Invalid> {
        let mut broken = Invalid::default();
        let (name, company) = (filled(self.name), filled(self.company));
        if name.is_none() && company.is_none() {
            broken.take("name", Err::<(), _>("required"));
        }
        if self.source.trim().is_empty() {
            broken.take("source_code", Err::<(), _>("required"));
        }
        let kana = filled(self.kana).and_then(|typed| broken.take("kana", Kana::parse(&typed)));
        let phones = each(&mut broken, "phones", &self.phones, Phone::parse);
        let mails = each(&mut broken, "mails", &self.mails, mail);
        let address = Address {
            postal_code: filled(self.address.postal_code)
                .and_then(|typed| broken.take("address.postal_code", postal_code(&typed))),
            prefecture: filled(self.address.prefecture),
            city: filled(self.address.city),
            town: filled(self.address.town),
            street: filled(self.address.street),
            building: filled(self.address.building),
        };
        if self.wanted_car.budget.is_some_and(|yen| yen < Yen::ZERO || yen > MAX_BUDGET) {
            broken.take("wanted_car.budget", Err::<(), _>("out_of_range"));
        }
        let wanted_car = WantedCar {
            maker: filled(self.wanted_car.maker),
            model: filled(self.wanted_car.model),
            body_type: filled(self.wanted_car.body_type),
            budget: self.wanted_car.budget,
            timing: filled(self.wanted_car.timing),
        };
        let source = SourceCode(self.source.trim().to_owned());
        let (temperature, note) = (self.temperature, filled(self.note));
        broken.finish(Profile { source, name, kana, company, phones, mails, address, wanted_car, temperature, note })
    }
}

impl Profile {
    /// The key by which the lead is searched: name, kana, company without its legal form, phones, mails and car.
    #[must_use]
    pub fn search_key(&self) -> String {
        let company = self.company.as_deref().map(|name| CompanyName::parse(name).core);
        let texts = [self.name.as_deref(), self.kana.as_ref().map(|kana| kana.katakana.as_str()), company.as_deref()];
        let phones = self.phones.iter().map(|phone| phone.digits.as_str());
        let car = [self.wanted_car.maker.as_deref(), self.wanted_car.model.as_deref()];
        search::key(
            texts
                .into_iter()
                .flatten()
                .chain(phones)
                .chain(self.mails.iter().map(String::as_str))
                .chain(car.into_iter().flatten()),
        )
    }

    /// What lists sort by: the reading where there is one, else the name as it is compared.
    #[must_use]
    pub fn sort_key(&self) -> String {
        let shown =
            self.kana.as_ref().map(|kana| kana.katakana.as_str()).or(self.name.as_deref()).or(self.company.as_deref());
        shown.map(search::fold).unwrap_or_default()
    }

    /// Every field that differs from `self` in `other`, as a person reads it.
    #[must_use]
    pub fn changes_to(&self, other: &Self) -> Vec<FieldChange> {
        let pairs = self.readable().into_iter().zip(other.readable());
        pairs
            .filter(|((_, before), (_, after))| before != after)
            .map(|((field, before), (_, after))| FieldChange { field: field.to_owned(), before, after })
            .collect()
    }

    fn readable(&self) -> [(&'static str, Option<String>); 18] {
        let Self { source, name, kana, company, phones, mails, address, wanted_car, temperature, note } = self;
        let Address { postal_code, prefecture, city, town, street, building } = address;
        let WantedCar { maker, model, body_type, budget, timing } = wanted_car;
        let list = |texts: Vec<String>| (!texts.is_empty()).then(|| texts.join(", "));
        let whole_address = [prefecture, city, town].into_iter().flatten().map(String::as_str).collect::<String>();
        [
            ("source_code", Some(source.0.clone())),
            ("name", name.clone()),
            ("kana", kana.as_ref().map(|kana| kana.katakana.clone())),
            ("kana_typed", kana.as_ref().map(|kana| kana.typed.clone())),
            ("company", company.clone()),
            ("phones", list(phones.iter().map(Phone::display).collect())),
            ("mails", list(mails.clone())),
            ("address.postal_code", postal_code.clone()),
            ("address", (!whole_address.is_empty()).then_some(whole_address)),
            ("address.street", street.clone()),
            ("address.building", building.clone()),
            ("wanted_car.maker", maker.clone()),
            ("wanted_car.model", model.clone()),
            ("wanted_car.body_type", body_type.clone()),
            ("wanted_car.budget", budget.map(|yen| yen.0.to_string())),
            ("wanted_car.timing", timing.clone()),
            ("temperature", temperature.map(|temperature| temperature.as_str().to_owned())),
            ("note", note.clone()),
        ]
    }
}

/// A 見込み客.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    pub id: LeadId,
    pub store_id: StoreId,
    pub assignee_id: Option<StaffId>,
    pub status: LeadStatus,
    pub profile: Profile,
    /// When the inquiry came in: the start of the first-response clock.
    pub received_at: Timestamp,
    /// When the status first left `new`: the stop of that clock.
    pub first_responded_at: Option<Timestamp>,
    pub updated_at: Timestamp,
    /// Counts the writes; an edit names the version it saw.
    pub version: i64,
}

/// Where a new lead begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    pub id: LeadId,
    pub store_id: StoreId,
    pub received_at: Timestamp,
}

impl Lead {
    #[must_use]
    pub fn open(opening: Opening, profile: Profile) -> Self {
        let Opening { id, store_id, received_at } = opening;
        Self {
            id,
            store_id,
            assignee_id: None,
            status: LeadStatus::New,
            profile,
            received_at,
            first_responded_at: None,
            updated_at: received_at,
            version: 1,
        }
    }

    /// Hands the lead to a colleague of its store, or to nobody.
    ///
    /// # Errors
    /// `LeadClosed` when it is disqualified, `AssigneeElsewhere` when the person does not take leads of its store.
    pub fn assign(&mut self, to: Option<&Staff>, at: Timestamp) -> Result<(), Error> {
        if self.status == LeadStatus::Disqualified {
            return Err(Error::LeadClosed);
        }
        if to.is_some_and(|staff| !staff.takes_leads_of(self.store_id)) {
            return Err(Error::AssigneeElsewhere);
        }
        self.assignee_id = to.map(|staff| staff.id);
        self.updated_at = at;
        Ok(())
    }

    /// Moves the lead along; leaving `new` stops the first-response clock, once.
    ///
    /// # Errors
    /// `ForbiddenMove` unless the table of [`LeadStatus::next`] has the move.
    pub fn move_to(&mut self, to: LeadStatus, at: Timestamp) -> Result<(), Error> {
        if !self.status.next().contains(&to) {
            return Err(Error::ForbiddenMove { from: self.status, to });
        }
        self.status = to;
        self.first_responded_at.get_or_insert(at);
        self.updated_at = at;
        Ok(())
    }

    /// Replaces what is known, and says what changed.
    pub fn edit(&mut self, profile: Profile, at: Timestamp) -> Vec<FieldChange> {
        let changes = self.profile.changes_to(&profile);
        self.profile = profile;
        self.updated_at = at;
        changes
    }
}

/// The trimmed text, or `None` where nothing but space was typed. Width and spelling stay as typed.
fn filled(typed: Option<String>) -> Option<String> {
    typed.map(|text| text.trim().to_owned()).filter(|text| !tidy(text).is_empty())
}

fn each<T>(broken: &mut Invalid, field: &str, typed: &[String], parse: fn(&str) -> Result<T, &'static str>) -> Vec<T> {
    if typed.len() > MAX_CONTACTS {
        broken.take(field, Err::<(), _>("too_many"));
    }
    let filled = typed.iter().enumerate().filter(|(_, text)| !text.trim().is_empty());
    filled.filter_map(|(at, text)| broken.take(format!("{field}.{at}"), parse(text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staff::{Role, StaffStatus};
    use uuid::Uuid;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_timestamp(1_700_000_000 + minute * 60, 0).unwrap()
    }

    fn typed() -> TypedProfile {
        TypedProfile { source: "walk_in".into(), name: Some("渡邉 髙志".into()), ..TypedProfile::default() }
    }

    fn lead(status: LeadStatus) -> Lead {
        let opening =
            Opening { id: LeadId(Uuid::from_u128(1)), store_id: StoreId(Uuid::from_u128(2)), received_at: at(0) };
        Lead { status, ..Lead::open(opening, typed().check().unwrap()) }
    }

    fn colleague(store: u128, status: StaffStatus) -> Staff {
        Staff {
            id: StaffId(Uuid::from_u128(3)),
            code: "S001".into(),
            name: "佐久間 涼".into(),
            kana: "サクマ リョウ".into(),
            mail: "sakuma@example.jp".into(),
            role: Role::Salesperson,
            status,
            stores: vec![StoreId(Uuid::from_u128(store))],
            created_at: at(0),
            version: 1,
        }
    }

    #[test]
    fn every_move_is_the_one_of_the_table() {
        use LeadStatus::{Converted, Disqualified, New, Nurturing, Working};
        let allowed = [
            (New, Working),
            (New, Nurturing),
            (New, Disqualified),
            (Working, Nurturing),
            (Nurturing, Working),
            (Disqualified, Working),
        ];
        for from in LeadStatus::ALL {
            for to in LeadStatus::ALL {
                let moved = lead(from).move_to(to, at(5));
                let expected =
                    if allowed.contains(&(from, to)) { Ok(()) } else { Err(Error::ForbiddenMove { from, to }) };
                assert_eq!(moved, expected);
            }
        }
        assert!(Converted.next().is_empty());
    }

    #[test]
    fn the_first_response_clock_stops_once() {
        let mut lead = lead(LeadStatus::New);
        lead.move_to(LeadStatus::Working, at(8)).unwrap();
        lead.move_to(LeadStatus::Nurturing, at(90)).unwrap();
        assert_eq!(lead.first_responded_at, Some(at(8)));
        assert_eq!(lead.updated_at, at(90));
    }

    #[test]
    fn a_disqualified_lead_cannot_be_assigned() {
        let colleague = colleague(2, StaffStatus::Active);
        assert_eq!(lead(LeadStatus::Disqualified).assign(Some(&colleague), at(1)), Err(Error::LeadClosed));
    }

    #[test]
    fn a_lead_goes_only_to_an_active_colleague_of_its_store() {
        let mut lead = lead(LeadStatus::New);
        assert_eq!(lead.assign(Some(&colleague(9, StaffStatus::Active)), at(1)), Err(Error::AssigneeElsewhere));
        assert_eq!(lead.assign(Some(&colleague(2, StaffStatus::Suspended)), at(1)), Err(Error::AssigneeElsewhere));
        assert_eq!(lead.assign(Some(&colleague(2, StaffStatus::Active)), at(1)), Ok(()));
        assert_eq!(lead.assign(None, at(2)), Ok(()));
        assert_eq!(lead.assignee_id, None);
    }

    #[test]
    fn every_broken_field_is_named_at_once() {
        let profile = TypedProfile {
            source: String::new(),
            name: Some("　".into()),
            kana: Some("渡辺".into()),
            phones: vec!["090-1234-5678".into(), "090".into()],
            mails: vec!["taro".into()],
            address: Address { postal_code: Some("123".into()), ..Address::default() },
            wanted_car: WantedCar { budget: Some(Yen(-1)), ..WantedCar::default() },
            ..TypedProfile::default()
        };
        let broken = profile.check().unwrap_err();
        let fields: Vec<(&str, &str)> = broken.0.iter().map(|e| (e.field.as_str(), e.code)).collect();
        assert_eq!(
            fields,
            [
                ("name", "required"),
                ("source_code", "required"),
                ("kana", "kana.script"),
                ("phones.1", "phone.length"),
                ("mails.0", "mail.form"),
                ("address.postal_code", "postal_code.length"),
                ("wanted_car.budget", "out_of_range"),
            ]
        );
    }

    #[test]
    fn the_typed_spelling_is_kept_and_the_key_folded() {
        let profile =
            TypedProfile { company: Some("㈱山田".into()), kana: Some("わたなべ".into()), ..typed() }.check().unwrap();
        assert_eq!(profile.name.as_deref(), Some("渡邉 髙志"));
        assert_eq!(profile.company.as_deref(), Some("㈱山田"));
        assert_eq!(profile.search_key(), "渡辺高志\nワタナベ\n山田");
        assert_eq!(profile.sort_key(), "ワタナベ");
    }

    #[test]
    fn an_edit_names_what_changed() {
        let mut lead = lead(LeadStatus::New);
        let edited =
            TypedProfile { note: Some("平日19時以降".into()), phones: vec!["09012345678".into()], ..typed() }
                .check()
                .unwrap();
        let changes = lead.edit(edited, at(3));
        assert_eq!(
            changes,
            [
                FieldChange { field: "phones".into(), before: None, after: Some("090-1234-5678".into()) },
                FieldChange { field: "note".into(), before: None, after: Some("平日19時以降".into()) },
            ]
        );
    }
}
