//! A lead as a person types it: everything is text until it is sent. Pure, and tested on the host.

use std::collections::BTreeMap;

use noren_api::leads::{Address, LeadProfile, WantedCar};
use noren_domain::TagId;
use noren_domain::contact::postal_code;
use noren_domain::kana::Kana;
use noren_domain::lead::{Temperature, TypedProfile};
use noren_domain::phone::Phone;
use serde::{Deserialize, Serialize};
use validator::Validate as _;

use super::fields::Field;
use crate::errors::{FieldErrors, collect};
use crate::ui::yen;

/// What stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    texts: BTreeMap<Field, String>,
    pub phones: Vec<String>,
    pub mails: Vec<String>,
}

/// What an edit began from, and how far it has come: what is kept of it on the device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptDraft {
    /// Whom it is about, by which its author knows it again.
    #[serde(default)]
    pub whom: Option<String>,
    pub version: i64,
    pub base: LeadProfile,
    pub draft: Draft,
    /// The further fields of a new lead, by their names.
    #[serde(default)]
    pub beside: Vec<(String, String)>,
}

impl KeptDraft {
    /// As it is kept.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Draft {
    /// The form's text for what is known.
    pub fn of(profile: &LeadProfile) -> Self {
        let mut draft = Self { phones: profile.phones.clone(), mails: profile.mails.clone(), ..Self::default() };
        for field in Field::ALL {
            if let Some(text) = known(profile, field) {
                draft.set(field, text);
            }
        }
        draft
    }

    pub fn text(&self, field: Field) -> &str {
        self.texts.get(&field).map_or("", String::as_str)
    }

    pub fn set(&mut self, field: Field, text: String) {
        if text.is_empty() {
            self.texts.remove(&field);
        } else {
            self.texts.insert(field, text);
        }
    }

    /// Whether nothing stands in other fields than these, and the phones.
    pub fn is_within(&self, fields: &[Field]) -> bool {
        self.mails.is_empty() && self.texts.keys().all(|field| fields.contains(field))
    }

    /// The name, or the company's where there is none.
    pub fn whom(&self) -> Option<String> {
        filled(self.text(Field::Name)).or_else(|| filled(self.text(Field::Company)))
    }

    /// Phones or mails.
    pub fn list(&self, field: Field) -> &Vec<String> {
        if field == Field::Phones { &self.phones } else { &self.mails }
    }

    /// Sets one row of them, with as many before it as that needs.
    pub fn set_row(&mut self, field: Field, at: usize, text: String) {
        let list = if field == Field::Phones { &mut self.phones } else { &mut self.mails };
        if list.len() <= at {
            list.resize(at + 1, String::new());
        }
        list[at] = text;
    }

    /// Without the rows of phones and mails that were left empty, so that their numbers are those that are sent.
    pub fn tidied(mut self) -> Self {
        for list in [&mut self.phones, &mut self.mails] {
            list.retain(|text| !text.trim().is_empty());
        }
        self
    }

    /// The profile that is sent, or everything that is wrong with it.
    ///
    /// # Errors
    /// The rules of the contract and of the domain, by the very code that the server runs.
    pub fn check(&self) -> Result<LeadProfile, FieldErrors> {
        let mut errors = FieldErrors::default();
        let profile = self.profile(&mut errors);
        if let Err(broken) = profile.validate() {
            collect(&broken, "", &mut errors);
        }
        if let Err(broken) = TypedProfile::from(profile.clone()).check() {
            for error in broken.0 {
                errors.add_code(&error.field, error.code);
            }
        }
        if errors.is_empty() { Ok(profile) } else { Err(errors) }
    }

    fn profile(&self, errors: &mut FieldErrors) -> LeadProfile {
        let text = |field| filled(self.text(field));
        let budget = text(Field::Budget).and_then(|typed| {
            let budget = yen::parse_man(&typed);
            if budget.is_none() {
                errors.add_code(Field::Budget.path(), "budget.form");
            }
            budget
        });
        let typed_code = text(Field::PostalCode);
        let temperature = Temperature::ALL.into_iter().find(|known| known.as_str() == self.text(Field::Temperature));
        let list = |texts: &[String]| texts.iter().map(|text| text.trim().to_owned()).collect();
        LeadProfile {
            source_code: text(Field::Source).unwrap_or_default(),
            name: text(Field::Name),
            kana: text(Field::Kana),
            company: text(Field::Company),
            phones: list(&self.phones),
            mails: list(&self.mails),
            address: Address {
                postal_code: typed_code.map(|typed| postal_code(&typed).unwrap_or(typed)),
                prefecture: text(Field::Prefecture),
                city: text(Field::City),
                town: text(Field::Town),
                street: text(Field::Street),
                building: text(Field::Building),
            },
            wanted_car: WantedCar {
                maker: text(Field::Maker),
                model: text(Field::Model),
                body_type: text(Field::BodyType),
                budget,
                timing: text(Field::Timing),
            },
            temperature,
            tag_ids: tag_ids(self.text(Field::Tags)),
            note: text(Field::Note),
        }
    }

    /// What will be understood of the typed text, where that is not the text itself.
    pub fn reading(&self, field: Field) -> Option<String> {
        let typed = self.text(field);
        let read = match field {
            Field::Kana => Kana::parse(typed).ok()?.katakana,
            Field::PostalCode => hyphenated(&postal_code(typed).ok()?),
            Field::Budget => yen::in_man(yen::parse_man(typed)?),
            _ => return None,
        };
        (read != typed.trim()).then_some(read)
    }
}

/// How a phone number will be read, where that is not as it was typed.
pub fn phone_reading(typed: &str) -> Option<String> {
    let read = Phone::parse(typed).ok()?.display();
    (read != typed.trim()).then_some(read)
}

/// One field of a profile as the form writes it.
fn known(profile: &LeadProfile, field: Field) -> Option<String> {
    let (address, car) = (&profile.address, &profile.wanted_car);
    match field {
        Field::Source => Some(profile.source_code.clone()),
        Field::Name => profile.name.clone(),
        Field::Kana => profile.kana.clone(),
        Field::Company => profile.company.clone(),
        Field::PostalCode => address.postal_code.as_deref().map(hyphenated),
        Field::Prefecture => address.prefecture.clone(),
        Field::City => address.city.clone(),
        Field::Town => address.town.clone(),
        Field::Street => address.street.clone(),
        Field::Building => address.building.clone(),
        Field::Maker => car.maker.clone(),
        Field::Model => car.model.clone(),
        Field::BodyType => car.body_type.clone(),
        Field::Budget => car.budget.map(yen::in_man),
        Field::Timing => car.timing.clone(),
        Field::Temperature => profile.temperature.map(|temperature| temperature.as_str().to_owned()),
        Field::Tags => Some(profile.tag_ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
        Field::Note => profile.note.clone(),
        Field::Phones | Field::Mails => None,
    }
}

/// The tags that a form's text names: their ids, with a space between two.
pub fn tag_ids(text: &str) -> Vec<TagId> {
    text.split(' ').filter_map(|id| id.parse().ok()).collect()
}

/// `3710024` as `371-0024`.
pub fn hyphenated(code: &str) -> String {
    match (code.get(..3), code.get(3..)) {
        (Some(area), Some(rest)) if code.len() == 7 => format!("{area}-{rest}"),
        _ => code.to_owned(),
    }
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use noren_domain::Yen;

    pub fn known_lead() -> LeadProfile {
        LeadProfile {
            source_code: "walk_in".into(),
            name: Some("渡邉 髙志".into()),
            kana: Some("ワタナベ タカシ".into()),
            phones: vec!["090-1234-5678".into()],
            address: Address { postal_code: Some("3710024".into()), ..Address::default() },
            wanted_car: WantedCar { budget: Some(Yen(3_295_000)), ..WantedCar::default() },
            temperature: Some(Temperature::ThisMonth),
            tag_ids: [1, 2].map(|number| TagId(uuid::Uuid::from_u128(number))).to_vec(),
            ..LeadProfile::default()
        }
    }

    #[test]
    fn a_form_shows_what_is_known_as_a_person_writes_it() {
        let draft = Draft::of(&known_lead());
        assert_eq!(draft.text(Field::PostalCode), "371-0024");
        assert_eq!(draft.text(Field::Budget), "329.5");
        assert_eq!(draft.check().unwrap(), known_lead());
    }

    #[test]
    fn every_bad_field_is_named_by_the_path_of_the_form() {
        let mut draft = Draft { phones: vec!["090-1234-5678".into(), "090".into()], ..Draft::default() };
        draft.set(Field::Kana, "渡辺".into());
        draft.set(Field::PostalCode, "123".into());
        draft.set(Field::Budget, "安め".into());
        draft.set(Field::Note, "あ".repeat(4001));
        let errors = draft.check().unwrap_err();
        let code = |path| errors.of(path).map(|problem| problem.code.as_str());
        assert_eq!(code("name"), Some("required"));
        assert_eq!(code("source_code"), Some("required"));
        assert_eq!(code("kana"), Some("kana.script"));
        assert_eq!(code("phones.0"), None);
        assert_eq!(code("phones.1"), Some("phone.length"));
        assert_eq!(code("address.postal_code"), Some("postal_code.length"));
        assert_eq!(code("wanted_car.budget"), Some("budget.form"));
        assert_eq!(errors.of("note").and_then(|problem| problem.max), Some(4000));
    }

    #[test]
    fn a_draft_survives_being_kept() {
        let draft = Draft::of(&known_lead());
        let kept = serde_json::to_string(&draft).unwrap();
        assert_eq!(serde_json::from_str::<Draft>(&kept).unwrap(), draft);
    }

    #[test]
    fn what_is_understood_is_told_only_where_it_differs() {
        let mut draft = Draft::default();
        draft.set(Field::Kana, "わたなべ".into());
        assert_eq!(draft.reading(Field::Kana), Some("ワタナベ".into()));
        draft.set(Field::Kana, "ワタナベ".into());
        assert_eq!(draft.reading(Field::Kana), None);
        assert_eq!(phone_reading("09012345678"), Some("090-1234-5678".into()));
        assert_eq!(phone_reading("090"), None);
    }
}
