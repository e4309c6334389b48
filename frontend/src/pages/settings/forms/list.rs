//! The forms of one's stores.

use leptos::prelude::*;
use leptos_router::components::A;
use noren_api::forms::Form;

use super::entry::Gate;
use crate::api::use_api;
use crate::live::use_live;
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Kind, LinkButton, Size};
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::SkeletonRows;
use crate::words::{self, lang, t};

#[component]
pub fn FormsPage() -> impl IntoView {
    view! {
        <main class="page forms">
            <Gate view=|| view! { <FormList /> }.into_any() />
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
    let body = move |Loaded { value, failure }: Loaded<Vec<Form>>| {
        let old = move || {
            failure.get().map(|failure| {
                view! { <FailureNotice failure=Signal::stored(failure) title=words::forms::not_loaded /> }
            })
        };
        let rows = move || {
            let forms = value.get();
            if forms.is_empty() {
                return view! {
                    <Empty icon=Icon::Globe title=Signal::derive(move || words::forms::empty(lang()).to_owned()) />
                }
                .into_any();
            }
            view! { <ul class="form-rows">{forms.into_iter().map(|form| view! { <Row form /> }).collect_view()}</ul> }
                .into_any()
        };
        view! {
            {old}
            {rows}
        }
        .into_any()
    };
    view! {
        <header class="detail-head">
            <PageHeading title=Signal::derive(move || words::forms::title(lang()).to_owned()) />
        </header>
        <div class="scroll forms-body">
            <Load resource failed=words::forms::not_loaded skeleton=|| view! { <SkeletonRows rows=3 /> } view=body />
        </div>
        <footer class="actions">
            <span class="push"></span>
            <LinkButton href=Page::NewForm.href() kind=Kind::Primary size=Size::Large icon=Icon::Plus>
                {t(words::forms::new)}
            </LinkButton>
        </footer>
    }
}

#[component]
fn Row(form: Form) -> impl IntoView {
    let store = use_masters().store_name(form.content.store_id).to_owned();
    let (tone, state) =
        if form.content.active { (Tone::Ok, t(words::forms::open)) } else { (Tone::Plain, t(words::forms::closed)) };
    let address = form.url.split_once("://").map_or(form.url.as_str(), |(_, rest)| rest).to_owned();
    view! {
        <li>
            <A href=Page::Form(form.id).href() attr:class="form-row">
                <span class="line" data-wrap>
                    <b class="t-lead">{form.content.name}</b>
                    <Badge tone>{state}</Badge>
                </span>
                <span class="t-2">{store}" "{t(words::common::dot)}" "{form.content.title}</span>
                <span class="t-meta t-3 address">{address}</span>
            </A>
        </li>
    }
}
