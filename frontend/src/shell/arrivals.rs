//! A lead that somebody else has made: a card with the clock that runs, and no sound.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use noren_api::leads::Lead;
use noren_domain::LeadId;

use crate::api::{LeadSeen, use_api};
use crate::live::use_live;
use crate::pages::leads::lines;
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::button::{IconButton, Kind, LinkButton};
use crate::ui::clock::WaitClock;
use crate::ui::effect::effect;
use crate::ui::icon::{Glyph, Icon, Size};
use crate::words::{self, lang, t};

/// How long the card stays after the last arrival, in milliseconds.
const STAY: u32 = 30_000;

/// The leads that have arrived and were not looked at.
#[derive(Clone, Default)]
struct Arrived {
    leads: Vec<LeadId>,
    /// What is known of it, where it is one.
    only: Option<Arc<Lead>>,
    turn: u32,
}

#[component]
pub fn Arrivals() -> impl IntoView {
    let (api, live, location) = (use_api(), use_live(), use_location());
    let pathname = location.pathname;
    let arrived = RwSignal::new(Arrived::default());
    let dismiss = Callback::new(move |()| arrived.update(|arrived| arrived.leads.clear()));
    live.on_news(move |news| {
        let here = pathname.with(|path| Page::at(path));
        let new: Vec<_> = news.arrived.iter().copied().filter(|id| here != Some(Page::Lead(*id))).collect();
        let Some(last) = new.last().copied() else { return };
        arrived.update(|arrived| {
            arrived.leads.extend(new);
            arrived.only = None;
            arrived.turn += 1;
        });
        let (turn, alone) = arrived.with(|arrived| (arrived.turn, arrived.leads.len() == 1));
        let still = move || arrived.try_with_untracked(|arrived| arrived.turn) == Some(turn);
        spawn_local(async move {
            if alone
                && let Ok(LeadSeen { lead, .. }) = api.get_lead(last).await
                && still()
            {
                arrived.update(|arrived| arrived.only = Some(Arc::new(lead)));
            }
            TimeoutFuture::new(STAY).await;
            if still() {
                dismiss.run(());
            }
        });
    });
    // Whoever has opened it knows of it.
    effect(move || {
        let here = pathname.with(|path| Page::at(path));
        if arrived.with_untracked(|arrived| arrived.leads.iter().any(|id| here == Some(Page::Lead(*id)))) {
            arrived.update(|arrived| arrived.leads.retain(|id| here != Some(Page::Lead(*id))));
        }
    });
    let card = Memo::new(move |_| {
        arrived.with(|arrived| match arrived.leads.as_slice() {
            [] => None,
            [_] => arrived.only.clone().map(Card::One),
            leads => Some(Card::Several(leads.len())),
        })
    });
    view! {
        <aside class="arrivals" aria-label=t(words::arrivals::title)>
            <div role="status">{move || card.get().map(|card| said(&card))}</div>
            {move || card.get().map(|card| view! { <CardFoot card dismiss /> })}
        </aside>
    }
}

/// What the card says.
#[derive(Clone, PartialEq)]
enum Card {
    One(Arc<Lead>),
    Several(usize),
}

fn said(card: &Card) -> AnyView {
    match card {
        Card::One(lead) => {
            let profile = &lead.profile;
            let called = lines::called(profile.name.as_deref(), profile.company.as_deref(), lang());
            let source = use_masters().source_name(&profile.source_code, lang());
            let icon = lines::source_icon(&profile.source_code);
            view! {
                <p class="t-meta t-2">{t(words::arrivals::title)}</p>
                <p class="called"><b class="t-lead clip">{called.name}</b> " " <small class="t-2">{called.title}</small></p>
                <p class="came-by t-3"><Glyph icon size=Size::Small /> " " <span>{source}</span></p>
            }
            .into_any()
        }
        Card::Several(count) => view! { <p><b>{words::arrivals::several(lang(), *count)}</b></p> }.into_any(),
    }
}

/// The clock, which must not be read aloud every second, and the ways on.
#[component]
fn CardFoot(card: Card, dismiss: Callback<()>) -> impl IntoView {
    let (clock, page) = match card {
        Card::One(lead) => {
            let clock = view! { <WaitClock since=lead.received_at due=lead.response_due_at /> };
            (Some(clock), Page::Lead(lead.id))
        }
        Card::Several(_) => (None, Page::Leads),
    };
    view! {
        <div class="line">
            {clock}
            <span class="push"></span>
            <span on:click=move |_| dismiss.run(())>
                <LinkButton href=page.href() kind=Kind::Soft>{t(words::common::open)}</LinkButton>
            </span>
            <IconButton label=Signal::derive(move || words::common::close(lang())) icon=Icon::Close on_click=dismiss kind=Kind::Quiet />
        </div>
    }
}
