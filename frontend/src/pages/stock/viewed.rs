//! 最近見た車: a strip above the stock as it opens.

use leptos::prelude::*;
use noren_domain::code::StockNumber;

use super::facet::Facet;
use super::stock_list::use_stock_list;
use crate::recent::{self, Viewed};
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::icon::{Glyph, Icon, Size};
use crate::words::{self, t};

#[component]
pub fn ViewedCars(alone: Memo<bool>) -> impl IntoView {
    let (list, me) = (use_stock_list(), use_masters().me.id);
    let narrowed = Memo::new(move |_| list.query.with(|query| !Facet::of(query).is_empty()));
    let car = move |viewed: Viewed<StockNumber>| {
        let href = move || list.beside(&Page::vehicle(&viewed.id));
        view! { <li><a class="chip" href=href><span class="clip">{viewed.name}</span></a></li> }
    };
    move || {
        // Read anew whenever somebody comes back from a car.
        let viewed = if alone.get() && !narrowed.get() { recent::of::<StockNumber>(me) } else { Vec::new() };
        (!viewed.is_empty()).then(|| {
            view! {
                <section class="viewed" aria-labelledby="viewed-cars">
                    <h2 id="viewed-cars" class="t-meta t-2"><Glyph icon=Icon::Clock size=Size::Small />{t(words::stock::viewed)}</h2>
                    <ul>{viewed.into_iter().map(car).collect_view()}</ul>
                </section>
            }
        })
    }
}
