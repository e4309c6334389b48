//! Leaving a changed form asks first, by a link or by closing the tab. The browser's own back button does not ask: the draft
//! is kept and offered again.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::words::{self, lang_untracked};

/// A link with this takes along what was typed.
pub const CARRIES: &str = "data-carries";

/// Asks before a link or the browser leaves the page while there is something to lose. When a person leaves by a link
/// all the same, `on_give_up` runs.
pub fn guard_leaving(unsaved: Signal<bool>, on_give_up: impl Fn() + 'static) {
    // The browser shows its own words here.
    let unload = window_event_listener(ev::beforeunload, move |event| {
        if unsaved.get_untracked() {
            event.prevent_default();
        }
    });
    let clicked = move |event: web_sys::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
        let leads_away = link.is_some_and(|link| {
            let href = link.get_attribute("href").unwrap_or_default();
            let stays = link.has_attribute("target") || link.has_attribute(CARRIES);
            href.starts_with('/') && !stays
        });
        if !leads_away || !unsaved.get_untracked() {
            return;
        }
        let agreed = window().confirm_with_message(words::form::leave(lang_untracked())).unwrap_or(true);
        if agreed {
            on_give_up();
        } else {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    // In the capture phase, so that the router does not see the click before the person has answered.
    let closure = wasm_bindgen::closure::Closure::<dyn Fn(web_sys::MouseEvent)>::new(clicked);
    let function: &web_sys::js_sys::Function = closure.as_ref().unchecked_ref();
    let _ = document().add_event_listener_with_callback_and_bool("click", function, true);
    let closure = StoredValue::new_local(Some(closure));
    on_cleanup(move || {
        unload.remove();
        closure.update_value(|closure| {
            if let Some(closure) = closure.take() {
                let function: &web_sys::js_sys::Function = closure.as_ref().unchecked_ref();
                let _ = document().remove_event_listener_with_callback_and_bool("click", function, true);
            }
        });
    });
}
