//! Everybody who works for the dealer, found as one types.

use leptos::prelude::*;
use leptos_router::components::A;
use noren_api::staff::StaffMember;
use noren_domain::staff::StaffStatus;

use super::StaffGate;
use super::filters::{Filters, Looking, status_name};
use super::wanted::Wanted;
use crate::api::{ApiError, use_api};
use crate::pages::settings::listing::ListHead;
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, Kind, LinkButton, Size};
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::SkeletonRows;
use crate::words::{self, lang, role_name, t};

#[component]
pub fn StaffPage() -> impl IntoView {
    view! {
        <main class="page staff">
            <StaffGate view=|| view! { <StaffList /> }.into_any() />
        </main>
    }
}

#[component]
fn StaffList() -> impl IntoView {
    let (api, looking) = (use_api(), Looking::new());
    let typed = RwSignal::new(looking.wanted.with_untracked(|wanted| wanted.words.clone()));
    let resource = LocalResource::new(move || {
        let wanted = looking.wanted.get();
        async move {
            let found = api.find_staff(&wanted.query()).await?;
            Ok::<_, ApiError>(found.into_iter().filter(|person| wanted.shows(person)).collect::<Vec<_>>())
        }
    });
    let clear = Callback::new(move |()| {
        typed.set(String::new());
        looking.go.run(Wanted::default());
    });
    let body = move |Loaded { value, failure }: Loaded<Vec<StaffMember>>| {
        let retry = Callback::new(move |()| resource.refetch());
        let old = move || {
            failure.get().map(|failure| {
                view! { <FailureNotice failure=Signal::stored(failure) title=words::staff::not_refreshed retry /> }
            })
        };
        view! {
            {old}
            <People people=value looking clear />
        }
        .into_any()
    };
    view! {
        <ListHead title=words::staff::title />
        <Filters looking typed />
        <div class="scroll settings-body">
            <Load resource failed=words::staff::not_loaded skeleton=|| view! { <SkeletonRows rows=6 /> } view=body />
        </div>
        <footer class="actions">
            <span class="push"></span>
            <LinkButton href=Page::NewStaff.href() kind=Kind::Primary size=Size::Large icon=Icon::Plus>
                {t(words::staff::new)}
            </LinkButton>
        </footer>
    }
}

#[component]
fn People(people: Signal<Vec<StaffMember>>, looking: Looking, clear: Callback<()>) -> impl IntoView {
    move || {
        let people = people.get();
        if people.is_empty() {
            let narrows = looking.wanted.with(Wanted::narrows);
            return view! {
                <Empty icon=Icon::Users title=Signal::derive(move || words::staff::nothing(lang()).to_owned())>
                    {narrows.then(|| view! { <Button on_click=clear>{t(words::list::clear)}</Button> })}
                </Empty>
            }
            .into_any();
        }
        let count = people.len();
        view! {
            <p class="t-meta t-2" role="status">{move || words::staff::total(lang(), count)}</p>
            <ul class="settings-rows">{people.into_iter().map(|person| view! { <Row person /> }).collect_view()}</ul>
        }
        .into_any()
    }
}

#[component]
fn Row(person: StaffMember) -> impl IntoView {
    let masters = use_masters();
    let StaffMember { id, code, name, kana, role, status, store_ids } = person;
    let me = masters.me.id;
    let stores = move || masters.store_names(&store_ids, lang());
    let mine = (id == me).then(|| view! { <Badge tone=Tone::Accent>{t(words::staff::you)}</Badge> });
    view! {
        <li>
            <A
                href=Page::Person(id).href()
                attr:class="settings-row person"
                attr:data-away=(status != StaffStatus::Active).then_some("")
            >
                <span class="line" data-wrap>
                    <b class="t-lead">{name}</b>
                    <span class="t-meta t-2">{kana}</span>
                    {mine}
                    <StatusBadge status />
                </span>
                <span class="t-2">{t(role_name(role))}" "{t(words::common::dot)}" "{stores}</span>
                <span class="t-meta t-3 num">{code}</span>
            </A>
        </li>
    }
}

/// What is to be said of somebody who is not simply there.
#[component]
pub fn StatusBadge(status: StaffStatus) -> impl IntoView {
    let tone = if status == StaffStatus::Suspended { Tone::Warn } else { Tone::Plain };
    (status != StaffStatus::Active).then(|| view! { <Badge tone>{t(status_name(status))}</Badge> })
}
