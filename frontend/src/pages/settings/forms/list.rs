//! The forms of one's stores.

use leptos::prelude::*;
use leptos_router::components::A;
use noren_api::forms::Form;

use super::FormGate;
use crate::api::use_api;
use crate::live::use_live;
use crate::pages::settings::listing::{Listing, Rows};
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::badge::{Badge, Tone};
use crate::ui::icon::Icon;
use crate::words::{self, t};

const LISTING: Listing = Listing {
    title: words::forms::title,
    failed: words::forms::not_loaded,
    empty: words::forms::empty,
    icon: Icon::Globe,
    new: Page::NewForm,
    new_label: words::forms::new,
};

#[component]
pub fn FormsPage() -> impl IntoView {
    view! {
        <main class="page settings-list">
            <FormGate view=|| view! { <FormList /> }.into_any() />
        </main>
    }
}

#[component]
fn FormList() -> impl IntoView {
    let api = use_api();
    let resource = LocalResource::new(move || api.list_forms());
    use_live().on_news(move |news| {
        if news.is_about_forms() {
            resource.refetch();
        }
    });
    view! { <Rows listing=LISTING resource texts row=|form| view! { <Row form /> }.into_any() /> }
}

#[component]
fn Row(form: Form) -> impl IntoView {
    let store = use_masters().store_name(form.content.store_id).to_owned();
    let (tone, state) =
        if form.content.active { (Tone::Ok, t(words::forms::open)) } else { (Tone::Plain, t(words::forms::closed)) };
    let address = form.url.split_once("://").map_or(form.url.as_str(), |(_, rest)| rest).to_owned();
    view! {
        <A href=Page::Form(form.id).href() attr:class="settings-row">
            <span class="line" data-wrap>
                <b class="t-lead">{form.content.name}</b>
                <Badge tone>{state}</Badge>
            </span>
            <span class="t-2">{store}" "{t(words::common::dot)}" "{form.content.title}</span>
            <span class="t-meta t-3 address">{address}</span>
        </A>
    }
}

fn texts(form: &Form) -> Vec<&str> {
    vec![form.content.name.as_str(), form.content.title.as_str(), form.url.as_str()]
}
