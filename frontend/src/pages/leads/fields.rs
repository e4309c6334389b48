//! The fields of a lead: one list for the form, the conflict screen and the timeline.

use serde::{Deserialize, Serialize};

use crate::ui::field::Typing;
use crate::words::{self, Lang};

/// A field, in the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Field {
    Name,
    Kana,
    Source,
    Company,
    Phones,
    Mails,
    Temperature,
    Tags,
    Maker,
    Model,
    BodyType,
    Budget,
    Timing,
    Note,
    PostalCode,
    Prefecture,
    City,
    Town,
    Street,
    Building,
}

impl Field {
    pub const ALL: [Self; 20] = [
        Self::Name,
        Self::Kana,
        Self::Source,
        Self::Company,
        Self::Phones,
        Self::Mails,
        Self::Temperature,
        Self::Tags,
        Self::Maker,
        Self::Model,
        Self::BodyType,
        Self::Budget,
        Self::Timing,
        Self::Note,
        Self::PostalCode,
        Self::Prefecture,
        Self::City,
        Self::Town,
        Self::Street,
        Self::Building,
    ];

    /// The path that the server knows it by.
    pub fn path(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Kana => "kana",
            Self::Company => "company",
            Self::Phones => "phones",
            Self::Mails => "mails",
            Self::Source => "source_code",
            Self::Temperature => "temperature",
            Self::Tags => "tag_ids",
            Self::Maker => "wanted_car.maker",
            Self::Model => "wanted_car.model",
            Self::BodyType => "wanted_car.body_type",
            Self::Budget => "wanted_car.budget",
            Self::Timing => "wanted_car.timing",
            Self::PostalCode => "address.postal_code",
            Self::Prefecture => "address.prefecture",
            Self::City => "address.city",
            Self::Town => "address.town",
            Self::Street => "address.street",
            Self::Building => "address.building",
            Self::Note => "note",
        }
    }

    pub fn label(self) -> fn(Lang) -> &'static str {
        use words::field as name;
        match self {
            Self::Name => name::name,
            Self::Kana => name::kana,
            Self::Company => name::company,
            Self::Phones => name::phones,
            Self::Mails => name::mails,
            Self::Source => name::source,
            Self::Temperature => name::temperature,
            Self::Tags => name::tags,
            Self::Maker => name::maker,
            Self::Model => name::model,
            Self::BodyType => name::body_type,
            Self::Budget => name::budget,
            Self::Timing => name::timing,
            Self::PostalCode => name::postal_code,
            Self::Prefecture => name::prefecture,
            Self::City => name::city,
            Self::Town => name::town,
            Self::Street => name::street,
            Self::Building => name::building,
            Self::Note => name::note,
        }
    }

    /// The label of a path in a timeline, which joins some fields; an unknown path is shown as it is.
    pub fn label_of(path: &str, lang: Lang) -> String {
        let known = Self::ALL.into_iter().find(|field| field.path() == path).map(Self::label);
        let label = known.or(match path {
            "kana_typed" => Some(words::field::kana_typed as fn(Lang) -> &'static str),
            "phones_typed" => Some(words::field::phones),
            _ => None,
        });
        label.map_or_else(|| path.to_owned(), |label| label(lang).to_owned())
    }

    pub fn typing(self) -> Typing {
        let next = Some("next");
        let text = |autocomplete| Typing { autocomplete, enterkeyhint: next, ..Typing::default() };
        match self {
            // What is typed is a customer's, so the browser's own address book stays out of it.
            Self::Phones => {
                Typing { kind: Some("tel"), inputmode: Some("tel"), enterkeyhint: next, ..Typing::default() }
            }
            Self::Mails => Typing { inputmode: Some("email"), enterkeyhint: next, ..Typing::default() },
            Self::PostalCode => Typing { inputmode: Some("numeric"), enterkeyhint: next, ..Typing::default() },
            Self::Budget => Typing { inputmode: Some("decimal"), enterkeyhint: next, ..Typing::default() },
            Self::Note => Typing::default(),
            _ => text(Some("off")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use noren_domain::contact::Address;
    use noren_domain::lead::{Temperature, TypedProfile, WantedCar};
    use noren_domain::tag::LeadTag;
    use noren_domain::{TagId, Yen};

    /// Whatever can stand in a timeline as changed. A field that the profile gains is missed here by the compiler.
    fn paths() -> Vec<String> {
        let text = |text: &str| Some(text.to_owned());
        let bare = TypedProfile { source: "walk_in".into(), company: text("㈱山田"), ..TypedProfile::default() };
        let full = TypedProfile {
            source: "phone".into(),
            name: text("渡邉 髙志"),
            kana: text("わたなべ"),
            company: text("㈱渡邉"),
            phones: vec!["09012345678".into()],
            mails: vec!["taro@example.jp".into()],
            address: Address {
                postal_code: text("371-0024"),
                prefecture: text("群馬県"),
                city: text("前橋市"),
                town: text("表町"),
                street: text("2-1"),
                building: text("ハイツ201"),
            },
            wanted_car: WantedCar {
                maker: text("トヨタ"),
                model: text("アルファード"),
                body_type: text("ミニバン"),
                budget: Some(Yen(4_500_000)),
                timing: text("年内"),
            },
            temperature: Some(Temperature::ThisMonth),
            tags: vec![LeadTag { id: TagId(uuid::Uuid::nil()), name: "県外".into() }],
            note: text("電話は夜"),
        };
        let retyped = TypedProfile { phones: vec!["090-1234-5678".into()], ..full.clone() };
        let [bare, full, retyped] = [bare, full, retyped].map(|typed| typed.check().unwrap());
        let changes = bare.changes_to(&full).into_iter().chain(full.changes_to(&retyped));
        changes.map(|change| change.field).collect()
    }

    #[test]
    fn every_path_of_a_timeline_has_a_label() {
        let paths = paths();
        for field in Field::ALL {
            assert!(paths.iter().any(|path| path == field.path()), "{field:?} changes");
        }
        for path in paths {
            assert_ne!(Field::label_of(&path, Lang::Ja), path);
        }
        assert_eq!(Field::label_of("shoe_size", Lang::Ja), "shoe_size");
    }

    #[test]
    fn no_two_fields_share_a_path() {
        let mut paths = Field::ALL.map(Field::path).to_vec();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), Field::ALL.len());
    }
}
