//! 二段階認証: what is asked after the password, and how it is set up.

mod app;
mod card;
mod codes;
mod enrol;
mod entry;
mod step;

pub use card::SecondFactorCard;
pub use enrol::EnrolPage;
pub use entry::PasskeyEntry;
pub use step::SecondStep;

use leptos::prelude::*;

use crate::ui::field::{TextField, Typing};
use crate::words::{self, lang};

const DIGITS: Typing = Typing {
    kind: Some("text"),
    inputmode: Some("numeric"),
    autocomplete: Some("one-time-code"),
    enterkeyhint: Some("go"),
    placeholder: None,
};

/// The six digits that the app shows.
#[component]
pub fn CodeField(
    name: &'static str,
    value: RwSignal<String>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <TextField
            name
            label=Signal::derive(move || words::factor::code(lang()).to_owned())
            value
            on_type=Callback::new(move |text| value.set(text))
            typing=DIGITS
            hint=Signal::derive(move || Some(words::factor::code_hint(lang()).to_owned()))
            error
        />
    }
}
