//! A form of a few fields, such as the one for a new password: what is wrong stands at its field, and the first takes the focus.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::ApiError;
use crate::editor::focus;
use crate::errors::FieldErrors;
use crate::messages;
use crate::ui::failure::FailureNotice;
use crate::words::{Lang, lang};

/// The server's name of a field, and its id on the page, where another form may have one of the same name.
pub type Field = (&'static str, &'static str);

/// `Copy`, for the callbacks of the form.
#[derive(Clone, Copy)]
pub struct SmallForm {
    /// In the order in which they stand.
    fields: &'static [Field],
    errors: RwSignal<FieldErrors>,
}

impl SmallForm {
    pub fn of(fields: &'static [Field]) -> Self {
        Self { fields, errors: RwSignal::new(FieldErrors::default()) }
    }

    /// Shows what is wrong, and says whether nothing is.
    pub fn show(self, broken: FieldErrors) -> bool {
        let order: Vec<&str> = self.fields.iter().map(|(name, _)| *name).collect();
        let first = broken.first(&order).and_then(|name| self.fields.iter().find(|(known, _)| *known == name));
        if let Some((_, id)) = first {
            spawn_local(focus((*id).to_owned()));
        }
        let sound = broken.is_empty();
        self.errors.set(broken);
        sound
    }

    /// Shows what the server found wrong.
    pub fn refused(self, error: &ApiError) {
        self.show(error.fields().iter().cloned().collect());
    }

    /// What is wrong with a field, in words.
    pub fn error_of(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.errors.with(|errors| errors.of(field).map(|broken| messages::field(broken, lang())))
        })
    }
}

/// Why the form was not taken, unless it stands at a field: nothing is said twice.
pub fn failure<I: 'static, O: Clone + Send + Sync + 'static>(
    send: Action<I, Result<O, ApiError>>,
    title: fn(Lang) -> &'static str,
) -> impl Fn() -> Option<AnyView> + Send {
    move || {
        let error: ApiError = send.value().get().and_then(Result::err).filter(|_| !send.pending().get())?;
        error
            .fields()
            .is_empty()
            .then(|| view! { <FailureNotice failure=Signal::stored(error.into()) title /> }.into_any())
    }
}
