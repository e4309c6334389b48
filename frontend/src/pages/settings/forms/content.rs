//! A form as a person types it: the contract's own content, part by part as text. Pure, and tested on the host.

use noren_api::forms::FormContent;
use noren_domain::form::{self, FieldKind, FormField, FormLanguage};
use serde::{Deserialize, Serialize};
use validator::Validate as _;

use crate::errors::{FieldErrors, collect};
use crate::words::{self, Lang};

/// What is settled of a form, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Name,
    Store,
    Source,
    Active,
    Language,
    Title,
    Intro,
    Fields,
    Consent,
    Thanks,
    Origins,
}

impl Part {
    pub const ALL: [Self; 11] = [
        Self::Name,
        Self::Store,
        Self::Source,
        Self::Active,
        Self::Language,
        Self::Title,
        Self::Intro,
        Self::Fields,
        Self::Consent,
        Self::Thanks,
        Self::Origins,
    ];

    /// The path that the server knows it by.
    pub fn path(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Store => "store_id",
            Self::Source => "source_code",
            Self::Active => "active",
            Self::Language => "language",
            Self::Title => "title",
            Self::Intro => "intro",
            Self::Fields => "fields",
            Self::Consent => "consent",
            Self::Thanks => "thanks",
            Self::Origins => "origins",
        }
    }

    pub fn label(self) -> fn(Lang) -> &'static str {
        use words::form_part as say;
        match self {
            Self::Name => say::name,
            Self::Store => words::lead::store,
            Self::Source => words::field::source,
            Self::Active => say::active,
            Self::Language => say::language,
            Self::Title => say::title,
            Self::Intro => say::intro,
            Self::Fields => say::fields,
            Self::Consent => say::consent,
            Self::Thanks => say::thanks,
            Self::Origins => say::origins,
        }
    }

    /// It as text; the fields have none.
    pub fn text(self, content: &FormContent) -> String {
        let open = |text: &Option<String>| text.clone().unwrap_or_default();
        match self {
            Self::Name => content.name.clone(),
            Self::Store => content.store_id.to_string(),
            Self::Source => content.source_code.clone(),
            Self::Active => content.active.to_string(),
            Self::Language => content.language.as_str().to_owned(),
            Self::Title => content.title.clone(),
            Self::Intro => open(&content.intro),
            Self::Fields => String::new(),
            Self::Consent => open(&content.consent),
            Self::Thanks => open(&content.thanks),
            Self::Origins => content.origins.join("\n"),
        }
    }

    pub fn set(self, content: &mut FormContent, text: String) {
        let open = |text: String| (!text.is_empty()).then_some(text);
        match self {
            Self::Name => content.name = text,
            Self::Store => content.store_id = text.parse().unwrap_or(content.store_id),
            Self::Source => content.source_code = text,
            Self::Active => content.active = text == "true",
            Self::Language => {
                content.language = if text == FormLanguage::En.as_str() { FormLanguage::En } else { FormLanguage::Ja };
            }
            Self::Title => content.title = text,
            Self::Intro => content.intro = open(text),
            Self::Fields => {}
            Self::Consent => content.consent = open(text),
            Self::Thanks => content.thanks = open(text),
            Self::Origins => content.origins = text.split('\n').map(str::to_owned).collect(),
        }
    }

    /// Takes it over from another content.
    pub fn take(self, content: &mut FormContent, from: &FormContent) {
        if self == Self::Fields {
            content.fields.clone_from(&from.fields);
        } else {
            self.set(content, self.text(from));
        }
    }

    pub fn differs(self, one: &FormContent, other: &FormContent) -> bool {
        self.text(one) != self.text(other) || (self == Self::Fields && one.fields != other.fields)
    }
}

/// What is kept on the device of a form in work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptForm {
    /// By which its author knows it again.
    #[serde(default)]
    pub whom: Option<String>,
    /// The version and the content that it began from; a new form has neither.
    pub base: Option<(i64, FormContent)>,
    pub content: FormContent,
    /// The key of the request that makes a new one.
    #[serde(default)]
    pub request: Option<String>,
}

/// Without the lines of sites that were left empty, so that their numbers are those that are sent.
pub fn tidied(mut content: FormContent) -> FormContent {
    content.origins.retain(|origin| !origin.trim().is_empty());
    content
}

/// Everything that is wrong, by the rules of the contract and of the domain: the very code that the server runs.
pub fn problems(content: &FormContent) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if content.source_code.is_empty() {
        errors.add_code(Part::Source.path(), "required");
    }
    if let Err(broken) = content.validate() {
        collect(&broken, "", &mut errors);
    }
    if let Err(broken) = form::FormContent::from(content.clone()).check() {
        for error in broken.0 {
            errors.add_code(&error.field, error.code);
        }
    }
    errors
}

/// What a form asks for, as staff call it.
pub fn kind_name(kind: FieldKind) -> fn(Lang) -> &'static str {
    match kind {
        FieldKind::Name => words::field::name,
        FieldKind::Kana => words::field::kana,
        FieldKind::Company => words::field::company,
        FieldKind::Phone => words::field::phones,
        FieldKind::Mail => words::field::mails,
        FieldKind::Address => words::field::address,
        FieldKind::WantedCar => words::form::car,
        FieldKind::BodyType => words::field::body_type,
        FieldKind::Budget => words::field::budget,
        FieldKind::Timing => words::field::timing,
        FieldKind::Message => words::form_part::message,
    }
}

/// What a new form asks for until somebody says otherwise.
pub fn usual_fields() -> Vec<FormField> {
    let asked =
        [(FieldKind::Name, true), (FieldKind::Phone, false), (FieldKind::Mail, false), (FieldKind::Message, false)];
    asked.map(|(kind, required)| FormField { kind, required, label: None }).into()
}

/// Moves the field up or down, as far as there is room.
pub fn moved(fields: &mut [FormField], kind: FieldKind, down: bool) {
    let Some(at) = fields.iter().position(|field| field.kind == kind) else { return };
    let to = if down { at + 1 } else { at.wrapping_sub(1) };
    if to < fields.len() {
        fields.swap(at, to);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use uuid::Uuid;

    pub fn content() -> FormContent {
        FormContent {
            store_id: noren_domain::StoreId(Uuid::from_u128(1)),
            source_code: "own_site".into(),
            name: "自社HP".into(),
            language: FormLanguage::Ja,
            title: "お問い合わせ".into(),
            intro: None,
            thanks: Some("ありがとうございます".into()),
            fields: usual_fields(),
            origins: vec!["https://www.dealer.example".into()],
            consent: None,
            active: true,
        }
    }

    #[test]
    fn every_part_reads_back_as_it_was_written() {
        let (full, mut other) = (content(), content());
        for part in Part::ALL {
            part.set(&mut other, "ほか".into());
        }
        other.fields.clear();
        for part in Part::ALL {
            part.take(&mut other, &full);
            assert!(!part.differs(&other, &full), "{part:?}");
        }
        assert_eq!(other, full);
    }

    #[test]
    fn what_is_wrong_is_named_by_the_path_of_the_page() {
        let mut wrong = content();
        assert!(problems(&wrong).is_empty());
        wrong.title.clear();
        wrong.source_code.clear();
        wrong.intro = Some("あ".repeat(1001));
        wrong.fields.truncate(1);
        wrong.origins.push("dealer.example".into());
        let errors = problems(&wrong);
        let code = |path| errors.of(path).map(|problem| problem.code.as_str());
        assert_eq!(code("title"), Some("required"));
        assert_eq!(code("source_code"), Some("required"));
        assert_eq!(errors.of("intro").and_then(|problem| problem.max), Some(1000));
        assert_eq!(code("fields"), Some("form.contact"));
        assert_eq!(code("origins.1"), Some("origin.form"));
    }

    #[test]
    fn a_field_moves_within_its_bounds() {
        let mut fields = usual_fields();
        moved(&mut fields, FieldKind::Message, false);
        moved(&mut fields, FieldKind::Name, false);
        let kinds: Vec<FieldKind> = fields.iter().map(|field| field.kind).collect();
        assert_eq!(kinds, [FieldKind::Name, FieldKind::Phone, FieldKind::Message, FieldKind::Mail]);
        moved(&mut fields, FieldKind::Mail, true);
        assert_eq!(fields[3].kind, FieldKind::Mail);
    }

    #[test]
    fn empty_lines_of_sites_are_nothing() {
        let mut typed = content();
        Part::Origins.set(&mut typed, "https://www.dealer.example\n\n ".into());
        assert_eq!(tidied(typed), content());
    }
}
