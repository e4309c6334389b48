//! A form in work: what is typed, what is wrong with it, and how it is kept.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::FieldProblem;
use noren_api::forms::FormContent;

use super::content::{KeptForm, Part, problems, tidied};
use crate::api::ApiError;
use crate::drafts::DraftKey;
use crate::editor::{Unsaved, focus};
use crate::errors::FieldErrors;
use crate::messages;
use crate::words::{self, Lang, lang};

/// `Copy`, so that every field holds it.
#[derive(Clone, Copy)]
pub struct Work {
    pub content: RwSignal<FormContent>,
    pub errors: RwSignal<FieldErrors>,
    /// The version and the content that it began from; a new form has no version.
    pub base: StoredValue<(Option<i64>, FormContent)>,
    /// One for as long as a new form is filled in, so that it is made once.
    pub request: StoredValue<Option<String>>,
    key: StoredValue<DraftKey>,
}

impl Work {
    /// Begins from the draft that was kept, if there is one that says something.
    pub fn begin(base: (Option<i64>, FormContent), request: Option<String>, key: DraftKey) -> (Self, bool) {
        let kept = key.read().filter(|kept: &KeptForm| match &kept.base {
            Some((_, base)) => kept.content != *base,
            None => true,
        });
        let restored = kept.is_some();
        let (base, content, request) = match kept {
            Some(KeptForm { base: Some((version, base)), content, .. }) => ((Some(version), base), content, None),
            Some(KeptForm { base: None, content, request: kept, .. }) => (base, content, kept.or(request)),
            None => (base.clone(), base.1, request),
        };
        let work = Self {
            content: RwSignal::new(content),
            errors: RwSignal::default(),
            base: StoredValue::new(base),
            request: StoredValue::new(request),
            key: StoredValue::new(key),
        };
        (work, restored)
    }

    /// Throws away what was typed.
    pub fn restart(self, version: Option<i64>, content: FormContent) {
        self.base.set_value((version, content.clone()));
        self.content.set(content);
        self.errors.set(FieldErrors::default());
    }

    /// The parts that are not as they were when the work began.
    pub fn changed_parts(self) -> BTreeSet<Part> {
        let changed = |content: &FormContent, base: &FormContent| {
            Part::ALL.into_iter().filter(|part| part.differs(content, base)).collect()
        };
        self.content.with_untracked(|content| self.base.with_value(|(_, base)| changed(content, base)))
    }

    pub fn text(self, part: Part) -> Signal<String> {
        Signal::derive(move || self.content.with(|content| part.text(content)))
    }

    pub fn set(self, part: Part, text: String) {
        self.content.update(|content| part.set(content, text));
    }

    /// What is wrong with a part, in words. Each site is a line of its own.
    pub fn error(self, part: Part) -> Signal<Option<String>> {
        Signal::derive(move || {
            let typed = self.content.with(|content| content.origins.clone());
            self.errors.with(|errors| match errors.of(part.path()) {
                Some(broken) => Some(sentence(broken, lang())),
                None if part == Part::Origins => typed.iter().enumerate().find_map(|(at, typed)| {
                    let broken = errors.of(&format!("origins.{at}"))?;
                    Some(words::forms::line(lang(), sentence(broken, lang()), typed))
                }),
                None => None,
            })
        })
    }

    /// Checks a part when it is left; an empty required one is told only when the form is sent.
    pub fn left(self, part: Part) {
        let found = self.content.with_untracked(|content| problems(&tidied(content.clone())));
        let own = |path: &str| {
            path == part.path() || path.strip_prefix(part.path()).is_some_and(|rest| rest.starts_with('.'))
        };
        self.errors.update(|errors| {
            errors.retain(|path| !own(path));
            for problem in found.into_iter().filter(|problem| own(&problem.field) && problem.code != "required") {
                errors.add(problem);
            }
        });
    }

    /// Checks everything and gives what is to be sent; otherwise the first bad part takes the focus.
    pub fn checked(self) -> Option<FormContent> {
        self.content.update(|content| *content = tidied(content.clone()));
        let content = self.content.get_untracked();
        let errors = problems(&content);
        let is_good = errors.is_empty();
        self.show(errors);
        is_good.then_some(content)
    }

    /// Puts the server's field errors beside the fields.
    pub fn refused(self, error: &ApiError) {
        if !error.fields().is_empty() {
            self.show(error.fields().iter().cloned().collect());
        }
    }

    fn show(self, errors: FieldErrors) {
        let first = Part::ALL.map(Part::path).into_iter().find(|path| errors.any_in(path));
        self.errors.set(errors);
        if let Some(first) = first {
            spawn_local(focus(first.to_owned()));
        }
    }
}

/// How to mend a part of a form, by the code of its rule.
pub fn sentence(broken: &FieldProblem, lang: Lang) -> String {
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

impl Unsaved for Work {
    fn changed(self) -> bool {
        self.content.with(|content| self.base.with_value(|(_, base)| tidied(content.clone()) != *base))
    }

    fn keep(self) {
        let (changed, content) = (self.changed(), self.content.get());
        self.key.with_value(|key| {
            if changed {
                let whom = Some(content.name.clone()).filter(|name| !name.is_empty());
                let (version, base) = self.base.get_value();
                let base = version.map(|version| (version, base));
                let kept = KeptForm { whom, base, content, request: self.request.get_value() };
                key.keep(&serde_json::to_string(&kept).unwrap_or_default());
            } else {
                key.forget();
            }
        });
    }

    fn forget(self) {
        self.key.with_value(DraftKey::forget);
    }
}
