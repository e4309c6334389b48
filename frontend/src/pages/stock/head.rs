//! The head of the list: how many there are, the search, the order, and grid or rows.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::vehicles::VehicleSort;

use super::linking::Sought;
use super::query::SORTS;
use super::stock_list::use_stock_list;
use super::tiles::Look;
use crate::pages::customer_view::TurnButton;
use crate::session::is_turned;
use crate::ui::button::IconButton;
use crate::ui::effect::effect;
use crate::ui::heading::PageHeading;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::search::SearchField;
use crate::ui::yen::grouped;
use crate::words::{self, lang, t};

/// How long a person may pause between two letters before the list is asked for, in milliseconds.
const PAUSE: u32 = 250;

#[component]
pub fn ListHead(alone: Memo<bool>) -> impl IntoView {
    let sought = expect_context::<Sought>();
    view! {
        <header class="stock-head">
            <div class="stock-name">
                <Heading alone />
                <Found />
            </div>
            <Search />
            <Order />
            <LookButton />
            <TurnButton lead=sought.lead />
        </header>
    }
}

/// The heading is the page's `h1` where the list is the page.
#[component]
fn Heading(alone: Memo<bool>) -> impl IntoView {
    let name = if is_turned() { words::customer_view::stock } else { words::stock::title };
    let title = Signal::derive(move || name(lang()).to_owned());
    move || {
        if alone.get() {
            view! { <PageHeading title /> }.into_any()
        } else {
            view! { <h2 class="as-title">{title}</h2> }.into_any()
        }
    }
}

/// How many are found, of how many.
#[component]
fn Found() -> impl IntoView {
    let counts = use_stock_list().part(|seen| (seen.found, seen.all));
    let said = move || {
        counts.get().map(|(found, all)| {
            let (found_text, all_text) = (grouped(found), grouped(all));
            if found == all {
                words::stock::found(lang(), found_text)
            } else {
                words::stock::found_of(lang(), all_text, found_text)
            }
        })
    };
    view! { <p class="stock-count num t-2" role="status">{said}</p> }
}

#[component]
fn Search() -> impl IntoView {
    let list = use_stock_list();
    let typed = RwSignal::new(String::new());
    // Words may be dropped elsewhere.
    effect(move || {
        let words = list.query.with(|query| query.words.clone());
        if typed.with_untracked(|typed| typed.trim() != words.trim()) {
            typed.set(words);
        }
    });
    let strokes = StoredValue::new(0_u32);
    let search = Callback::new(move |_: String| {
        strokes.update_value(|strokes| *strokes += 1);
        let stroke = strokes.get_value();
        spawn_local(async move {
            TimeoutFuture::new(PAUSE).await;
            if strokes.try_get_value() == Some(stroke) {
                list.change(|query| query.words = typed.get_untracked().trim().to_owned());
            }
        });
    });
    view! { <SearchField name="stock_words" label=words::stock::search hint=words::stock::search_hint typed on_type=search /> }
}

/// The device's own list of orders, under a button that says which it is where there is room.
#[component]
fn Order() -> impl IntoView {
    let list = use_stock_list();
    let name = |value: &str| match value {
        "oldest" => words::stock::sort_oldest(lang()),
        "cheapest" => words::stock::sort_cheapest(lang()),
        "dearest" => words::stock::sort_dearest(lang()),
        "mileage" => words::stock::sort_mileage(lang()),
        "year" => words::stock::sort_year(lang()),
        _ => words::stock::sort_newest(lang()),
    };
    // How long a car stands there is no customer's to see: the server puts the cheapest first instead.
    let turned = is_turned();
    let is_told = move |sort| !(turned && matches!(sort, VehicleSort::Newest | VehicleSort::Oldest));
    let chosen = Memo::new(move |_| {
        let sort = list.query.with(|query| query.sort);
        let sort = if is_told(sort) { sort } else { VehicleSort::Cheapest };
        SORTS.iter().find(|(known, _)| *known == sort).map_or("newest", |(_, value)| *value)
    });
    let choose = move |value: String| {
        let sort = SORTS.iter().find(|(_, known)| *known == value).map(|(sort, _)| *sort).unwrap_or_default();
        list.change(|query| query.sort = sort);
    };
    let option = move |(_, value): (_, &'static str)| {
        view! { <option value=value selected=move || chosen.get() == value>{move || name(value)}</option> }
    };
    view! {
        <div class="btn order" data-kind="secondary">
            <Glyph icon=Icon::Sort />
            <span class="label-text" aria-hidden="true">{move || name(chosen.get())}</span>
            <select
                aria-label=t(words::stock::sort)
                prop:value=chosen
                on:change:target=move |ev| choose(ev.target().value())
            >
                {SORTS.into_iter().filter(|(sort, _)| is_told(*sort)).map(option).collect_view()}
            </select>
        </div>
    }
}

#[component]
fn LookButton() -> impl IntoView {
    let list = use_stock_list();
    move || {
        let (label, icon): (fn(_) -> _, _) = match list.look.get() {
            Look::Grid => (words::stock::as_list, Icon::Rows),
            Look::Rows => (words::stock::as_grid, Icon::Grid),
        };
        view! {
            <IconButton label=Signal::derive(move || label(lang())) icon on_click=Callback::new(move |()| list.turn()) />
        }
    }
}
