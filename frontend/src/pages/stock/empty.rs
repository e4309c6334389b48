//! No car: why, and which single filter brings how many when it is dropped.

use futures_util::future::join_all;
use leptos::prelude::*;
use noren_api::vehicles::StockPart;

use super::chips::said;
use super::facet::{Facet, widened};
use super::query::StockQuery;
use super::stock_list::use_stock_list;
use crate::api::{Api, use_api};
use crate::ui::button::{Button, Kind};
use crate::ui::empty::Empty;
use crate::ui::icon::Icon;
use crate::ui::yen::grouped;
use crate::words::{self, lang, t};

#[component]
pub fn NoCars() -> impl IntoView {
    let list = use_stock_list();
    let facets = Memo::new(move |_| list.query.with(Facet::of));
    move || {
        if facets.with(Vec::is_empty) {
            let sold = list.query.with(|query| query.part == StockPart::Sold);
            let why = if sold { words::stock::empty_sold } else { words::stock::empty_all };
            return view! { <Empty icon=Icon::Car title=Signal::derive(move || why(lang()).to_owned()) /> }.into_any();
        }
        view! { <Dropping facets=facets.get() /> }.into_any()
    }
}

#[component]
fn Dropping(facets: Vec<Facet>) -> impl IntoView {
    let (list, api) = (use_stock_list(), use_api());
    let brings = {
        let facets = facets.clone();
        LocalResource::new(move || found_without(api, list.query.get(), facets.clone()))
    };
    let offer = move |facet: Facet| {
        let count = move || brings.get().and_then(|brings| brings.into_iter().find(|(of, _)| *of == facet)?.1);
        let drop = Callback::new(move |()| list.go(list.query.with_untracked(|query| facet.dropped(query))));
        let words = move || {
            let what = said(facet).unwrap_or_default();
            match count() {
                Some(count) => words::stock::without(lang(), grouped(count), what),
                None => words::stock::drop(lang(), what),
            }
        };
        let kind = Kind::Secondary;
        view! { <li data-none=move || (count() == Some(0)).then_some("")><Button kind on_click=drop>{words}</Button></li> }
    };
    let some =
        move || brings.get().is_some_and(|brings| brings.iter().any(|(_, count)| count.is_some_and(|count| count > 0)));
    let hint = move || some().then(|| view! { <p class="t-meta">{t(words::stock::empty_hint)}</p> });
    let clear = Callback::new(move |()| list.go(widened(&list.query.get_untracked())));
    view! {
        <Empty icon=Icon::Search title=Signal::derive(move || words::stock::empty(lang()).to_owned())>
            {hint}
            <ul class="droppings">{facets.into_iter().map(offer).collect_view()}</ul>
            <Button kind=Kind::Quiet on_click=clear>{t(words::stock::clear)}</Button>
        </Empty>
    }
}

/// What each of the facets keeps away; nothing is known where the server does not say.
async fn found_without(api: Api, query: StockQuery, facets: Vec<Facet>) -> Vec<(Facet, Option<u64>)> {
    let ask = |facet: Facet| {
        let filter = StockQuery { sort: Default::default(), ..facet.dropped(&query) }.filter();
        async move { (facet, api.overview_vehicles(filter).await.ok().map(|seen| seen.found)) }
    };
    join_all(facets.into_iter().map(ask)).await
}
