//! A field to search in what stands below it.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::words::{Lang, t};

#[component]
pub fn SearchField(
    name: &'static str,
    label: fn(Lang) -> &'static str,
    /// What may be typed.
    hint: fn(Lang) -> &'static str,
    typed: RwSignal<String>,
    /// With each change, after `typed` has it.
    #[prop(optional)]
    on_type: Option<Callback<String>>,
) -> impl IntoView {
    let change = move |text: String| {
        typed.set(text.clone());
        if let Some(on_type) = on_type {
            on_type.run(text);
        }
    };
    view! {
        <label class="search">
            <span class="sr">{t(label)}</span>
            <Glyph icon=Icon::Search />
            <input
                class="input"
                type="search"
                name=name
                maxlength="100"
                autocomplete="off"
                enterkeyhint="search"
                placeholder=t(hint)
                prop:value=typed
                on:input:target=move |ev| change(ev.target().value())
            />
        </label>
    }
}
