//! The page of one lead. While the customer waits, the wait is the largest thing on it.

use chrono::TimeDelta;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use noren_api::leads::Lead;
use noren_domain::LeadId;

use super::actions::{ActionBar, EraseButton};
use super::cards::{CarCard, ContactCard, Marks, NoteCard, Received};
use super::customer::CustomerCard;
use super::history::History;
use super::lines;
use super::list::use_lead_list;
use super::wait::Waiting;
use super::wanted::WantedCard;
use crate::api::{ApiError, LeadSeen, use_api};
use crate::calls::see_calls_on;
use crate::drafts::DraftKey;
use crate::live::use_live;
use crate::pages::customer_view::TurnButton;
use crate::pages::not_found::NothingHere;
use crate::recent;
use crate::routes::Page;
use crate::session::{Session, use_masters};
use crate::ui::button::{Button, Kind, LinkButton};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::effect::effect;
use crate::ui::failure::Failure;
use crate::ui::heading::PageHeading;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::load::{Load, Loaded};
use crate::ui::notice::Notice;
use crate::ui::skeleton::Skeleton;
use crate::words::{self, lang, t};

/// From this age on a page says how old it is, in minutes.
const STALE: i64 = 5;

/// One lead on the screen. `Copy`, in the context of its page.
#[derive(Clone, Copy)]
pub struct LeadView {
    pub lead: Signal<Lead>,
    resource: LocalResource<Result<LeadSeen, ApiError>>,
    changed: RwSignal<u32>,
}

impl LeadView {
    /// Follows what was changed, here or elsewhere.
    pub fn changed(self) {
        self.changed.track();
    }

    /// Whether something is known of the person; not so once they were erased.
    pub fn is_kept(self) -> Memo<bool> {
        Memo::new(move |_| self.lead.with(|lead| lead.erased_at.is_none()))
    }

    /// Asks the server again.
    pub fn refetch(self) {
        self.resource.refetch();
        self.changed.update(|changed| *changed += 1);
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
    let me = use_masters().me.id;
    effect(move || {
        if missing.get() {
            recent::drop(me, &id);
        }
    });
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
    let view = LeadView { lead, resource, changed: RwSignal::new(0) };
    provide_context(view);
    let id = lead.with_untracked(|lead| lead.id);
    see_calls_on(id);
    use_live().on_news(move |news| {
        if news.is_about(id) {
            view.refetch();
        }
    });
    let (kept, me) = (view.is_kept(), use_masters().me.id);
    effect(move || {
        if !kept.get() {
            DraftKey::new(me, Some(id)).forget();
            DraftKey::note(me, id).forget();
        }
    });
    let known = move || {
        kept.get().then(|| {
            view! {
                <CustomerCard />
                <CarCard />
                <WantedCard />
                <ContactCard />
            }
        })
    };
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
                    <Traces id />
                </div>
                <div class="stack">
                    {known}
                    <Received />
                </div>
            </div>
        </div>
        <ActionBar />
    }
}

/// For those who may read it: who changed the lead, and who looked at it; and the way to erase its person.
#[component]
fn Traces(id: LeadId) -> impl IntoView {
    let session = expect_context::<RwSignal<Session>>();
    let (audits, administers) = session.with_untracked(|session| (session.audits(), session.administers()));
    audits.then(|| {
        let looks = format!("{}?subject_id={id}", Page::AccessEvents.href());
        view! {
            <p class="line" data-wrap>
                <LinkButton href=Page::trace(&format!("lead:{id}")) kind=Kind::Quiet icon=Icon::Clock>{t(words::audit::changes)}</LinkButton>
                {administers.then(|| view! { <LinkButton href=looks kind=Kind::Quiet icon=Icon::Known>{t(words::audit::looks)}</LinkButton> })}
                <EraseButton />
            </p>
        }
    })
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
    let title = Signal::derive(move || called.with(ToString::to_string));
    let (me, id, kept) = (use_masters().me.id, lead.with_untracked(|lead| lead.id), use_lead_view().is_kept());
    effect(move || recent::note(me, id, title.get()));
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
            {move || kept.get().then(|| view! { <TurnButton lead=Signal::stored(Some(id)) /> })}
        </header>
    }
}

/// Says how old the page is once that matters because nothing comes any more, or that a fetch failed.
#[component]
fn Staleness(loaded: Loaded<LeadSeen>) -> impl IntoView {
    let (view, live, ticker) = (use_lead_view(), use_live(), use_ticker());
    let minutes = Memo::new(move |_| (ticker.get() - loaded.value.with(|seen| seen.at)).num_minutes());
    let unfollowed = Memo::new(move |_| live.down_since().is_some());
    let reload = Callback::new(move |()| view.refetch());
    let failed = Memo::new(move |_| loaded.failure.get().map(|failure: Failure| failure.offline));
    move || {
        let (minutes, failed) = (minutes.get(), failed.get());
        (minutes >= STALE && unfollowed.get() || failed.is_some()).then(|| {
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
