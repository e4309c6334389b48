//! One person: what is known of them, and what can be done.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use noren_api::staff::{OpenLeads, StaffAccount};
use noren_domain::staff::StaffStatus;
use noren_domain::{StaffId, StoreId};

use super::StaffGate;
use super::list::StatusBadge;
use super::mailed::MailButton;
use super::moves::MovesCard;
use super::slip::InviteButton;
use crate::api::{ApiError, use_api};
use crate::pages::not_found::NothingHere;
use crate::pages::settings::listing::TraceLink;
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{BackLink, Kind, LinkButton, Size};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::failure::FailureNotice;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::notice::{Notice, Tone as NoticeTone};
use crate::ui::skeleton::Skeleton;
use crate::words::{self, lang, role_name, t};

/// The person, read anew after everything that is done.
pub type Person = LocalResource<Result<StaffAccount, ApiError>>;

#[component]
pub fn PersonPage() -> impl IntoView {
    view! {
        <main class="page staff">
            <StaffGate view=|| view! { <PersonOfAddress /> }.into_any() />
        </main>
    }
}

#[component]
fn PersonOfAddress() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse().ok())));
    move || match id.get() {
        Some(id) => view! { <PersonOf id /> }.into_any(),
        None => view! { <NothingHere /> }.into_any(),
    }
}

#[component]
fn PersonOf(id: StaffId) -> impl IntoView {
    let api = use_api();
    let resource: Person = LocalResource::new(move || api.get_staff(id));
    let missing = Memo::new(move |_| resource.with(|got| matches!(got, Some(Err(error)) if error.status() == 404)));
    let body = move |Loaded { value, failure }: Loaded<StaffAccount>| {
        let retry = Callback::new(move |()| resource.refetch());
        let old = move || {
            failure.get().map(|failure| {
                view! { <FailureNotice failure=Signal::stored(failure) title=words::staff::not_refreshed retry /> }
            })
        };
        view! {
            <Head person=value />
            <div class="scroll settings-body stack">
                {old}
                <Waits person=value />
                <div class="person-cards">
                    <ProfileCard person=value />
                    <div class="stack">
                        <AccessCard person=value />
                        <LeadsCard person=value />
                    </div>
                </div>
                <MovesCard person=value resource />
                <p><TraceLink href=Page::trace(&format!("staff:{}", value.with_untracked(|person| person.id))) /></p>
            </div>
            <Foot person=value resource />
        }
        .into_any()
    };
    let skeleton = || view! { <div class="settings-body"><Skeleton lines=8 /></div> };
    move || {
        if missing.get() {
            return view! { <NothingHere /> }.into_any();
        }
        view! { <Load resource failed=words::staff::not_loaded skeleton view=body /> }.into_any()
    }
}

#[component]
fn Head(person: Signal<StaffAccount>) -> impl IntoView {
    let name = Signal::derive(move || person.with(|person| person.profile.name.clone()));
    let kana = move || person.with(|person| person.profile.kana.clone());
    let unjoined = Memo::new(move |_| person.with(|person| !person.joined && person.status == StaffStatus::Active));
    let status = Memo::new(move |_| person.with(|person| person.status));
    view! {
        <header class="detail-head">
            <BackLink href=Page::Staff.href() label=words::common::back />
            <div class="grow">
                <p class="kana t-3">{kana}</p>
                <PageHeading title=name />
            </div>
            {move || unjoined.get().then(|| view! { <Badge tone=Tone::Warn>{t(words::staff::not_joined)}</Badge> })}
            {move || view! { <StatusBadge status=status.get() /> }}
        </header>
    }
}

/// Somebody who cannot come in yet, and what helps.
#[component]
fn Waits(person: Signal<StaffAccount>) -> impl IntoView {
    let waits = Memo::new(move |_| {
        person.with(|person| {
            let waits = !person.joined && person.status == StaffStatus::Active;
            waits.then_some((person.invited_until.is_some(), person.mail_reaches))
        })
    });
    move || {
        let what = match waits.get()? {
            (true, true) => words::staff::wait_mailed,
            (true, false) => words::staff::wait_code,
            (false, true) => words::staff::wait_mail,
            (false, false) => words::staff::wait_join,
        };
        Some(view! {
            <Notice tone=NoticeTone::Accent icon=Icon::Mail>
                <p class="grow">{t(what)}</p>
            </Notice>
        })
    }
}

#[component]
fn ProfileCard(person: Signal<StaffAccount>) -> impl IntoView {
    let masters = use_masters();
    let profile = move || person.with(|person| person.profile.clone());
    let named = move |stores: &[StoreId]| masters.store_names(stores, lang());
    move || {
        let profile = profile();
        let (home, others) = profile.store_ids.split_at(profile.store_ids.len().min(1));
        let others = (!others.is_empty()).then(|| {
            view! {
                <dt>{t(words::staff::elsewhere)}</dt>
                <dd>{named(others)}</dd>
            }
        });
        view! {
            <section class="card">
                <header><h2 class="as-card">{t(words::staff::profile)}</h2></header>
                <div class="body">
                    <dl class="facts">
                        <dt>{t(words::account::role)}</dt>
                        <dd>{t(role_name(profile.role))}</dd>
                        <dt>{t(words::staff::home)}</dt>
                        <dd>{named(home)}</dd>
                        {others}
                        <dt>{t(words::staff_part::code)}</dt>
                        <dd class="num">{profile.code}</dd>
                        <dt>{t(words::account::mail)}</dt>
                        <dd>{profile.mail}</dd>
                    </dl>
                </div>
            </section>
        }
    }
}

#[component]
fn AccessCard(person: Signal<StaffAccount>) -> impl IntoView {
    let at = |at| date::near(at, use_ticker().get_untracked(), lang());
    move || {
        let StaffAccount { status, joined, invited_until, last_seen_at, second_factor, .. } = person.get();
        let factor = if second_factor { words::factor::has } else { words::factor::has_not };
        let access = match (status, joined) {
            (StaffStatus::Active, true) => words::staff::joined,
            (StaffStatus::Active, false) => words::staff::unjoined,
            _ => words::staff::shut,
        };
        let invitation = invited_until.map(|until| {
            view! {
                <dt>{t(words::staff::invitation)}</dt>
                <dd>{words::staff::invited(lang(), at(until))}</dd>
            }
        });
        let seen = last_seen_at.map_or_else(|| words::staff::never_seen(lang()).to_owned(), at);
        view! {
            <section class="card">
                <header><h2 class="as-card">{t(words::staff::access)}</h2></header>
                <div class="body">
                    <dl class="facts">
                        <dt>{t(words::staff::status)}</dt>
                        <dd>{t(access)}</dd>
                        {invitation}
                        <dt>{t(words::factor::title)}</dt>
                        <dd>{t(factor)}</dd>
                        <dt>{t(words::staff::last_seen)}</dt>
                        <dd>{seen}</dd>
                    </dl>
                </div>
            </section>
        }
    }
}

/// The open leads by store, each with the way to them.
#[component]
fn LeadsCard(person: Signal<StaffAccount>) -> impl IntoView {
    let masters = use_masters();
    let rows = move || {
        let (id, open) = person.with(|person| (person.id, person.open_leads.clone()));
        if open.is_empty() {
            return view! { <p class="t-2">{t(words::staff::no_leads)}</p> }.into_any();
        }
        let row = |OpenLeads { store_id, leads }: OpenLeads| {
            let store = masters.store_name(store_id).to_owned();
            let said = {
                let store = store.clone();
                move || words::staff::leads_at(lang(), leads, &store)
            };
            view! {
                <li>
                    <a class="line leads-way" href=leads_of(id, store_id)>
                        <span class="grow" aria-hidden="true">{store}</span>
                        <b class="num" aria-hidden="true">{move || words::staff::leads_of(lang(), leads)}</b>
                        <span class="sr">{said}</span>
                    </a>
                </li>
            }
        };
        view! { <ul>{open.into_iter().map(row).collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="card">
            <header><h2 class="as-card">{t(words::staff::leads)}</h2></header>
            <div class="body">{rows}</div>
        </section>
    }
}

/// The list of leads that one person has at one store.
fn leads_of(id: StaffId, store: StoreId) -> String {
    let narrowed = [("tab", "all".to_owned()), ("store", store.to_string()), ("assignee", id.to_string())];
    format!("{}?{}", Page::Leads.href(), serde_urlencoded::to_string(narrowed).unwrap_or_default())
}

/// What a thumb does: the way in for who has none is the main thing, otherwise the edit.
#[component]
fn Foot(person: Signal<StaffAccount>, resource: Person) -> impl IntoView {
    let active = Memo::new(move |_| person.with(|person| person.status == StaffStatus::Active));
    let joined = Memo::new(move |_| person.with(|person| person.joined));
    move || {
        let edit = Page::EditPerson(person.with_untracked(|person| person.id)).href();
        let invites = active.get();
        let first = invites && !joined.get();
        let mails = first && person.with_untracked(|person| person.mail_reaches);
        let kind = if first { Kind::Secondary } else { Kind::Primary };
        let size = if first { Size::Medium } else { Size::Large };
        let edit = view! {
            <LinkButton href=edit kind size icon=Icon::Pen>{t(words::lead::edit)}</LinkButton>
        };
        let invite = invites.then(|| view! { <InviteButton person resource /> });
        let parts = if first { (edit.into_any(), invite.into_any()) } else { (invite.into_any(), edit.into_any()) };
        view! {
            <footer class="actions">
                {parts.0}
                <span class="push"></span>
                {parts.1}
                {mails.then(|| view! { <MailButton person resource /> })}
            </footer>
        }
    }
}
