//! A form as a person types it: the contract's own content, part by part as text. Pure, and tested on the host.

use noren_api::FieldProblem;
use noren_api::forms::FormContent;
use noren_domain::form::{self, FieldKind, FormField};
use noren_domain::language::Language;
use validator::Validate as _;

use crate::errors::{FieldErrors, collect};
use crate::messages;
use crate::pages::settings::content;
use crate::pages::settings::content::{Content, Part as _, said};
use crate::session::Masters;
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

impl content::Part for Part {
    type Content = FormContent;

    const ALL: &'static [Self] = &[
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

    fn path(self) -> &'static str {
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

    fn label(self) -> fn(Lang) -> &'static str {
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
    fn text(self, content: &FormContent) -> String {
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

    fn set(self, content: &mut FormContent, text: String) {
        let open = |text: String| (!text.is_empty()).then_some(text);
        match self {
            Self::Name => content.name = text,
            Self::Store => content.store_id = text.parse().unwrap_or(content.store_id),
            Self::Source => content.source_code = text,
            Self::Active => content.active = text == "true",
            Self::Language => {
                content.language = if text == Language::En.as_str() { Language::En } else { Language::Ja };
            }
            Self::Title => content.title = text,
            Self::Intro => content.intro = open(text),
            Self::Fields => {}
            Self::Consent => content.consent = open(text),
            Self::Thanks => content.thanks = open(text),
            Self::Origins => content.origins = text.split('\n').map(str::to_owned).collect(),
        }
    }

    fn take(self, content: &mut FormContent, from: &FormContent) {
        if self == Self::Fields {
            content.fields.clone_from(&from.fields);
        } else {
            self.set(content, self.text(from));
        }
    }

    fn differs(self, one: &FormContent, other: &FormContent) -> bool {
        self.text(one) != self.text(other) || (self == Self::Fields && one.fields != other.fields)
    }

    fn read(self, content: &FormContent, masters: &Masters, lang: Lang) -> String {
        let text = self.text(content);
        match self {
            Self::Store => masters.store_name(content.store_id).to_owned(),
            Self::Source => masters.source_name(&text, lang),
            Self::Active if content.active => words::forms::open(lang).to_owned(),
            Self::Active => words::forms::closed(lang).to_owned(),
            Self::Language if content.language == Language::En => Lang::En.own_name().to_owned(),
            Self::Language => Lang::Ja.own_name().to_owned(),
            Self::Fields => content.fields.iter().map(|field| read_field(field, lang)).collect::<Vec<_>>().join("\n"),
            _ => said(text, lang),
        }
    }
}

fn read_field(field: &FormField, lang: Lang) -> String {
    let usual = kind_name(field.kind)(lang);
    let name = field.label.as_ref().map_or_else(|| usual.to_owned(), |label| words::forms::called(lang, label, usual));
    if field.required { words::forms::must(lang, name) } else { name }
}

impl Content for FormContent {
    type Part = Part;
    type Sent = Self;

    fn name(&self) -> &str {
        &self.name
    }

    fn tidied(mut self) -> Self {
        self.origins.retain(|origin| !origin.trim().is_empty());
        self
    }

    fn problems(&self) -> FieldErrors {
        let content = self.clone().tidied();
        let mut errors = FieldErrors::default();
        if content.source_code.is_empty() {
            errors.add_code(Part::Source.path(), "required");
        }
        if let Err(broken) = content.validate() {
            collect(&broken, "", &mut errors);
        }
        if let Err(broken) = form::FormContent::from(content).check() {
            for error in broken.0 {
                errors.add_code(&error.field, error.code);
            }
        }
        errors
    }

    fn sent(&self) -> Self {
        self.clone()
    }

    fn sentence(broken: &FieldProblem, lang: Lang) -> String {
        use words::form_problem as say;
        let own = match broken.code.as_str() {
            "required" if broken.field == Part::Source.path() => words::field_problem::choose,
            "required" => words::field_problem::required,
            "origin.form" => say::origin,
            "form.name" => say::name,
            "form.contact" => say::contact,
            _ => return messages::field(broken, lang),
        };
        own(lang).to_owned()
    }

    /// Each site is a line of its own.
    fn wrong(&self, part: Part, errors: &FieldErrors, lang: Lang) -> Option<String> {
        let own = errors.of(part.path()).map(|broken| Self::sentence(broken, lang));
        own.or_else(|| {
            let mut sites = self.origins.iter().enumerate().filter(|_| part == Part::Origins);
            sites.find_map(|(at, typed)| {
                let broken = errors.of(&format!("origins.{at}"))?;
                Some(words::forms::line(lang, Self::sentence(broken, lang), typed))
            })
        })
    }
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
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::content::Part as _;
    use super::*;
    use crate::pages::settings::conflict::merged;

    fn content() -> FormContent {
        FormContent {
            store_id: noren_domain::StoreId(Uuid::from_u128(1)),
            source_code: "own_site".into(),
            name: "自社HP".into(),
            language: Language::Ja,
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
        for &part in Part::ALL {
            part.set(&mut other, "ほか".into());
        }
        other.fields.clear();
        for &part in Part::ALL {
            part.take(&mut other, &full);
            assert!(!part.differs(&other, &full), "{part:?}");
        }
        assert_eq!(other, full);
    }

    #[test]
    fn what_is_wrong_is_named_by_the_path_of_the_page() {
        let mut wrong = content();
        assert!(wrong.problems().is_empty());
        wrong.title.clear();
        wrong.source_code.clear();
        wrong.intro = Some("あ".repeat(1001));
        wrong.fields.truncate(1);
        wrong.origins.push("dealer.example".into());
        let errors = wrong.problems();
        let code = |path| errors.of(path).map(|problem| problem.code.as_str());
        assert_eq!(code("title"), Some("required"));
        assert_eq!(code("source_code"), Some("required"));
        assert_eq!(errors.of("intro").and_then(|problem| problem.max), Some(1000));
        assert_eq!(code("fields"), Some("form.contact"));
        assert_eq!(code("origins.1"), Some("origin.form"));
    }

    #[test]
    fn the_merge_is_mine_but_for_what_was_left_to_them() {
        let (mut mine, mut current) = (content(), content());
        mine.title = "ご来店の予約".into();
        mine.fields.truncate(2);
        current.title = "ご相談".into();
        current.fields.truncate(3);
        current.active = false;
        let merged = merged(&mine, &current, &BTreeSet::from([Part::Fields, Part::Active]));
        assert_eq!((merged.title.as_str(), merged.active, merged.fields.len()), ("ご来店の予約", false, 3));
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
        assert_eq!(typed.tidied(), content());
    }
}
