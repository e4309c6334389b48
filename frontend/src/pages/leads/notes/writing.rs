//! A note that is being written: its text, its draft, what is wrong with it, and how it is sent.

use leptos::html;
use leptos::prelude::*;
use noren_api::FieldProblem;
use noren_api::leads::NewNote;
use noren_domain::note::{MAX_LENGTH, MAX_MENTIONS};
use noren_domain::text::tidy;
use serde::{Deserialize, Serialize};

use super::called::{self, Person};
use crate::api::idempotency_key;
use crate::drafts::DraftKey;
use crate::messages;
use crate::ui::combo::Combo;
use crate::words::{self, Lang, lang};

/// From so many characters left on they are counted.
const NEAR: usize = 400;

/// What is kept of it on the device.
#[derive(Serialize, Deserialize)]
struct KeptNote {
    /// On whom it is written, by which its author knows it again.
    whom: String,
    body: String,
    request: String,
}

/// `Copy`; lives as long as the lead's page.
#[derive(Clone, Copy)]
pub struct Writing {
    pub text: RwSignal<String>,
    pub errors: RwSignal<Vec<FieldProblem>>,
    /// What is typed of a name.
    pub begun: RwSignal<Option<String>>,
    pub people: StoredValue<Vec<Person>>,
    pub combo: Combo,
    pub area: NodeRef<html::Textarea>,
    /// One until the note is sent, a reload included: whatever became of an earlier sending, one note is made.
    pub request: StoredValue<String>,
    pub key: StoredValue<DraftKey>,
}

impl Writing {
    /// Begins from the draft that was kept, if there is one.
    pub fn begin(key: DraftKey, people: Vec<Person>) -> Self {
        let kept: Option<KeptNote> = key.read();
        let (text, request) = kept.map_or_else(|| (String::new(), idempotency_key()), |kept| (kept.body, kept.request));
        Self {
            text: RwSignal::new(text),
            errors: RwSignal::default(),
            begun: RwSignal::new(None),
            people: StoredValue::new(people),
            combo: Combo::new("callable"),
            area: NodeRef::new(),
            request: StoredValue::new(request),
            key: StoredValue::new(key),
        }
    }

    /// Keeps it as it is now, or forgets it where it says nothing.
    pub fn keep(self, whom: String) {
        let body = self.text.get();
        self.key.with_value(|key| {
            if body.trim().is_empty() {
                key.forget();
            } else {
                let kept = KeptNote { whom, body, request: self.request.get_value() };
                key.keep(&serde_json::to_string(&kept).unwrap_or_default());
            }
        });
    }

    /// The note, unless something is wrong; then that is said.
    pub fn checked(self) -> Option<NewNote> {
        let body = self.text.get_untracked();
        let mentions = self.people.with_value(|people| called::called(&body, people));
        let problem = |field: &str, code: &str, max: usize| FieldProblem {
            field: field.to_owned(),
            code: code.to_owned(),
            min: None,
            max: i64::try_from(max).ok(),
        };
        let empty = tidy(&body).is_empty().then(|| problem("body", "required", 0));
        let long = (body.chars().count() > MAX_LENGTH).then(|| problem("body", "too_long", MAX_LENGTH));
        let many = (mentions.len() > MAX_MENTIONS).then(|| problem("mentions", "too_many", MAX_MENTIONS));
        let errors: Vec<_> = empty.into_iter().chain(long).chain(many).collect();
        if errors.is_empty() {
            return Some(NewNote { body, mentions });
        }
        self.refused(errors);
        None
    }

    /// Says what is wrong, with the cursor where it can be mended.
    pub fn refused(self, errors: Vec<FieldProblem>) {
        if let Some(area) = self.area.get_untracked().filter(|_| !errors.is_empty()) {
            let _ = area.focus();
        }
        self.errors.set(errors);
    }

    /// It is sent: the next one is another.
    pub fn sent(self) {
        self.errors.set(Vec::new());
        self.text.set(String::new());
        self.begin_another();
    }

    /// What is sent from now on is a note of its own.
    pub fn begin_another(self) {
        self.request.set_value(idempotency_key());
        self.text.notify();
    }

    /// What is wrong, in a sentence.
    pub fn error(self) -> Option<String> {
        self.errors.with(|errors| errors.first().map(|broken| self.sentence(broken, lang())))
    }

    fn sentence(self, broken: &FieldProblem, lang: Lang) -> String {
        let called = self.people.with_value(|people| {
            let at: usize = broken.field.strip_prefix("mentions.")?.parse().ok()?;
            let id = self.text.with(|text| called::called(text, people).get(at).copied())?;
            people.iter().find(|person| person.id == id).map(|person| person.name.clone())
        });
        match (called, broken.code.as_str()) {
            (Some(name), _) => words::note::elsewhere(lang, name),
            (None, "too_many") => words::note::too_many(lang, MAX_MENTIONS),
            (None, "required") => words::note::missing(lang).to_owned(),
            (None, _) => messages::field(broken, lang),
        }
    }

    /// How to call somebody, and once it matters how much room is left.
    pub fn hint(self) -> String {
        let left = self.text.with(|text| MAX_LENGTH.checked_sub(text.chars().count()));
        match left {
            Some(left) if left > NEAR => words::note::hint(lang()).to_owned(),
            Some(left) => words::note::left(lang(), left),
            None => words::field_problem::too_long_by(lang(), MAX_LENGTH),
        }
    }

    /// What was typed has changed.
    pub fn typed(self) {
        let Some(area) = self.area.get_untracked() else { return };
        self.text.set(area.value());
        self.errors.set(Vec::new());
        let begun = self.before().and_then(|before| called::begun(&before).map(str::to_owned));
        self.combo.active.set(begun.is_some().then_some(0));
        self.begun.set(begun);
    }

    /// Whom that may mean.
    pub fn offers(self) -> Vec<Person> {
        let offers = self
            .begun
            .with(|begun| begun.as_ref().map(|typed| self.people.with_value(|people| called::offers(typed, people))));
        offers.unwrap_or_default()
    }

    /// Writes a text where the cursor is, over as many characters before it as UTF-16 counts.
    pub fn write(self, text: &str, over: u32) {
        let Some(area) = self.area.get_untracked() else { return };
        let _ = area.focus();
        let at = area.selection_start().ok().flatten().unwrap_or(0);
        let end = area.selection_end().ok().flatten().unwrap_or(at);
        let from = at.saturating_sub(over);
        let _ = area.set_selection_range(from, end);
        let _ = area.set_range_text(text);
        let after = from + length(text);
        let _ = area.set_selection_range(after, after);
        self.typed();
    }

    /// Calls somebody in place of what is typed of their name.
    pub fn call(self, name: &str) {
        let Some(before) = self.before() else { return };
        let Some(typed) = called::begun(&before) else { return };
        self.write(&format!("{name} "), length(typed));
    }

    fn before(self) -> Option<String> {
        let area = self.area.get_untracked()?;
        let at = usize::try_from(area.selection_start().ok().flatten()?).ok()?;
        let units: Vec<u16> = area.value().encode_utf16().take(at).collect();
        Some(String::from_utf16_lossy(&units))
    }
}

/// As a browser counts.
fn length(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(0)
}
