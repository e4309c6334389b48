//! The list of cars: what it is narrowed to above, the cars below.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use noren_api::vehicles::VehicleRow;
use noren_domain::sync::Freshness;

use super::budget::Budget;
use super::cars::Cars;
use super::chips::Chips;
use super::head::ListHead;
use super::linking::Looking;
use super::stock_list::use_stock_list;
use super::viewed::ViewedCars;
use crate::paging::First;
use crate::session::is_turned;
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::effect::on_change;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::notice::Notice;
use crate::ui::width::width_of;
use crate::words::{self, lang, t};

#[component]
pub fn ListPane(
    /// Whether the list is the page, and not behind a car.
    alone: Memo<bool>,
) -> impl IntoView {
    let list = use_stock_list();
    let (scroller, top) = (NodeRef::<html::Div>::new(), RwSignal::new(0));
    let width = width_of(scroller);
    let scrolled = move |_| {
        if let Some(scroller) = scroller.get_untracked() {
            top.set(scroller.scroll_top());
        }
    };
    // Another list begins at its top.
    on_change(
        move || list.query.track(),
        move || {
            if let Some(scroller) = scroller.get_untracked().filter(|scroller| scroller.scroll_top() > 0) {
                scroller.set_scroll_top(0);
            }
        },
    );
    let retry = Callback::new(move |()| list.refetch());
    let body = move |Loaded { value, failure }: Loaded<First<Arc<VehicleRow>>>| {
        let notice = move || {
            failure.get().map(|failure| {
                view! { <FailureNotice failure=Signal::stored(failure) title=words::stock::not_refreshed retry /> }
            })
        };
        view! {
            {notice}
            <Cars first=value scroller top width />
        }
        .into_any()
    };
    view! {
        <section class="pane stock-list" aria-label=t(words::stock::title) inert=move || !alone.get()>
            <ListHead alone />
            <Looking />
            <div class="scroll stock-body pane-body" node_ref=scroller on:scroll=scrolled aria-busy=move || list.outdated().then_some("true")>
                <Staleness />
                <section class="stock-filters" aria-label=t(words::stock::filters)>
                    <Budget />
                    <Chips />
                </section>
                {(!is_turned()).then(|| view! { <ViewedCars alone /> })}
                <Load
                    resource=list.pager.first
                    failed=words::stock::not_loaded
                    skeleton=|| view! { <CarSkeletons /> }
                    view=body
                />
            </div>
        </section>
    }
}

/// Says so where the whole stock is old; each car says how old it is.
#[component]
fn Staleness() -> impl IntoView {
    let origin = use_stock_list().part(|seen| seen.origin);
    let (ticker, turned) = (use_ticker(), is_turned());
    let said = move || {
        let origin = origin.get().filter(|origin| origin.freshness == Freshness::Old)?;
        let said = match origin.as_of {
            Some(as_of) if turned => words::customer_view::old(lang(), date::age(ticker.get() - as_of, lang())),
            Some(as_of) => words::stock::old(lang(), date::age(ticker.get() - as_of, lang())),
            None => words::stock::never(lang()).to_owned(),
        };
        Some(view! {
            <Notice icon=Icon::Clock>
                <p class="grow">{said}</p>
            </Notice>
        })
    };
    view! { <div role="status" class="stock-old">{said}</div> }
}

#[component]
fn CarSkeletons() -> impl IntoView {
    let card = |_| {
        view! {
            <div class="card car-skeleton">
                <div class="skeleton"></div>
                <div class="skeleton"></div>
                <div class="skeleton"></div>
            </div>
        }
    };
    view! {
        <div class="car-skeletons" role="status">
            <span class="sr">{t(words::common::loading)}</span>
            {(0..6).map(card).collect_view()}
        </div>
    }
}
