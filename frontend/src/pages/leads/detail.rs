//! The page of one lead. While the customer waits, the wait is the largest thing on it.

use chrono::TimeDelta;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use noren_api::leads::{Lead, PhoneNumber};
use noren_domain::LeadId;
use noren_domain::lead::LeadStatus;

use super::actions::{ActionBar, AssignButton};
use super::history::History;
use super::lines;
use super::list::use_lead_list;
use crate::api::{ApiError, LeadSeen, use_api};
use crate::pages::not_found::NothingHere;
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::badge::{self, Badge};
use crate::ui::button::{Button, Kind};
use crate::ui::clock::{Lateness, gone, running, use_ticker};
use crate::ui::date;
use crate::ui::failure::Failure;
use crate::ui::heading::PageHeading;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::load::{Load, Loaded};
use crate::ui::notice::Notice;
use crate::ui::skeleton::Skeleton;
use crate::ui::yen;
use crate::words::{self, lang, t};

/// From this age on a page says how old it is, in minutes.
const STALE: i64 = 5;

/// One lead on the screen. `Copy`, in the context of its page.
#[derive(Clone, Copy)]
pub struct LeadView {
    pub lead: Signal<Lead>,
    resource: LocalResource<Result<LeadSeen, ApiError>>,
    written: RwSignal<u32>,
}

impl LeadView {
    /// Counts the writes of this page; the history follows it.
    pub fn written(self) -> u32 {
        self.written.get()
    }

    /// Asks the server again.
    pub fn refetch(self) {
        self.resource.refetch();
        self.written.update(|written| *written += 1);
    }
}

pub fn use_lead_view() -> LeadView {
    expect_context()
}

/// The id in the address.
pub fn id_in_address() -> Memo<Option<LeadId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse().ok())))
}

#[component]
pub fn LeadPage() -> impl IntoView {
    let id = id_in_address();
    move || match id.get() {
        Some(id) => view! { <LeadOf id /> }.into_any(),
        None => view! { <NothingHere /> }.into_any(),
    }
}

#[component]
fn LeadOf(id: LeadId) -> impl IntoView {
    let api = use_api();
    let resource = LocalResource::new(move || api.get_lead(id));
    let missing = move || resource.with(|seen| matches!(seen, Some(Err(error)) if error.status() == 404));
    let missing = Memo::new(move |_| missing());
    let body = move |loaded| view! { <LeadBody loaded resource /> }.into_any();
    move || {
        if missing.get() {
            return view! { <NothingHere /> }.into_any();
        }
        view! {
            <article class="pane detail">
                <Load
                    resource
                    failed=words::lead::not_loaded
                    skeleton=|| view! { <LeadSkeleton /> }
                    view=body
                />
            </article>
        }
        .into_any()
    }
}

#[component]
fn LeadSkeleton() -> impl IntoView {
    view! {
        <div class="detail-head">
            <BackLink />
        </div>
        <div class="detail-body">
            <Skeleton lines=8 />
        </div>
    }
}

#[component]
fn LeadBody(loaded: Loaded<LeadSeen>, resource: LocalResource<Result<LeadSeen, ApiError>>) -> impl IntoView {
    let seen = loaded.value;
    let lead = Signal::derive(move || seen.with(|seen| seen.lead.clone()));
    provide_context(LeadView { lead, resource, written: RwSignal::new(0) });
    view! {
        <LeadHead />
        <div class="scroll detail-body">
            <Staleness loaded />
            <Waiting />
            <Marks />
            <div class="two">
                <div class="stack">
                    <NoteCard />
                    <History />
                </div>
                <div class="stack">
                    <CarCard />
                    <ContactCard />
                </div>
            </div>
        </div>
        <ActionBar />
    }
}

#[component]
fn BackLink() -> impl IntoView {
    let list = use_lead_list();
    view! {
        <a class="btn back" data-kind="icon" href=move || list.beside(Page::Leads) aria-label=t(words::lead::back)>
            <Glyph icon=Icon::Back />
        </a>
    }
}

#[component]
fn LeadHead() -> impl IntoView {
    let lead = use_lead_view().lead;
    let called = Memo::new(move |_| {
        lead.with(|lead| lines::called(lead.profile.name.as_deref(), lead.profile.company.as_deref(), lang()))
    });
    let above = move || {
        lead.with(|lead| {
            let company = lead.profile.company.as_ref().filter(|_| lead.profile.name.is_some());
            [lead.profile.kana.as_ref(), company].into_iter().flatten().cloned().collect::<Vec<_>>().join("・")
        })
    };
    let title =
        Signal::derive(move || called.with(|called| format!("{} {}", called.name, called.title).trim().to_owned()));
    view! {
        <header class="detail-head">
            <BackLink />
            <div class="grow">
                <p class="kana t-3 clip">{above}</p>
                <PageHeading title>
                    <span>{move || called.get().name}</span>
                    " "
                    <small>{move || called.get().title}</small>
                </PageHeading>
            </div>
        </header>
    }
}

/// Says how old the page is once that matters, or that a fetch failed.
#[component]
fn Staleness(loaded: Loaded<LeadSeen>) -> impl IntoView {
    let (view, ticker) = (use_lead_view(), use_ticker());
    let minutes = Memo::new(move |_| (ticker.get() - loaded.value.with(|seen| seen.at)).num_minutes());
    let reload = Callback::new(move |()| view.refetch());
    let failed = Memo::new(move |_| loaded.failure.get().map(|failure: Failure| failure.offline));
    move || {
        let (minutes, failed) = (minutes.get(), failed.get());
        (minutes >= STALE || failed.is_some()).then(|| {
            let icon = if failed == Some(true) { Icon::Offline } else { Icon::Clock };
            let why =
                failed.map(|offline| t(if offline { words::problem::offline } else { words::lead::not_refreshed }));
            view! {
                <Notice icon>
                    <div class="grow" role="status">
                        <p><b>{words::lead::age(lang(), date::age(TimeDelta::minutes(minutes), lang()))}</b></p>
                        {why.map(|why| view! { <p class="t-meta">{why}</p> })}
                    </div>
                    <Button kind=Kind::Secondary icon=Icon::Reload on_click=reload>{t(words::common::reload)}</Button>
                </Notice>
            }
        })
    }
}

/// お待たせ時間: how long the customer waits, against the target, and the way to end it.
#[component]
fn Waiting() -> impl IntoView {
    let lead = use_lead_view().lead;
    let waits =
        Memo::new(move |_| lead.with(|lead| lead.first_responded_at.is_none() && lead.status == LeadStatus::New));
    move || waits.get().then(|| view! { <WaitCard /> })
}

#[component]
fn WaitCard() -> impl IntoView {
    let (lead, ticker) = (use_lead_view().lead, use_ticker());
    let span = move || lead.with(|lead| (lead.received_at, lead.response_due_at));
    let lateness = Memo::new(move |_| Lateness::of(span().1, ticker.get()));
    let percent = Memo::new(move |_| gone(span().0, span().1, ticker.get()));
    let target = move || {
        let (since, due) = span();
        let (target, now) = (running(due - since, lang()), ticker.get());
        match lateness.get() {
            Lateness::InTime => words::lead::left(lang(), running(due - now, lang()), target),
            Lateness::Late => words::lead::over(lang(), running(now - due, lang()), target),
        }
    };
    let source = move || {
        let masters = use_masters();
        lead.with(|lead| masters.source_name(&lead.profile.source_code, lang()))
    };
    view! {
        <section class="wait" data-tone=move || lateness.get().tone() aria-label=t(words::lead::first_response)>
            <div>
                <p class="t-meta">{t(words::lead::waiting)}</p>
                <p class="clock big" role="timer">{move || running(ticker.get() - span().0, lang())}</p>
            </div>
            <div class="grow">
                <div class="meter" aria-hidden="true">
                    <i style:width=move || format!("{}%", percent.get())></i>
                </div>
                <p class="t-meta">{target} "・" {source}</p>
            </div>
            <CallLink />
        </section>
    }
}

/// 電話する: the first number, by one tap.
#[component]
fn CallLink() -> impl IntoView {
    let lead = use_lead_view().lead;
    move || {
        let number = lead.with(|lead| lead.phone_numbers.first().map(|number| number.digits.clone()))?;
        Some(view! {
            <a class="btn" data-kind="primary" data-size="lg" href=format!("tel:{number}")>
                <Glyph icon=Icon::Phone />
                <span>{t(words::lead::call)}</span>
            </a>
        })
    }
}

/// Status, source, temperature, store and who is in charge.
#[component]
fn Marks() -> impl IntoView {
    let lead = use_lead_view().lead;
    let badges = move || {
        let masters = use_masters();
        let (code, warmth, status, store) =
            lead.with(|lead| (lead.profile.source_code.clone(), lead.profile.temperature, lead.status, lead.store_id));
        let source = masters.source_name(&code, lang());
        let warmth = warmth.map(|known| words::lead::warmth(lang(), lines::temperature(known)(lang())));
        let store = (masters.stores.len() > 1).then(|| masters.store_name(store).to_owned());
        view! {
            <Badge tone=lines::status_tone(status)>{t(lines::status(status))}</Badge>
            <Badge tone=badge::Tone::Line icon=lines::source_icon(&code)>{source}</Badge>
            {warmth.map(|warmth| view! { <Badge tone=badge::Tone::Line>{warmth}</Badge> })}
            {store.map(|store| view! { <Badge tone=badge::Tone::Line>{store}</Badge> })}
        }
    };
    let assigned_label =
        move || lead.with(|lead| lead.assignee_id.map(|_| format!("{} ", words::lead::assignee(lang()))));
    let assignee = move || {
        let masters = use_masters();
        lead.with(|lead| masters.assignee_name(lead.assignee_id, lang()))
    };
    view! {
        <div class="line marks" data-wrap="">
            {badges}
            <span class="line push">
                <span class="t-meta t-2">{assigned_label} <b>{assignee}</b></span>
                <AssignButton />
            </span>
        </div>
    }
}

#[component]
fn NoteCard() -> impl IntoView {
    let lead = use_lead_view().lead;
    move || {
        let note = lead.with(|lead| lead.profile.note.clone())?;
        Some(view! {
            <section class="card">
                <header><h2 class="as-card">{t(words::field::note)}</h2></header>
                <p class="body note">{note}</p>
            </section>
        })
    }
}

#[component]
fn CarCard() -> impl IntoView {
    let lead = use_lead_view().lead;
    let car = Memo::new(move |_| lead.with(|lead| lead.profile.wanted_car.clone()));
    let body = move || {
        let car = car.get();
        let name = [car.maker.clone(), car.model.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let facts = [
            (words::field::model as fn(_) -> _, Some(name).filter(|name| !name.is_empty())),
            (words::field::body_type, car.body_type),
            (words::field::budget, car.budget.map(|budget| yen::brief(budget, lang()))),
            (words::field::timing, car.timing),
        ];
        let facts: Vec<_> = facts.into_iter().filter_map(|(label, text)| Some((label, text?))).collect();
        if facts.is_empty() {
            return view! { <p class="t-2">{t(words::lead::no_wish)}</p> }.into_any();
        }
        let fact = |(label, text)| view! { <dt>{t(label)}</dt> <dd class="num amount">{text}</dd> };
        view! { <dl class="facts">{facts.into_iter().map(fact).collect_view()}</dl> }.into_any()
    };
    view! {
        <section class="card">
            <header>
                <Glyph icon=Icon::Car />
                <h2 class="as-card">{t(words::lead::wanted_car)}</h2>
            </header>
            <div class="body">{body}</div>
        </section>
    }
}

#[component]
fn ContactCard() -> impl IntoView {
    let lead = use_lead_view().lead;
    let phone = |number: PhoneNumber| {
        view! { <a class="contact num" href=format!("tel:{}", number.digits)>{number.display}</a> }
    };
    let mail = |mail: String| view! { <a class="contact" href=format!("mailto:{mail}")>{mail.clone()}</a> };
    let body = move || {
        let (numbers, mails, address) = lead.with(|lead| {
            (lead.phone_numbers.clone(), lead.profile.mails.clone(), lines::address(&lead.profile.address))
        });
        if numbers.is_empty() && mails.is_empty() && address.is_empty() {
            return view! { <p class="t-2">{t(words::lead::no_contact)}</p> }.into_any();
        }
        let fact = |label: fn(_) -> _, content: AnyView| view! { <dt>{t(label)}</dt> <dd>{content}</dd> };
        let numbers = (!numbers.is_empty())
            .then(|| fact(words::field::phones, numbers.into_iter().map(phone).collect_view().into_any()));
        let mails = (!mails.is_empty())
            .then(|| fact(words::field::mails, mails.into_iter().map(mail).collect_view().into_any()));
        let lines =
            address.iter().map(|line| view! { <span class="address-line">{line.clone()}</span> }).collect_view();
        let address = (!address.is_empty()).then(|| fact(words::field::address, lines.into_any()));
        view! { <dl class="facts">{numbers} {mails} {address}</dl> }.into_any()
    };
    let times = move || {
        lead.with(|lead| {
            (date::long(lead.received_at, lang()), lead.first_responded_at.map(|at| date::long(at, lang())))
        })
    };
    view! {
        <section class="card">
            <header>
                <Glyph icon=Icon::Phone />
                <h2 class="as-card">{t(words::lead::contact)}</h2>
            </header>
            <div class="body">{body}</div>
        </section>
        <p class="t-meta t-3 received">
            {move || words::lead::received(lang(), times().0)}
            {move || times().1.map(|at| view! { <br /> {words::lead::responded(lang(), at)} })}
        </p>
    }
}
