//! Two versions of one thing, side by side, of which a person chooses one.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::words::{self, lang};

/// One part with its two versions, side by side.
#[component]
pub fn Versions(
    /// Unique on the page.
    path: &'static str,
    #[prop(into)] legend: Signal<String>,
    #[prop(into)] mine: Signal<String>,
    #[prop(into)] theirs: Signal<String>,
    /// Whose the other version is.
    name: Signal<String>,
    #[prop(into)] is_theirs: Signal<bool>,
    /// Whether theirs was chosen.
    on_choose: Callback<bool>,
) -> impl IntoView {
    let mine_label = Signal::derive(move || words::conflict::mine(lang()).to_owned());
    let their_label = Signal::derive(move || words::conflict::theirs(lang(), name.get()));
    let is_mine = Signal::derive(move || !is_theirs.get());
    view! {
        <li>
            <fieldset class="card difference">
                <legend class="label">{legend}</legend>
                <Version path label=mine_label text=mine chosen=is_mine on_choose=Callback::new(move |()| on_choose.run(false)) />
                <Version path label=their_label text=theirs chosen=is_theirs on_choose=Callback::new(move |()| on_choose.run(true)) />
            </fieldset>
        </li>
    }
}

#[component]
fn Version(
    path: &'static str,
    label: Signal<String>,
    text: Signal<String>,
    chosen: Signal<bool>,
    on_choose: Callback<()>,
) -> impl IntoView {
    view! {
        <label class="version">
            <input
                type="radio"
                name=format!("conflict-{path}")
                prop:checked=chosen
                on:change=move |_| on_choose.run(())
            />
            <span class="t-meta t-2">{label}</span>
            <b>{text}</b>
            <Glyph icon=Icon::Check />
        </label>
    }
}
