//! What a visitor typed, and how it is read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{FieldKind, Form};
use crate::contact::Address;
use crate::lead::{Profile, TypedProfile, WantedCar};
use crate::money::parse_man;
use crate::text::{lines, tidy};
use crate::{FieldError, Invalid};

/// One input of a form. Its name is that of the HTML input and of the JSON member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Input {
    Name,
    Kana,
    Company,
    Phone,
    Mail,
    PostalCode,
    Prefecture,
    City,
    Town,
    Street,
    Building,
    Maker,
    Model,
    BodyType,
    Budget,
    Timing,
    Message,
}

impl Input {
    /// All inputs with their names and their paths in a lead's profile.
    const TABLE: [(Self, &'static str, &'static str); 17] = [
        (Self::Name, "name", "name"),
        (Self::Kana, "kana", "kana"),
        (Self::Company, "company", "company"),
        (Self::Phone, "phone", "phones.0"),
        (Self::Mail, "mail", "mails.0"),
        (Self::PostalCode, "postal_code", "address.postal_code"),
        (Self::Prefecture, "prefecture", "address.prefecture"),
        (Self::City, "city", "address.city"),
        (Self::Town, "town", "address.town"),
        (Self::Street, "street", "address.street"),
        (Self::Building, "building", "address.building"),
        (Self::Maker, "maker", "wanted_car.maker"),
        (Self::Model, "model", "wanted_car.model"),
        (Self::BodyType, "body_type", "wanted_car.body_type"),
        (Self::Budget, "budget", "wanted_car.budget"),
        (Self::Timing, "timing", "wanted_car.timing"),
        (Self::Message, "message", "note"),
    ];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::TABLE.iter().find(|(input, ..)| *input == self).map_or("", |(_, name, _)| name)
    }

    /// The input with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::TABLE.iter().find(|(_, known, _)| *known == name).map(|(input, ..)| *input)
    }

    /// The most characters that it takes.
    #[must_use]
    pub fn longest(self) -> usize {
        match self {
            Self::Message => 4_000,
            Self::Mail => 254,
            Self::PostalCode | Self::Prefecture | Self::Budget => 20,
            Self::Phone => 40,
            _ => 100,
        }
    }
}

/// What was typed, by input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<Input, String>);

/// What was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub profile: Profile,
    /// The person's own words.
    pub message: Option<String>,
}

impl Answers {
    #[must_use]
    pub fn text(&self, input: Input) -> &str {
        self.0.get(&input).map_or("", String::as_str)
    }

    fn filled(&self, input: Input) -> Option<String> {
        let text = self.text(input);
        (!tidy(text).is_empty()).then(|| text.to_owned())
    }

    fn understood(&self, source: String, mut broken: Invalid) -> Result<Reading, Invalid> {
        let message = self.filled(Input::Message).map(|text| lines(&text));
        match self.typed_profile(source, &mut broken).check() {
            Ok(profile) => in_order(broken).finish(Reading { profile, message }),
            Err(Invalid(errors)) => {
                broken.0.extend(errors.into_iter().map(by_input));
                Err(in_order(broken))
            }
        }
    }

    fn typed_profile(&self, source: String, broken: &mut Invalid) -> TypedProfile {
        let text = |input| self.filled(input);
        let budget = text(Input::Budget)
            .and_then(|typed| broken.take(Input::Budget.as_str(), parse_man(&typed).ok_or("budget.form")));
        TypedProfile {
            source,
            name: text(Input::Name),
            kana: text(Input::Kana),
            company: text(Input::Company),
            phones: text(Input::Phone).into_iter().collect(),
            mails: text(Input::Mail).into_iter().collect(),
            address: Address {
                postal_code: text(Input::PostalCode),
                prefecture: text(Input::Prefecture),
                city: text(Input::City),
                town: text(Input::Town),
                street: text(Input::Street),
                building: text(Input::Building),
            },
            wanted_car: WantedCar {
                maker: text(Input::Maker),
                model: text(Input::Model),
                body_type: text(Input::BodyType),
                budget,
                timing: text(Input::Timing),
            },
            temperature: None,
            tags: Vec::new(),
            note: None,
        }
    }
}

impl Form {
    /// Reads what was typed, by the rules of leads. `agreed` is the version of the words of consent that were agreed to.
    ///
    /// # Errors
    /// Every broken input by its name: `required`, `too_long`, the codes of the fields' own rules; `contact.required` on the
    /// first way to answer when none was given; `required` on `consent`, and `consent.changed` when other words were agreed to.
    pub fn read(&self, answers: &Answers, agreed: Option<i32>) -> Result<Reading, Invalid> {
        let mut broken = Invalid::default();
        let answers = self.asked_of(answers);
        for (input, text) in &answers.0 {
            let fits = text.chars().count() <= input.longest();
            broken.take(input.as_str(), if fits { Ok(()) } else { Err("too_long") });
        }
        for input in self.content.fields.iter().filter(|field| field.required).flat_map(|field| field.kind.essential())
        {
            let given = answers.filled(*input).is_some();
            broken.take(input.as_str(), if given { Ok(()) } else { Err("required") });
        }
        self.require_contact(&answers, &mut broken);
        if self.content.consent.is_some() {
            broken.take("consent", self.agreement(agreed));
        }
        answers.understood(self.content.source.0.clone(), broken)
    }

    /// Reads what was kept when it came, whatever the form asks by now.
    ///
    /// # Errors
    /// Every broken input, which a submission that was kept had none of.
    pub fn read_kept(&self, answers: &Answers) -> Result<Reading, Invalid> {
        answers.understood(self.content.source.0.clone(), Invalid::default())
    }

    /// The answers to what the form asks for; anything else was not typed into it.
    #[must_use]
    pub fn asked_of(&self, answers: &Answers) -> Answers {
        let asked = |input: &Input| self.content.fields.iter().any(|field| field.kind.inputs().contains(input));
        let answers = answers.0.iter().filter(|(input, _)| asked(input));
        Answers(answers.map(|(input, text)| (*input, text.clone())).collect())
    }

    fn agreement(&self, agreed: Option<i32>) -> Result<(), &'static str> {
        match agreed {
            None => Err("required"),
            Some(version) if version != self.consent_version => Err("consent.changed"),
            Some(_) => Ok(()),
        }
    }

    /// Somebody who cannot be answered has asked in vain.
    fn require_contact(&self, answers: &Answers, broken: &mut Invalid) {
        let ways = [(FieldKind::Phone, Input::Phone), (FieldKind::Mail, Input::Mail)];
        let mut offered = ways.iter().filter(|(kind, _)| self.content.fields.iter().any(|field| field.kind == *kind));
        let reachable = ways.iter().any(|(_, input)| answers.filled(*input).is_some());
        if !reachable && let Some((_, first)) = offered.next() {
            broken.take(first.as_str(), Err::<(), _>("contact.required"));
        }
    }
}

/// A broken path of a profile as the broken input of a form.
fn by_input(error: FieldError) -> FieldError {
    let known = Input::TABLE.iter().find(|(_, _, path)| *path == error.field);
    match known {
        Some((_, name, _)) => FieldError::new(*name, error.code),
        None => error,
    }
}

/// One error an input, the first; in the order of the inputs, as a person goes through the form.
fn in_order(mut broken: Invalid) -> Invalid {
    let place = |error: &FieldError| Input::named(&error.field).map_or(usize::MAX, |input| input as usize);
    broken.0.sort_by_key(place);
    broken.0.dedup_by(|second, first| second.field == first.field);
    broken
}

#[cfg(test)]
mod tests {
    use super::super::FormContent;
    use super::super::tests::{content, field, form};
    use super::*;
    use crate::Yen;

    fn answers(typed: &[(&str, &str)]) -> Answers {
        Answers(typed.iter().map(|(name, text)| (Input::named(name).unwrap(), (*text).to_owned())).collect())
    }

    fn broken(form: &Form, typed: &[(&str, &str)]) -> Vec<String> {
        let Invalid(errors) = form.read(&answers(typed), Some(1)).unwrap_err();
        errors.into_iter().map(|error| format!("{} {}", error.field, error.code)).collect()
    }

    fn whole() -> Form {
        let fields = FieldKind::ALL.map(|kind| field(kind, kind == FieldKind::Name)).to_vec();
        form(FormContent { fields, ..content() })
    }

    #[test]
    fn what_was_typed_becomes_a_profile_and_a_message() {
        let typed = [
            ("name", "渡邉 髙志"),
            ("kana", "わたなべ たかし"),
            ("phone", "０９０－１２３４－５６７８"),
            ("postal_code", "〒371-0024"),
            ("model", "ハリアー"),
            ("budget", "250万"),
            ("message", "週末に\n見たいです"),
        ];
        let Reading { profile, message } = whole().read(&answers(&typed), Some(1)).unwrap();
        assert_eq!(profile.phones[0].digits, "09012345678");
        assert_eq!(profile.kana.unwrap().katakana, "ワタナベ タカシ");
        assert_eq!(profile.address.postal_code.as_deref(), Some("3710024"));
        assert_eq!(profile.wanted_car.budget, Some(Yen(2_500_000)));
        assert_eq!(profile.source.0, "own_site");
        assert_eq!(message.as_deref(), Some("週末に\n見たいです"));
        assert_eq!(profile.note, None, "the words of others are no note of ours");
    }

    #[test]
    fn every_broken_input_is_named_in_the_order_of_the_form() {
        let typed = [("phone", "090"), ("kana", "渡辺"), ("postal_code", "1"), ("budget", "安め"), ("message", "x")];
        assert_eq!(
            broken(&whole(), &typed),
            [
                "name required",
                "kana kana.script",
                "phone phone.length",
                "postal_code postal_code.length",
                "budget budget.form"
            ]
        );
        let long = "あ".repeat(101);
        assert_eq!(broken(&whole(), &[("name", &long), ("mail", "a@b.jp")]), ["name too_long"]);
    }

    #[test]
    fn somebody_who_cannot_be_answered_is_asked_how() {
        assert_eq!(broken(&whole(), &[("name", "渡邉")]), ["phone contact.required"]);
        let by_mail = form(FormContent {
            fields: vec![field(FieldKind::Name, true), field(FieldKind::Mail, false)],
            ..content()
        });
        assert_eq!(broken(&by_mail, &[("name", "渡邉")]), ["mail contact.required"]);
    }

    #[test]
    fn what_is_not_asked_is_not_taken() {
        let form = form(content());
        let read = form
            .read(&answers(&[("name", "渡邉"), ("phone", "090-1234-5678"), ("mail", "nonsense")]), Some(1))
            .unwrap();
        assert!(read.profile.mails.is_empty());
    }

    #[test]
    fn what_was_kept_is_read_whatever_the_form_asks_by_now() {
        let kept = answers(&[("name", "渡邉"), ("phone", "090-1234-5678"), ("mail", "a@b.jp")]);
        let fields = vec![field(FieldKind::Name, true), field(FieldKind::Phone, true), field(FieldKind::Kana, true)];
        let read = form(FormContent { fields, ..content() }).read_kept(&kept).unwrap();
        assert_eq!(read.profile.mails.len(), 1);
    }

    #[test]
    fn consent_is_asked_where_there_are_words_to_consent_to() {
        let typed = answers(&[("name", "渡邉"), ("phone", "090-1234-5678")]);
        let Invalid(errors) = form(content()).read(&typed, None).unwrap_err();
        assert_eq!(errors, [FieldError::new("consent", "required")]);
        let Invalid(errors) = form(content()).read(&typed, Some(2)).unwrap_err();
        assert_eq!(errors, [FieldError::new("consent", "consent.changed")]);
        assert!(form(FormContent { consent: None, ..content() }).read(&typed, None).is_ok());
    }
}
