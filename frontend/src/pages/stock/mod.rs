//! 在庫: the list of cars, and over it one of them.

mod budget;
mod card;
mod cars;
mod chips;
mod compare;
mod empty;
mod facet;
mod head;
pub mod lines;
pub mod linking;
mod list;
pub mod query;
mod saved;
mod scale;
mod sheets;
pub mod shot;
mod stock_list;
mod tiles;
mod tray;
mod vehicle;
mod viewed;
mod wish;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::hooks::use_params_map;
use noren_domain::code::StockNumber;

use self::compare::ComparePane;
use self::linking::Sought;
use self::list::ListPane;
use self::stock_list::StockList;
use self::tray::{Tray, TrayBar};
use self::vehicle::VehiclePane;
use super::not_found::NothingHere;
use crate::session::use_masters;
use crate::ui::later::{Draw, Later};

/// In the place of a 在庫番号.
const COMPARED: &str = "compare";

/// What the address names beside the list.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Named {
    Nothing,
    Car(StockNumber),
    /// Several, side by side.
    Compared,
    /// What is no 在庫番号.
    Nonsense,
}

/// The list stays alive behind a car, so that going back finds it where it was; it is made when it is first seen.
#[component]
pub fn Stock() -> impl IntoView {
    let params = use_params_map();
    let named = Memo::new(move |_| {
        params.with(|params| match params.get("number").filter(|number| !number.is_empty()) {
            None => Named::Nothing,
            Some(word) if word == COMPARED => Named::Compared,
            Some(number) => number.parse().map_or(Named::Nonsense, Named::Car),
        })
    });
    let alone = Memo::new(move |_| named.with(|named| *named == Named::Nothing));
    let seen = Memo::new(move |before: Option<&bool>| before.copied().unwrap_or_default() || alone.get());
    provide_context(StockList::new());
    provide_context(Sought::new());
    provide_context(Tray::kept(use_masters().me.id));
    let trays = Memo::new(move |_| named.with(|named| *named != Named::Compared));
    view! {
        <main class="page stock" data-shows=move || if alone.get() { "list" } else { "car" }>
            {move || seen.get().then(|| view! { <ListPane alone /> })}
            {move || match named.get() {
                Named::Nothing => ().into_any(),
                Named::Car(number) => {
                    provide_context(Chosen(number));
                    view! { <Car /> }.into_any()
                }
                Named::Compared => view! { <Compare /> }.into_any(),
                Named::Nonsense => view! { <NothingHere /> }.into_any(),
            }}
            {move || trays.get().then(|| view! { <TrayBar /> })}
        </main>
    }
}

/// The car that the address names, in the context of its page.
#[derive(Clone)]
struct Chosen(StockNumber);

#[component]
fn Car() -> impl IntoView {
    #[wasm_split(vehicle, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn vehicle() -> Result<Draw, SplitLoaderError> {
        Ok(|| VehiclePane().into_any())
    }
    view! { <Later code=|| Box::pin(vehicle()) /> }
}

#[component]
fn Compare() -> impl IntoView {
    #[wasm_split(compare, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn compare() -> Result<Draw, SplitLoaderError> {
        Ok(|| ComparePane().into_any())
    }
    view! { <Later code=|| Box::pin(compare()) /> }
}
