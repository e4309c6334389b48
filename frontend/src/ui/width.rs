//! How wide an element is, for what is laid out by a number.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::ResizeObserver;

/// Follows the width of an element, in CSS pixels without its scroll bar; zero before it is there.
pub fn width_of(element: NodeRef<html::Div>) -> ReadSignal<i32> {
    let (width, set_width) = signal(0);
    element.on_load(move |element| {
        let measured = element.clone();
        let measure = Closure::<dyn Fn()>::new(move || {
            let now = measured.client_width();
            if width.try_get_untracked().is_some_and(|known| known != now) {
                set_width.set(now);
            }
        });
        // It measures at once, and whenever the size changes.
        let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) else { return };
        observer.observe(&element);
        let kept = StoredValue::new_local(Some((observer, measure)));
        on_cleanup(move || {
            if let Some(Some((observer, _measure))) = kept.try_update_value(Option::take) {
                observer.disconnect();
            }
        });
    });
    width
}
