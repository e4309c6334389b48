//! A password: typed blindly unless the person wants to see it, with a word when the keyboard types full-width.

use leptos::prelude::*;

use super::field::{TextField, Typing};
use crate::words::{self, lang};

/// Which password it is, for the browser's own keeper of passwords.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Current,
    New,
}

#[component]
pub fn PasswordField(
    name: &'static str,
    #[prop(into)] label: Signal<String>,
    which: Which,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: Signal<Option<String>>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let seen = RwSignal::new(false);
    let autocomplete = match which {
        Which::Current => "current-password",
        Which::New => "new-password",
    };
    let typing = Typing {
        kind: Some("password"),
        autocomplete: Some(autocomplete),
        enterkeyhint: Some("go"),
        ..Typing::default()
    };
    let hint = Signal::derive(move || {
        if value.with(|text| is_full_width(text)) { Some(words::password::wide(lang()).to_owned()) } else { hint.get() }
    });
    let switch = view! {
        <button
            class="btn"
            type="button"
            data-kind="quiet"
            aria-controls=name
            on:click=move |_| seen.update(|seen| *seen = !*seen)
        >
            {move || if seen.get() { words::password::hide(lang()) } else { words::password::show(lang()) }}
        </button>
    };
    view! {
        <TextField
            name
            label
            value
            on_type=Callback::new(move |text| value.set(text))
            typing
            kind=Signal::derive(move || if seen.get() { "text" } else { "password" })
            hint
            error
            end=Some(switch.into_any())
        />
    }
}

/// Whether something in it is a full-width form of an ASCII character. A password may be in Japanese all the same.
fn is_full_width(text: &str) -> bool {
    text.chars().any(|c| ('\u{ff01}'..='\u{ff5e}').contains(&c) || c == '\u{3000}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyboard_left_in_full_width_is_noticed() {
        assert!(is_full_width("ｃｏｐｐｅｒ maple") && is_full_width("copper　maple"));
        assert!(!is_full_width("copper maple") && !is_full_width("銅の楓 港"));
    }
}
