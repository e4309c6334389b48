//! Something in work: what is typed, what is wrong with it, and how it is kept.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::content::{Content, Part};
use crate::api::ApiError;
use crate::drafts::DraftKey;
use crate::editor::{Unsaved, focus};
use crate::errors::{FieldErrors, is_in};
use crate::words::lang;

/// What is kept on the device.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
struct Kept<C: Content> {
    /// By which its author knows it again.
    #[serde(default)]
    whom: Option<String>,
    /// The version and the content that it began from; something new has neither.
    base: Option<(i64, C)>,
    content: C,
    /// The key of the request that makes a new one.
    #[serde(default)]
    request: Option<String>,
}

/// `Copy`, so that every field holds it.
pub struct Work<C: Content> {
    pub content: RwSignal<C>,
    pub errors: RwSignal<FieldErrors>,
    /// The version and the content that it began from; something new has no version.
    pub base: StoredValue<(Option<i64>, C)>,
    /// One for as long as something new is filled in, so that it is made once.
    pub request: StoredValue<Option<String>>,
    key: StoredValue<DraftKey>,
}

impl<C: Content> Clone for Work<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C: Content> Copy for Work<C> {}

impl<C: Content> Work<C> {
    /// Begins from the draft that was kept, if there is one that says something.
    pub fn begin(base: (Option<i64>, C), request: Option<String>, key: DraftKey) -> (Self, bool) {
        let kept = key.read().filter(|kept: &Kept<C>| match &kept.base {
            Some((_, base)) => kept.content != *base,
            None => true,
        });
        let restored = kept.is_some();
        let (base, content, request) = match kept {
            Some(Kept { base: Some((version, base)), content, .. }) => ((Some(version), base), content, None),
            Some(Kept { base: None, content, request: kept, .. }) => (base, content, kept.or(request)),
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
    pub fn restart(self, version: Option<i64>, content: C) {
        self.base.set_value((version, content.clone()));
        self.content.set(content);
        self.errors.set(FieldErrors::default());
    }

    /// The parts that are not as they were when the work began.
    pub fn changed_parts(self) -> BTreeSet<C::Part> {
        let changed =
            |content: &C, base: &C| C::Part::ALL.iter().copied().filter(|part| part.differs(content, base)).collect();
        self.content.with_untracked(|content| self.base.with_value(|(_, base)| changed(content, base)))
    }

    pub fn text(self, part: C::Part) -> Signal<String> {
        Signal::derive(move || self.content.with(|content| part.text(content)))
    }

    pub fn set(self, part: C::Part, text: String) {
        self.content.update(|content| part.set(content, text));
    }

    /// What is wrong with a part, in words.
    pub fn error(self, part: C::Part) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.content.with(|content| self.errors.with(|errors| content.wrong(part, errors, lang())))
        })
    }

    /// What is wrong at a path that is no part of its own, such as one row of a list.
    pub fn error_at(self, path: impl Fn() -> String + Send + Sync + 'static) -> Signal<Option<String>> {
        Signal::derive(move || self.errors.with(|errors| errors.of(&path()).map(|broken| C::sentence(broken, lang()))))
    }

    /// Checks a part when it is left; an empty required one is told only when everything is sent.
    pub fn left(self, part: C::Part) {
        let found = self.content.with_untracked(C::problems);
        self.errors.update(|errors| {
            errors.retain(|path| !is_in(path, part.path()));
            for problem in found {
                if is_in(&problem.field, part.path()) && problem.code != "required" {
                    errors.add(problem);
                }
            }
        });
    }

    /// Checks everything and gives what is to be sent; otherwise the first bad part takes the focus.
    pub fn checked(self) -> Option<C> {
        self.content.update(|content| *content = content.clone().tidied());
        let content = self.content.get_untracked();
        let errors = content.problems();
        let is_good = errors.is_empty();
        self.show(errors);
        is_good.then_some(content)
    }

    /// Puts the server's field errors beside the fields.
    pub fn refused(self, error: &ApiError) {
        if !error.fields().is_empty() {
            let errors = error.fields().iter().cloned().collect();
            self.show(self.content.with_untracked(|content| content.placed(errors)));
        }
    }

    fn show(self, errors: FieldErrors) {
        let first = C::Part::ALL.iter().find_map(|part| errors.first_in(part.path()).map(str::to_owned));
        self.errors.set(errors);
        if let Some(first) = first {
            spawn_local(focus(first));
        }
    }
}

impl<C: Content> Unsaved for Work<C> {
    fn changed(self) -> bool {
        self.content.with(|content| self.base.with_value(|(_, base)| content.clone().tidied() != *base))
    }

    fn keep(self) {
        let (changed, content) = (self.changed(), self.content.get());
        self.key.with_value(|key| {
            if changed {
                let whom = Some(content.name().to_owned()).filter(|name| !name.is_empty());
                let (version, base) = self.base.get_value();
                let base = version.map(|version| (version, base));
                let kept = Kept { whom, base, content, request: self.request.get_value() };
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
