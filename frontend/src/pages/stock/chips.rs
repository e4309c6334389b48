//! What else the list can be narrowed by: a chip per side, which opens its choices and says what is chosen.

use leptos::prelude::*;
use noren_api::vehicles::StockPart;

use super::facet::{Facet, widened};
use super::saved::SavedFilters;
use super::sheets::FacetSheet;
use super::stock_list::use_stock_list;
use crate::holds::use_my_holds;
use crate::routes::Page;
use crate::session::{is_turned, use_masters};
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, Kind};
use crate::ui::dialog::Dialog;
use crate::ui::icon::{Glyph, Icon, Size};
use crate::words::{self, lang, t};

/// Those that have a chip. Words have the search, the budget its scale; 修復歴 is yes or no.
const WITH_CHOICES: [Facet; 7] =
    [Facet::Body, Facet::Maker, Facet::Odometer, Facet::Year, Facet::Inspection, Facet::Store, Facet::Fuel];

/// What a facet says, with the names of stores.
pub fn said(facet: Facet) -> Option<String> {
    let masters = use_masters();
    use_stock_list().query.with(|query| facet.said(query, |store| masters.store_name(store).to_owned(), lang()))
}

#[component]
pub fn Chips() -> impl IntoView {
    let list = use_stock_list();
    let (open, which) = (RwSignal::new(false), RwSignal::new(Facet::Body));
    let choose = Callback::new(move |facet| {
        which.set(facet);
        open.set(true);
    });
    // What is sold, kept and held is for the house alone.
    let ours = !is_turned();
    let has_stores = !use_masters().stores.is_empty();
    let facets = WITH_CHOICES.into_iter().filter(|facet| *facet != Facet::Store || has_stores);
    let narrowed = Memo::new(move |_| list.query.with(|query| !Facet::of(query).is_empty()));
    let clear = Callback::new(move |()| list.go(widened(&list.query.get_untracked())));
    view! {
        <div class="stock-chips">
            {ours.then(|| view! { <MyHolds first=true /> })}
            {facets.map(|facet| view! { <FacetChip facet choose /> }).collect_view()}
            <Unrepaired />
            {ours.then(|| view! {
                <Sold />
                <SavedFilters />
                <MyHolds first=false />
            })}
            {move || {
                narrowed.get().then(|| view! { <Button kind=Kind::Quiet on_click=clear>{t(words::stock::clear)}</Button> })
            }}
        </div>
        <Dialog open title=Signal::derive(move || which.get().name()(lang()).to_owned())>
            <FacetSheet facet=which.get() open />
        </Dialog>
    }
}

/// 自分の仮押さえ at one end of the row: at the first for whoever has some, who finds them at once then, also where the row is too long for
/// the screen.
#[component]
fn MyHolds(first: bool) -> impl IntoView {
    let holds = use_my_holds();
    let here = Memo::new(move |_| (holds.open() > 0 || holds.unseen() > 0) == first);
    move || here.get().then(|| view! { <MyHoldsChip /> })
}

#[component]
fn FacetChip(facet: Facet, choose: Callback<Facet>) -> impl IntoView {
    let list = use_stock_list();
    let chosen = Memo::new(move |_| said(facet));
    let words = move || match chosen.get() {
        Some(said) => view! {
            <span class="sr">{t(facet.name())}" "</span>
            <span class="clip">{said}</span>
        }
        .into_any(),
        None => view! { <span>{t(facet.name())}</span> }.into_any(),
    };
    let drop = move |_| list.go(list.query.with_untracked(|query| facet.dropped(query)));
    let dropper = move || {
        chosen.get().map(|said| {
            view! {
                <button class="chip-drop" type="button" aria-label=words::stock::drop(lang(), said) on:click=drop>
                    <Glyph icon=Icon::Close size=Size::Small />
                </button>
            }
        })
    };
    let is_chosen = move || chosen.with(Option::is_some).then_some("");
    view! {
        <div class="facet" data-chosen=is_chosen>
            <button class="chip" type="button" aria-haspopup="dialog" data-chosen=is_chosen on:click=move |_| choose.run(facet)>
                {words}
                {move || chosen.with(Option::is_none).then(|| view! { <Glyph icon=Icon::Down size=Size::Small /> })}
            </button>
            {dropper}
        </div>
    }
}

/// 自分の仮押さえ, with how many are open.
#[component]
fn MyHoldsChip() -> impl IntoView {
    let holds = use_my_holds();
    let count = move || {
        let open = holds.open();
        (open > 0).then(|| view! { <span class="num">{open}</span> })
    };
    let unseen = move || {
        let ended = holds.unseen();
        (ended > 0).then(|| view! { <Badge tone=Tone::Warn>{words::my_holds::unseen_count(lang(), ended)}</Badge> })
    };
    view! {
        <a class="chip" href=Page::Holds.href()>
            <Glyph icon=Icon::Hold size=Size::Small />
            <span>{t(words::my_holds::title)}</span>
            {count}
            {unseen}
        </a>
    }
}

#[component]
fn Unrepaired() -> impl IntoView {
    let list = use_stock_list();
    view! {
        <label class="chip">
            <input
                type="checkbox"
                prop:checked=move || list.query.with(|query| query.unrepaired)
                on:change=move |_| list.change(|query| query.unrepaired = !query.unrepaired)
            />
            <span>{t(words::stock::unrepaired)}</span>
        </label>
    }
}

/// The other part of the stock, instead of what is for sale.
#[component]
fn Sold() -> impl IntoView {
    let list = use_stock_list();
    let sold = move || list.query.with(|query| query.part == StockPart::Sold);
    let turn = move |_| {
        list.change(|query| {
            query.part = if query.part == StockPart::Sold { StockPart::ForSale } else { StockPart::Sold };
        });
    };
    view! {
        <label class="chip">
            <input type="checkbox" role="switch" prop:checked=sold on:change=turn />
            <span>{t(words::stock::sold)}</span>
        </label>
    }
}
