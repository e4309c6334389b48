//! A car of the list: the picture and the 支払総額 lead.

use std::sync::Arc;

use leptos::prelude::*;
use noren_api::vehicles::VehicleRow;
use noren_domain::clock::japan_date;

use super::lines::{self, Claim};
use super::linking::{LinkHere, Sought};
use super::shot::{ClaimTag, Shot};
use super::stock_list::use_stock_list;
use super::tray::{CompareToggle, Picked};
use crate::routes::Page;
use crate::session::{is_turned, use_masters};
use crate::ui::clock::use_ticker;
use crate::ui::origin::OriginMark;
use crate::ui::price::Price;
use crate::ui::yen;
use crate::words::{self, lang, t};

#[component]
pub fn CarCard(row: Arc<VehicleRow>, rows: Memo<Vec<Arc<VehicleRow>>>) -> impl IntoView {
    let list = use_stock_list();
    let number = StoredValue::new(row.stock_number.clone());
    let at = {
        let row = Arc::clone(&row);
        Memo::new(move |_| rows.with(|rows| rows.iter().position(|known| Arc::ptr_eq(known, &row))).unwrap_or_default())
    };
    let href = move || number.with_value(|number| list.beside(&Page::vehicle(number)));
    let sold = row.status.is_sold().then_some("");
    view! {
        <li class="card car" data-sold=sold aria-setsize="-1" aria-posinset=move || at.get() + 1>
            <a class="car-link" href=href data-at=move || at.get()>
                <Picture row=Arc::clone(&row) />
                <Words row=Arc::clone(&row) />
            </a>
            <Foot row />
        </li>
    }
}

#[component]
fn Picture(row: Arc<VehicleRow>) -> impl IntoView {
    let (me, now) = (use_masters().me.id, use_ticker().get_untracked());
    let claim = {
        let row = Arc::clone(&row);
        move || Claim::of(row.status, row.hold.as_ref(), me, now, lang()).map(|claim| view! { <ClaimTag claim /> })
    };
    let news = {
        let row = Arc::clone(&row);
        move || {
            lines::news(&row, japan_date(now), lang())
                .map(|news| view! { <span class="badge flag" data-tone="accent">{news}</span> })
        }
    };
    view! {
        <Shot src=row.photo.as_ref().map(|photo| photo.small.clone()) body=row.body_type>
            {claim}
            {news}
        </Shot>
    }
}

#[component]
fn Words(row: Arc<VehicleRow>) -> impl IntoView {
    let facts = {
        let row = Arc::clone(&row);
        move || {
            let lang = lang();
            view! {
                <span>{lines::year(&row, lang)}</span>
                <span>{lines::distance(row.odometer_km, lang)}</span>
                <span>{lines::inspection(row.inspection_expiry, row.inspection_status, lang)}</span>
            }
        }
    };
    let price = row.vehicle_price;
    let under =
        move || price.map(|price| format!("{} {}", words::car::vehicle_price(lang()), yen::brief(price, lang())));
    let repaired = row.repair_history.then(|| view! { <b>{t(words::car::repaired)}</b> });
    view! {
        <span class="car-words">
            <span class="mk t-3 clip">{row.maker.clone()}</span>
            <b class="t-lead clip">{row.model_name.clone()}</b>
            <span class="t-meta t-2 clip">{row.grade.clone()}</span>
            <span class="price-line">
                <small class="t-2">{t(words::car::price)}</small>
                <Price amount=row.advertised_total />
            </span>
            <span class="under t-meta t-2 num">
                <span>{under}</span>
                {repaired}
            </span>
            <span class="car-facts t-meta num">{facts}</span>
        </span>
    }
}

/// How old what is said is, and where the car stands; or the way to link it to whomever one looks for.
#[component]
fn Foot(row: Arc<VehicleRow>) -> impl IntoView {
    let (list, masters) = (use_stock_list(), use_masters());
    let (sought, turned) = (expect_context::<Sought>(), is_turned());
    let origin = list.part(|seen| seen.origin);
    let mark = move || origin.get().filter(|_| !turned).map(|origin| view! { <OriginMark origin /> });
    let picked = Picked::of_row(&row);
    let (id, code) = (row.store_id, row.store_code.clone());
    let store = move || lines::store(&masters, id, &code, lang());
    let looking = Memo::new(move |_| sought.lead.with(Option::is_some));
    let end = move || {
        if looking.get() {
            return view! { <LinkHere number=row.stock_number.clone() name=lines::row_title(&row) /> }.into_any();
        }
        view! { <span class="t-meta t-3 clip push">{store.clone()}</span> }.into_any()
    };
    view! {
        <div class="car-foot">
            {mark}
            {end}
            <CompareToggle car=picked />
        </div>
    }
}
