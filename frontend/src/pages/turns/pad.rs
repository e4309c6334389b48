//! Six digits, by thumb or by keyboard. The last one sends.

use leptos::ev::keydown;
use leptos::prelude::*;
use noren_domain::pin::LENGTH;

use crate::words::{self, lang, t};

#[component]
pub fn PinPad(name: String, typed: RwSignal<String>, busy: RwSignal<bool>, on_full: Callback<()>) -> impl IntoView {
    let press = move |digit: char| {
        let length = typed.with_untracked(String::len);
        if busy.get_untracked() || length >= LENGTH {
            return;
        }
        typed.update(|typed| typed.push(digit));
        if length + 1 == LENGTH {
            on_full.run(());
        }
    };
    let erase = move || {
        typed.update(|typed| {
            typed.pop();
        });
    };
    let keys = window_event_listener(keydown, move |event| {
        let plain = !(event.ctrl_key() || event.alt_key() || event.meta_key());
        match event.key().as_str() {
            "Backspace" if plain => erase(),
            // A key that is held down is one digit.
            key if plain && !event.repeat() => {
                if let Some(digit) = digit_of(key) {
                    press(digit);
                }
            }
            _ => {}
        }
    });
    on_cleanup(move || keys.remove());
    let key = move |digit: char| {
        view! { <button type="button" class="key" on:click=move |_| press(digit)>{digit.to_string()}</button> }
    };
    let filled = move |at: usize| typed.with(|typed| at < typed.len()).then_some("");
    let shown = name.clone();
    view! {
        <div class="pin-pad" role="group" aria-label=move || words::turns::of(lang(), &name)>
            <h2 class="as-card">{shown}</h2>
            <p class="pin-dots" role="status">
                <span class="sr">{move || words::turns::typed(lang(), typed.with(String::len))}</span>
                {(0..LENGTH).map(|at| view! { <i aria-hidden="true" data-filled=move || filled(at)></i> }).collect_view()}
            </p>
            <div class="keys">
                {('1'..='9').map(key).collect_view()}
                <span></span>
                {key('0')}
                <button type="button" class="key" data-word="" on:click=move |_| erase()>
                    {t(words::turns::erase)}
                </button>
            </div>
        </div>
    }
}

/// A digit of either width: a keyboard may be left in Japanese.
fn digit_of(key: &str) -> Option<char> {
    let mut chars = key.chars();
    match (chars.next(), chars.next()) {
        (Some(digit @ '0'..='9'), None) => Some(digit),
        (Some(wide @ '０'..='９'), None) => char::from_u32(u32::from(wide) - 0xFEE0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_are_typed() {
        assert_eq!(digit_of("7"), Some('7'));
        assert_eq!(digit_of("７"), Some('7'));
        for other in ["a", "F7", "", "Enter", "77"] {
            assert_eq!(digit_of(other), None, "{other}");
        }
    }
}
