//! フォーム: what the public fills in, and what becomes of it.

mod answers;
mod origin;
mod submission;
mod suspicion;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::lead_source::SourceCode;
use crate::text::tidy;
use crate::{FormId, Invalid, StoreId, Timestamp};

pub use answers::{Answers, Input, Reading};
pub use origin::origin;
pub use submission::{SENDERS_KEY, Submission, SubmissionState, Visit};
pub use suspicion::{Circumstances, Suspicion};

/// How many sites may embed one form.
pub const MAX_ORIGINS: usize = 20;

/// What a form may ask for. Each is asked once at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    Name,
    Kana,
    Company,
    Phone,
    Mail,
    Address,
    WantedCar,
    BodyType,
    Budget,
    Timing,
    Message,
}

impl FieldKind {
    pub const ALL: [Self; 11] = [
        Self::Name,
        Self::Kana,
        Self::Company,
        Self::Phone,
        Self::Mail,
        Self::Address,
        Self::WantedCar,
        Self::BodyType,
        Self::Budget,
        Self::Timing,
        Self::Message,
    ];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Kana => "kana",
            Self::Company => "company",
            Self::Phone => "phone",
            Self::Mail => "mail",
            Self::Address => "address",
            Self::WantedCar => "wanted_car",
            Self::BodyType => "body_type",
            Self::Budget => "budget",
            Self::Timing => "timing",
            Self::Message => "message",
        }
    }

    /// What the person types for it, in order.
    #[must_use]
    pub fn inputs(self) -> &'static [Input] {
        match self {
            Self::Name => &[Input::Name],
            Self::Kana => &[Input::Kana],
            Self::Company => &[Input::Company],
            Self::Phone => &[Input::Phone],
            Self::Mail => &[Input::Mail],
            Self::Address => {
                &[Input::PostalCode, Input::Prefecture, Input::City, Input::Town, Input::Street, Input::Building]
            }
            Self::WantedCar => &[Input::Maker, Input::Model],
            Self::BodyType => &[Input::BodyType],
            Self::Budget => &[Input::Budget],
            Self::Timing => &[Input::Timing],
            Self::Message => &[Input::Message],
        }
    }

    /// Which of its inputs must be filled where the field is required: an address needs no building.
    #[must_use]
    pub fn essential(self) -> &'static [Input] {
        match self {
            Self::Address => &[Input::Prefecture, Input::City],
            Self::WantedCar => &[Input::Model],
            other => other.inputs(),
        }
    }
}

/// One thing that a form asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FormField {
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub kind: FieldKind,
    pub required: bool,
    /// In place of the usual label.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 60))]
    pub label: Option<String>,
}

/// What a person settles about a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormContent {
    pub store_id: StoreId,
    pub source: SourceCode,
    /// What the dealer calls it; the public does not see it.
    pub name: String,
    /// The language of the words that the form brings along itself.
    pub language: Language,
    pub title: String,
    pub intro: Option<String>,
    /// What is shown when it was sent.
    pub thanks: Option<String>,
    pub fields: Vec<FormField>,
    /// The sites that may embed it or send to it.
    pub origins: Vec<String>,
    /// What the person agrees to by a check mark; no check mark where there is none.
    pub consent: Option<String>,
    pub active: bool,
}

/// A form as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub id: FormId,
    /// What its addresses say; nobody guesses it.
    pub key: String,
    pub content: FormContent,
    /// Counts up when the consent's words change.
    pub consent_version: i32,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl FormContent {
    /// Whether the labels have the length that they may have, in a form that is only looked at and need not be whole.
    ///
    /// # Errors
    /// `too_long`, for each.
    pub fn check_labels(&self) -> Result<(), Invalid> {
        let mut broken = Invalid::default();
        self.take_labels(&mut broken);
        broken.finish(())
    }

    fn take_labels(&self, broken: &mut Invalid) {
        for (at, field) in self.fields.iter().enumerate() {
            broken.take(format!("fields.{at}.label"), short(field.label.as_deref().unwrap_or_default(), 60));
        }
    }

    /// Normalises and checks what was typed.
    ///
    /// # Errors
    /// Every broken field: `required`, `too_long`, `duplicate`, `origin.form`; `form.name` and `form.contact` on `fields` when
    /// nobody could be named or answered.
    pub fn check(self) -> Result<Self, Invalid> {
        let mut broken = Invalid::default();
        let mut must = |field: &str, text: &str, longest: usize| {
            let checked = if tidy(text).is_empty() { Err("required") } else { short(text, longest) };
            broken.take(field, checked);
        };
        must("name", &self.name, 60);
        must("title", &self.title, 100);
        for (field, text, longest) in
            [("intro", &self.intro, 1_000), ("thanks", &self.thanks, 1_000), ("consent", &self.consent, 4_000)]
        {
            broken.take(field, short(text.as_deref().unwrap_or_default(), longest));
        }
        for (at, field) in self.fields.iter().enumerate() {
            let twice = self.fields[..at].iter().any(|other| other.kind == field.kind);
            broken.take(format!("fields.{at}.kind"), if twice { Err("duplicate") } else { Ok(()) });
        }
        self.take_labels(&mut broken);
        let asks = |kinds: &[FieldKind]| self.fields.iter().any(|field| kinds.contains(&field.kind));
        if !asks(&[FieldKind::Name, FieldKind::Company]) {
            broken.take("fields", Err::<(), _>("form.name"));
        } else if !asks(&[FieldKind::Phone, FieldKind::Mail]) {
            broken.take("fields", Err::<(), _>("form.contact"));
        }
        if self.origins.len() > MAX_ORIGINS {
            broken.take("origins", Err::<(), _>("too_many"));
        }
        let mut origins = Vec::new();
        for (at, typed) in self.origins.iter().enumerate() {
            let known = broken.take(format!("origins.{at}"), origin(typed));
            origins.extend(known.filter(|origin| !origins.contains(origin)));
        }
        let filled =
            |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !tidy(text).is_empty());
        let fields = self.fields.into_iter().map(|field| FormField { label: filled(field.label), ..field }).collect();
        broken.finish(Self {
            name: self.name.trim().to_owned(),
            title: self.title.trim().to_owned(),
            intro: filled(self.intro),
            thanks: filled(self.thanks),
            consent: filled(self.consent),
            fields,
            origins,
            ..self
        })
    }
}

impl Form {
    /// Replaces what was settled. Other words of consent are another version of it, so that each consent can be shown in the
    /// words that were agreed to.
    pub fn edit(&mut self, content: FormContent, at: Timestamp) {
        if content.consent != self.content.consent {
            self.consent_version += 1;
        }
        self.content = content;
        self.updated_at = at;
    }

    /// Whether a site may embed the form, or send to it from a page.
    #[must_use]
    pub fn is_for(&self, origin: &str) -> bool {
        self.content.origins.iter().any(|known| known == origin)
    }
}

fn short(text: &str, longest: usize) -> Result<(), &'static str> {
    if text.chars().count() > longest { Err("too_long") } else { Ok(()) }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use uuid::Uuid;

    pub(crate) fn field(kind: FieldKind, required: bool) -> FormField {
        FormField { kind, required, label: None }
    }

    pub(crate) fn content() -> FormContent {
        FormContent {
            store_id: StoreId(Uuid::nil()),
            source: SourceCode("own_site".into()),
            name: "自社HP 来店予約".into(),
            language: Language::Ja,
            title: "お問い合わせ".into(),
            intro: None,
            thanks: None,
            fields: vec![
                field(FieldKind::Name, true),
                field(FieldKind::Phone, false),
                field(FieldKind::Message, false),
            ],
            origins: vec!["https://www.dealer.example".into()],
            consent: Some("個人情報の取扱いに同意します。".into()),
            active: true,
        }
    }

    pub(crate) fn form(content: FormContent) -> Form {
        let at = Timestamp::UNIX_EPOCH;
        let (id, key) = (FormId(Uuid::nil()), "k".to_owned());
        Form { id, key, content, consent_version: 1, created_at: at, updated_at: at, version: 1 }
    }

    fn broken(content: FormContent) -> Vec<String> {
        let invalid = content.check().unwrap_err();
        invalid.0.into_iter().map(|error| format!("{} {}", error.field, error.code)).collect()
    }

    #[test]
    fn a_form_asks_who_and_how_to_answer() {
        assert!(content().check().is_ok());
        let nobody = FormContent { fields: vec![field(FieldKind::Phone, true)], ..content() };
        assert_eq!(broken(nobody), ["fields form.name"]);
        let unreachable = FormContent { fields: vec![field(FieldKind::Name, true)], ..content() };
        assert_eq!(broken(unreachable), ["fields form.contact"]);
        let twice = [field(FieldKind::Name, true), field(FieldKind::Mail, true), field(FieldKind::Name, false)];
        assert_eq!(broken(FormContent { fields: twice.into(), ..content() }), ["fields.2.kind duplicate"]);
    }

    #[test]
    fn every_broken_field_is_named_at_once() {
        let wrong = FormContent {
            name: "　".into(),
            title: "あ".repeat(101),
            origins: vec!["www.dealer.example".into()],
            ..content()
        };
        assert_eq!(broken(wrong), ["name required", "title too_long", "origins.0 origin.form"]);
    }

    #[test]
    fn other_words_of_consent_are_another_version() {
        let mut form = form(content());
        form.edit(FormContent { title: "来店予約".into(), ..content() }, Timestamp::UNIX_EPOCH);
        assert_eq!(form.consent_version, 1);
        form.edit(FormContent { consent: Some("同意する".into()), ..content() }, Timestamp::UNIX_EPOCH);
        assert_eq!(form.consent_version, 2);
    }
}
