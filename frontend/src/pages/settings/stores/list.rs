//! The stores of the dealer.

use leptos::prelude::*;
use leptos_router::components::A;
use noren_api::stores::Store;

use super::StoreGate;
use crate::api::use_api;
use crate::pages::settings::listing::{Listing, Rows};
use crate::routes::Page;
use crate::ui::badge::{Badge, Tone};
use crate::ui::icon::Icon;
use crate::words::{self, lang, t};

const LISTING: Listing = Listing {
    title: words::stores::title,
    failed: words::stores::not_loaded,
    empty: words::stores::empty,
    icon: Icon::Store,
    new: Page::NewStore,
    new_label: words::stores::new,
};

#[component]
pub fn StoresPage() -> impl IntoView {
    view! {
        <main class="page settings-list">
            <StoreGate view=|| view! { <StoreList /> }.into_any() />
        </main>
    }
}

#[component]
fn StoreList() -> impl IntoView {
    let api = use_api();
    let resource = LocalResource::new(move || api.list_stores());
    view! { <Rows listing=LISTING resource texts row=|store| view! { <Row store /> }.into_any() /> }
}

#[component]
fn Row(store: Store) -> impl IntoView {
    let Store { id, code, name, closed } = store;
    let mark = closed.then(|| view! { <Badge tone=Tone::Line>{t(words::store::is_closed)}</Badge> });
    view! {
        <A href=Page::Store(id).href() attr:class="settings-row" attr:data-state=closed.then_some("closed")>
            <b class="t-lead">{name} {mark}</b>
            <span class="t-2">{move || words::store::coded(lang(), &code)}</span>
        </A>
    }
}

fn texts(store: &Store) -> Vec<&str> {
    vec![store.name.as_str(), store.code.as_str()]
}
