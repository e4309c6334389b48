//! What is known about a lead: typed, then checked and normalised.

use serde::{Deserialize, Serialize};

use super::Temperature;
use crate::company_name::CompanyName;
use crate::contact::{Address, mail};
use crate::kana::Kana;
use crate::lead_source::SourceCode;
use crate::phone::Phone;
use crate::tag::LeadTag;
use crate::text::{filled, lines, tidy};
use crate::timeline::FieldChange;
use crate::{Invalid, Yen, search};

/// How many phones, and how many mail addresses, one lead may have.
pub const MAX_CONTACTS: usize = 10;
/// A wanted car's budget ends here: what fits twelve digits on the screen.
pub const MAX_BUDGET: Yen = Yen(999_999_999_999);

/// What sorts behind every name, as all that people are called by does: the last of the common characters.
const NAMELESS: &str = "\u{9fff}";

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
    /// Chosen from the master ([`crate::tag::choose`]).
    pub tags: Vec<LeadTag>,
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
    pub tags: Vec<LeadTag>,
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
        let address = self.address.check(&mut broken);
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
        let note = self.note.map(|text| lines(&text)).filter(|text| !tidy(text).is_empty());
        let (temperature, tags) = (self.temperature, self.tags);
        broken.finish(Profile {
            source,
            name,
            kana,
            company,
            phones,
            mails,
            address,
            wanted_car,
            temperature,
            tags,
            note,
        })
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

    /// What lists sort by: the reading where there is one, else the name as it is compared. Who was erased comes last.
    #[must_use]
    pub fn sort_key(&self) -> String {
        let shown =
            self.kana.as_ref().map(|kana| kana.katakana.as_str()).or(self.name.as_deref()).or(self.company.as_deref());
        shown.map_or_else(|| NAMELESS.to_owned(), search::fold)
    }

    /// Everything that is known, as the changes from knowing nothing.
    #[must_use]
    pub fn known(&self) -> Vec<FieldChange> {
        self.readable().into_iter().filter_map(|(field, value)| Some(FieldChange::to(field, value?))).collect()
    }

    /// Every field that differs from `self` in `other`, as a person reads it.
    #[must_use]
    pub fn changes_to(&self, other: &Self) -> Vec<FieldChange> {
        let pairs = self.readable().into_iter().zip(other.readable());
        let changed = pairs.filter(|((_, before), (_, after))| before != after);
        let mut changes: Vec<FieldChange> = changed
            .map(|((field, before), (_, after))| FieldChange { field: field.to_owned(), before, after })
            .collect();
        // Numbers are read with their hyphens, so another way of typing the same one would not be seen.
        if self.phones != other.phones && changes.iter().all(|change| change.field != "phones") {
            let typed = |phones: &[Phone]| listed(&phones.iter().map(|phone| phone.typed.clone()).collect::<Vec<_>>());
            let (before, after) = (typed(&self.phones), typed(&other.phones));
            changes.push(FieldChange { field: "phones_typed".to_owned(), before, after });
        }
        // Two tags may read like one whose name has a comma.
        if self.tags != other.tags && changes.iter().all(|change| change.field != "tag_ids") {
            let names = |tags: &[LeadTag]| listed(&tags.iter().map(|tag| tag.name.clone()).collect::<Vec<_>>());
            let (before, after) = (names(&self.tags), names(&other.tags));
            changes.push(FieldChange { field: "tag_ids".to_owned(), before, after });
        }
        changes
    }

    fn readable(&self) -> [(&'static str, Option<String>); 21] {
        let Self { source, name, kana, company, phones, mails, address, wanted_car, temperature, tags, note } = self;
        let Address { postal_code, prefecture, city, town, street, building } = address;
        let WantedCar { maker, model, body_type, budget, timing } = wanted_car;
        [
            ("source_code", Some(source.0.clone())),
            ("name", name.clone()),
            ("kana", kana.as_ref().map(|kana| kana.katakana.clone())),
            ("kana_typed", kana.as_ref().map(|kana| kana.typed.clone())),
            ("company", company.clone()),
            ("phones", listed(&phones.iter().map(Phone::display).collect::<Vec<_>>())),
            ("mails", listed(mails)),
            ("address.postal_code", postal_code.clone()),
            ("address.prefecture", prefecture.clone()),
            ("address.city", city.clone()),
            ("address.town", town.clone()),
            ("address.street", street.clone()),
            ("address.building", building.clone()),
            ("wanted_car.maker", maker.clone()),
            ("wanted_car.model", model.clone()),
            ("wanted_car.body_type", body_type.clone()),
            ("wanted_car.budget", budget.map(|yen| yen.0.to_string())),
            ("wanted_car.timing", timing.clone()),
            ("temperature", temperature.map(|temperature| temperature.as_str().to_owned())),
            ("tag_ids", listed(&tags.iter().map(|tag| tag.name.clone()).collect::<Vec<_>>())),
            ("note", note.clone()),
        ]
    }
}

fn listed(texts: &[String]) -> Option<String> {
    (!texts.is_empty()).then(|| texts.join(", "))
}

fn each<T>(broken: &mut Invalid, field: &str, typed: &[String], parse: fn(&str) -> Result<T, &'static str>) -> Vec<T> {
    if typed.len() > MAX_CONTACTS {
        broken.take(field, Err::<(), _>("too_many"));
    }
    let filled = typed.iter().enumerate().filter(|(_, text)| !text.trim().is_empty());
    filled.filter_map(|(at, text)| broken.take(format!("{field}.{at}"), parse(text))).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A person with a name, who walked in.
    pub fn typed() -> TypedProfile {
        TypedProfile { source: "walk_in".into(), name: Some("渡邉 髙志".into()), ..TypedProfile::default() }
    }

    #[test]
    fn no_change_goes_unseen() {
        let before = TypedProfile {
            phones: vec!["09012345678".into()],
            address: Address {
                prefecture: Some("東京".into()), city: Some("都港区".into()), ..Address::default()
            },
            ..typed()
        };
        let retyped = TypedProfile { phones: vec!["090-1234-5678".into()], ..before.clone() };
        let moved = TypedProfile {
            address: Address {
                prefecture: Some("東京都".into()), city: Some("港区".into()), ..Address::default()
            },
            ..before.clone()
        };
        let before = before.check().unwrap();
        let fields = |after: TypedProfile| {
            let changes = before.changes_to(&after.check().unwrap());
            changes.into_iter().map(|change| change.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(retyped), ["phones_typed"]);
        assert_eq!(fields(moved), ["address.prefecture", "address.city"]);
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
    fn only_a_note_has_lines() {
        let profile = TypedProfile { name: Some("渡邉\n髙志".into()), note: Some("一\n二\n".into()), ..typed() };
        let profile = profile.check().unwrap();
        assert_eq!((profile.name.as_deref(), profile.note.as_deref()), (Some("渡邉 髙志"), Some("一\n二")));
    }
}
