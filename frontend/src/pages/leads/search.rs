//! さがす: one field, and the list follows while a person types.

use gloo_timers::future::TimeoutFuture;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::list::use_lead_list;
use super::query::ListQuery;
use crate::ui::effect::effect;
use crate::ui::icon::{Glyph, Icon};
use crate::words::{self, t};

/// How long a person may pause between two letters before the search begins, in milliseconds.
const PAUSE: u32 = 200;

#[component]
pub fn SearchBox() -> impl IntoView {
    let list = use_lead_list();
    let input = NodeRef::<html::Input>::new();
    let strokes = StoredValue::new(0_u32);
    let search = move |typed: String| {
        strokes.update_value(|strokes| *strokes += 1);
        let stroke = strokes.get_value();
        spawn_local(async move {
            TimeoutFuture::new(PAUSE).await;
            if strokes.try_get_value() == Some(stroke) {
                list.go(ListQuery { words: typed, ..list.query.get_untracked() });
            }
        });
    };
    // The address may change by itself (back, 条件をすべて外す); what is being typed is left alone.
    effect(move || {
        let words = list.query.with(|query| query.words.clone());
        let Some(input) = input.get() else { return };
        let typing = document().active_element().is_some_and(|active| active.is_same_node(Some(&input)));
        if !typing {
            input.set_value(&words);
        }
    });
    view! {
        <div role="search">
        <label class="search">
            <span class="sr">{t(words::list::search)}</span>
            <Glyph icon=Icon::Search />
            <input
                node_ref=input
                class="input"
                type="search"
                name="q"
                maxlength="100"
                autocomplete="off"
                enterkeyhint="search"
                placeholder=t(words::list::search_hint)
                on:input:target=move |ev| search(ev.target().value())
            />
        </label>
        </div>
    }
}
