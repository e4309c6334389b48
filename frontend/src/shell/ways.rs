//! The ways of the navigation: a rail on tablets, a bar at the bottom on phones.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

use super::extreme::ExtremeMark;
use super::finder::use_finder;
use crate::api::use_api;
use crate::calls::use_calls;
use crate::holds::use_my_holds;
use crate::routes::Page;
use crate::session::{Session, use_counts, use_held};
use crate::ui::icon::{Glyph, Icon, Mark};
use crate::ui::toast::use_toasts;
use crate::words::{self, Lang, lang, lang_untracked, t};

/// One way of the navigation.
#[derive(Clone, Copy)]
struct Way {
    page: Page,
    icon: Icon,
    name: fn(Lang) -> &'static str,
}

const LEADS: Way = Way { page: Page::Leads, icon: Icon::Leads, name: words::nav::leads };
const STOCK: Way = Way { page: Page::Stock, icon: Icon::Car, name: words::nav::stock };
const NEW_LEAD: Way = Way { page: Page::NewLead, icon: Icon::Pen, name: words::nav::new_lead };
const CUSTOMERS: Way = Way { page: Page::Customers, icon: Icon::Known, name: words::nav::customers };
const MENTIONS: Way = Way { page: Page::Mentions, icon: Icon::At, name: words::nav::mentions };
const SUBMISSIONS: Way = Way { page: Page::Submissions, icon: Icon::Inbox, name: words::nav::submissions };
const SETTINGS: Way = Way { page: Page::Settings, icon: Icon::Wrench, name: words::nav::settings };
const ACCOUNT: Way = Way { page: Page::Account, icon: Icon::Person, name: words::nav::account };

/// Which way of the navigation a page belongs to.
fn belongs(page: Option<Page>) -> Option<Page> {
    match page? {
        Page::Leads | Page::Queue | Page::Queued(_) | Page::Lead(_) | Page::EditLead(_) => Some(Page::Leads),
        Page::Compare => Some(Page::Stock),
        Page::NewLead | Page::NewLeadInFull => Some(Page::NewLead),
        Page::Holds => Some(Page::Stock),
        Page::Settings
        | Page::Company
        | Page::LeadSources
        | Page::Tags
        | Page::ExternalSystems
        | Page::About
        | Page::Outbox
        | Page::Extreme
        | Page::Audit
        | Page::AccessEvents
        | Page::AccessRecording
        | Page::AuditVerifications
        | Page::Forms
        | Page::NewForm
        | Page::Form(_)
        | Page::Stores
        | Page::NewStore
        | Page::Store(_)
        | Page::Staff
        | Page::NewStaff
        | Page::Person(_)
        | Page::EditPerson(_)
        | Page::ApiClients
        | Page::NewApiClient
        | Page::ApiClient(_)
        | Page::EditApiClient(_) => Some(Page::Settings),
        other => Some(other),
    }
}

/// How a number is read out.
type Said = fn(Lang, u64) -> String;

/// How many things wait behind a way, and what they are.
fn waiting(page: Page) -> Option<(u64, Said)> {
    match page {
        Page::Leads => use_counts().get().map(|counts| (counts.new, words::nav::new_count as _)),
        Page::Mentions => Some((use_calls().unseen(), words::nav::unseen_count as _)),
        Page::Submissions => Some((use_held().get(), words::nav::held_count as _)),
        Page::Stock => Some((use_my_holds().unseen(), words::my_holds::unseen_count as _)),
        _ => None,
    }
}

#[component]
fn WayLink(way: Way, #[prop(optional)] class: &'static str) -> impl IntoView {
    let location = use_location();
    let current = move || (belongs(location.pathname.with(|path| Page::at(path))) == Some(way.page)).then_some("page");
    // Who waits for an answer is urgent; what waits for a look is not.
    let tone = matches!(way.page, Page::Submissions | Page::Stock).then_some("calm");
    let count = move || {
        let (some, said) = waiting(way.page).filter(|(some, _)| *some > 0)?;
        let shown = if some > 99 { "99+".to_owned() } else { some.to_string() };
        Some(view! {
            <span class="count" data-tone=tone data-wide=(some > 99).then_some("") aria-hidden="true">{shown}</span>
            <span class="sr">{said(lang(), some)}</span>
        })
    };
    view! {
        <a class=class href=way.page.href() aria-current=current>
            <Glyph icon=way.icon />
            <span>{t(way.name)}</span>
            {count}
        </a>
    }
}

#[component]
pub fn Rail() -> impl IntoView {
    view! {
        <nav class="rail" aria-label=t(words::nav::main)>
            <a class="mark-home" href=Page::Leads.href() aria-label=t(words::nav::home)>
                <Mark />
            </a>
            <WayLink way=LEADS />
            <WayLink way=STOCK />
            <WayLink way=CUSTOMERS />
            <WayLink way=NEW_LEAD class="new" />
            <WayLink way=MENTIONS />
            <WayLink way=SUBMISSIONS />
            <span class="rest"></span>
            <SettingsLink />
            <LockButton />
            <WayLink way=ACCOUNT />
            <ExtremeMark />
        </nav>
    }
}

/// For whom a PIN opens the screen again.
#[component]
fn LockButton() -> impl IntoView {
    let (api, session, toasts) = (use_api(), expect_context::<RwSignal<Session>>(), use_toasts());
    let lock = move |_| {
        spawn_local(async move {
            if api.lock_screen().await.is_err() {
                toasts.say(words::pin::not_locked(lang_untracked()));
            }
        });
    };
    let locks = Memo::new(move |_| session.with(Session::locks));
    move || {
        locks.get().then(|| {
            view! {
                <button type="button" on:click=lock>
                    <Glyph icon=Icon::Lock />
                    <span>{t(words::nav::lock)}</span>
                </button>
            }
        })
    }
}

/// For those who settle something; a salesperson sees no way in.
#[component]
fn SettingsLink() -> impl IntoView {
    let session = expect_context::<RwSignal<Session>>();
    move || session.with(Session::settles_forms).then(|| view! { <WayLink way=SETTINGS /> })
}

#[component]
pub fn BottomBar() -> impl IntoView {
    let finder = use_finder();
    view! {
        <nav class="bottombar" aria-label=t(words::nav::main)>
            <WayLink way=LEADS />
            <WayLink way=STOCK />
            <WayLink way=NEW_LEAD class="new" />
            <WayLink way=MENTIONS />
            <button type="button" on:click=move |_| finder.show()>
                <Glyph icon=Icon::Search />
                <span>{t(words::finder::find)}</span>
            </button>
            <WayLink way=ACCOUNT />
        </nav>
    }
}
