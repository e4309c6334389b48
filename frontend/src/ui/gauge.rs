//! A measure of a few steps beside its word: a form of its own, so that it is not taken for a badge.

use leptos::prelude::*;

/// How many steps a gauge has.
pub const FULL: u8 = 3;

/// So many steps of [`FULL`]. The word says it to a screen reader.
#[component]
pub fn Gauge(level: u8, children: Children) -> impl IntoView {
    let step = |at: u8| view! { <i data-on=(at < level).then_some("")></i> };
    view! {
        <span class="gauge">
            <span class="steps" aria-hidden="true">{(0..FULL).map(step).collect_view()}</span>
            {children()}
        </span>
    }
}
