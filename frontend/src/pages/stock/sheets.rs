//! The choices behind a chip. Every choice takes effect at once.

use chrono::Datelike;
use leptos::prelude::*;
use noren_domain::clock::japan_date;
use noren_domain::vehicle::FuelType;

use super::facet::{Facet, limit};
use super::lines;
use super::query::{StockQuery, toggled};
use super::stock_list::use_stock_list;
use crate::session::use_masters;
use crate::ui::button::{Button, Kind, Size};
use crate::ui::choice::{Choice, Choices, Toggles};
use crate::ui::clock;
use crate::ui::yen::grouped;
use crate::words::{self, lang, t};

const DISTANCES: [u32; 6] = [10_000, 30_000, 50_000, 70_000, 100_000, 150_000];
/// In years before this one.
const YEARS: [i32; 6] = [1, 3, 5, 7, 10, 15];
const MONTHS: [u32; 5] = [3, 6, 12, 18, 24];

#[component]
pub fn FacetSheet(facet: Facet, open: RwSignal<bool>) -> impl IntoView {
    let list = use_stock_list();
    let found = list.part(|seen| seen.found);
    let choices = match facet {
        Facet::Body => view! { <Bodies /> }.into_any(),
        Facet::Maker => view! { <Makers /> }.into_any(),
        Facet::Odometer => view! { <Numbers of=ODOMETER /> }.into_any(),
        Facet::Year => view! { <Numbers of=YEAR /> }.into_any(),
        Facet::Inspection => view! { <Numbers of=INSPECTION /> }.into_any(),
        Facet::Store => view! { <StoreToggles /> }.into_any(),
        Facet::Fuel => view! { <Fuels /> }.into_any(),
        Facet::Words | Facet::Budget | Facet::Unrepaired => ().into_any(),
    };
    let drop = Callback::new(move |()| list.go(list.query.with_untracked(|query| facet.dropped(query))));
    let show = move || found.get().map_or_else(String::new, |found| words::stock::show(lang(), grouped(found)));
    view! {
        <div class="dialog-body">{choices}</div>
        <footer>
            <Button kind=Kind::Quiet on_click=drop>{t(words::stock::clear_one)}</Button>
            <Button kind=Kind::Primary size=Size::Large on_click=Callback::new(move |()| open.set(false))>{show}</Button>
        </footer>
    }
}

fn counted(name: &str, count: u64) -> String {
    words::stock::counted(lang(), grouped(count), name)
}

#[component]
fn Bodies() -> impl IntoView {
    let list = use_stock_list();
    let counts = list.part(|seen| seen.body_types.clone());
    let choices = move || {
        let counts = counts.get().unwrap_or_default();
        let choice = |known: noren_api::vehicles::CountedBodyType| {
            let body = known.body_type;
            Choice::new(body.as_str(), counted(lines::body_type(body)(lang()), known.vehicles))
                .with(lines::body_icon(body))
        };
        counts.into_iter().map(choice).collect::<Vec<_>>()
    };
    view! {
        <Toggles
            name="body_types"
            legend=Signal::derive(move || words::stock::body(lang()).to_owned())
            choices=Signal::derive(choices)
            is_chosen=Callback::new(move |value: String| list.query.with(|query| query.body_types.iter().any(|known| known.as_str() == value)))
            on_toggle=Callback::new(move |value: String| {
                if let Ok(body) = value.parse() {
                    list.change(|query| toggled(&mut query.body_types, body));
                }
            })
        />
    }
}

#[component]
fn Makers() -> impl IntoView {
    let list = use_stock_list();
    let (makers, models) = (list.part(|seen| seen.makers.clone()), list.part(|seen| seen.models.clone()));
    let named = |counts: Option<Vec<noren_api::vehicles::Counted>>, chosen: Option<String>| {
        let counts = counts.unwrap_or_default();
        let missing = chosen.filter(|name| counts.iter().all(|known| known.name != *name));
        let any = Choice::new("", words::stock::any(lang()));
        let named = counts.into_iter().map(|known| Choice::new(&*known.name, counted(&known.name, known.vehicles)));
        let missing = missing.map(|name| Choice::new(&*name, counted(&name, 0)));
        std::iter::once(any).chain(named).chain(missing).collect::<Vec<_>>()
    };
    let maker = Memo::new(move |_| list.query.with(|query| query.maker.clone()));
    let model = Memo::new(move |_| list.query.with(|query| query.model.clone()));
    let written = |name: String| Some(name).filter(|name| !name.is_empty());
    view! {
        <Choices
            name="maker"
            legend=Signal::derive(move || words::stock::maker(lang()).to_owned())
            choices=Signal::derive(move || named(makers.get(), maker.get()))
            chosen=Signal::derive(move || maker.get().unwrap_or_default())
            on_choose=Callback::new(move |name| {
                list.change(|query| (query.maker, query.model) = (written(name), None));
            })
        />
        {move || {
            if maker.with(Option::is_none) {
                return view! { <p class="hint">{t(words::stock::model_after_maker)}</p> }.into_any();
            }
            view! {
                <Choices
                    name="model_name"
                    legend=Signal::derive(move || words::stock::model(lang()).to_owned())
                    choices=Signal::derive(move || named(models.get(), model.get()))
                    chosen=Signal::derive(move || model.get().unwrap_or_default())
                    on_choose=Callback::new(move |name| list.change(|query| query.model = written(name)))
                />
            }
            .into_any()
        }}
    }
}

/// A limit of which there are a few that people name.
#[derive(Clone, Copy)]
struct Limit {
    name: &'static str,
    facet: Facet,
    common: fn() -> Vec<i64>,
    chosen: fn(&StockQuery) -> Option<i64>,
    choose: fn(&mut StockQuery, Option<i64>),
    said: fn(i64) -> String,
}

const ODOMETER: Limit = Limit {
    name: "odometer_to",
    facet: Facet::Odometer,
    common: || DISTANCES.map(i64::from).to_vec(),
    chosen: |query| query.odometer_to.map(i64::from),
    choose: |query, km| query.odometer_to = km.and_then(|km| km.try_into().ok()),
    said: |km| words::stock::odometer_to(lang(), limit(km.try_into().unwrap_or_default(), lang())),
};

const YEAR: Limit = Limit {
    name: "year_from",
    facet: Facet::Year,
    common: || {
        let now = japan_date(clock::now()).year();
        YEARS.map(|before| i64::from(now - before)).to_vec()
    },
    chosen: |query| query.year_from.map(i64::from),
    choose: |query, year| query.year_from = year.and_then(|year| year.try_into().ok()),
    said: |year| words::stock::year_from(lang(), year),
};

const INSPECTION: Limit = Limit {
    name: "inspection_months",
    facet: Facet::Inspection,
    common: || MONTHS.map(i64::from).to_vec(),
    chosen: |query| query.inspection_months.map(i64::from),
    choose: |query, months| query.inspection_months = months.and_then(|months| months.try_into().ok()),
    said: |months| words::stock::months(lang(), months),
};

#[component]
fn Numbers(of: Limit) -> impl IntoView {
    let list = use_stock_list();
    let choices = move || {
        let mut numbers = (of.common)();
        // An address may name another.
        numbers.extend(list.query.with(of.chosen).filter(|chosen| !(of.common)().contains(chosen)));
        let any = Choice::new("", words::stock::any(lang()));
        let said = numbers.into_iter().map(|number| Choice::new(number.to_string(), (of.said)(number)));
        std::iter::once(any).chain(said).collect::<Vec<_>>()
    };
    view! {
        <Choices
            name=of.name
            legend=Signal::derive(move || of.facet.name()(lang()).to_owned())
            choices=Signal::derive(choices)
            chosen=Signal::derive(move || list.query.with(of.chosen).map(|number| number.to_string()).unwrap_or_default())
            on_choose=Callback::new(move |value: String| list.change(|query| (of.choose)(query, value.parse().ok())))
        />
    }
}

#[component]
fn StoreToggles() -> impl IntoView {
    let (list, masters) = (use_stock_list(), use_masters());
    let choices: Vec<_> =
        masters.stores.iter().map(|store| Choice::new(store.id.to_string(), store.name.clone())).collect();
    view! {
        <Toggles
            name="store_ids"
            legend=Signal::derive(move || words::stock::store(lang()).to_owned())
            choices=Signal::stored(choices)
            is_chosen=Callback::new(move |value: String| list.query.with(|query| query.stores.iter().any(|id| id.to_string() == value)))
            on_toggle=Callback::new(move |value: String| {
                if let Ok(store) = value.parse() {
                    list.change(|query| toggled(&mut query.stores, store));
                }
            })
        />
    }
}

#[component]
fn Fuels() -> impl IntoView {
    let list = use_stock_list();
    let choices = move || {
        let named = FuelType::ALL.iter().map(|fuel| Choice::new(fuel.as_str(), lines::fuel(*fuel)(lang())));
        named.collect::<Vec<_>>()
    };
    view! {
        <Toggles
            name="fuel_types"
            legend=Signal::derive(move || words::stock::fuel(lang()).to_owned())
            choices=Signal::derive(choices)
            is_chosen=Callback::new(move |value: String| list.query.with(|query| query.fuel_types.iter().any(|known| known.as_str() == value)))
            on_toggle=Callback::new(move |value: String| {
                if let Ok(fuel) = value.parse() {
                    list.change(|query| toggled(&mut query.fuel_types, fuel));
                }
            })
        />
    }
}
