//! The frame of the app: router, session gate, and the shell with rail, bottom bar and toasts.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::{Outlet, ProtectedParentRoute, Redirect, Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::path;

use crate::api::{Api, ApiError, use_api};
use crate::pages::account::Account;
use crate::pages::leads::LeadRoutes;
use crate::pages::not_found::NotFound;
use crate::pages::sign_in::SignIn;
use crate::routes::Page;
use crate::session::{Counts, Masters, Session, SharedMasters, resume, use_counts};
use crate::ui::clock::Ticker;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::{Glyph, Icon, IconSprite, Mark};
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::ui::theme::Theme;
use crate::ui::toast::{ToastTray, Toasts, use_toasts};
use crate::words::{self, Lang, lang, lang_untracked, speak, t};

#[component]
pub fn App() -> impl IntoView {
    Theme::kept().apply();
    speak(lang_untracked());
    let session = RwSignal::new(Session::Unknown);
    let api = Api::new(session);
    provide_context(session);
    provide_context(api);
    provide_context(Toasts::new());
    provide_context(Ticker::start());
    spawn_local(resume(api, session));
    view! {
        <IconSprite />
        <Router>
            <AppRoutes session />
        </Router>
        <ToastTray />
    }
}

#[component]
fn AppRoutes(session: RwSignal<Session>) -> impl IntoView {
    let signed_in = move || match session.get() {
        Session::Unknown | Session::Unreachable(_) => None,
        Session::Out => Some(false),
        Session::In(_) => Some(true),
    };
    let location = use_location();
    let sign_in = {
        let location = location.clone();
        move || {
            let here = format!("{}{}", location.pathname.get_untracked(), query_of(&location.search.get_untracked()));
            let next = serde_urlencoded::to_string([("next", here)]).unwrap_or_default();
            format!("{}?{next}", Page::SignIn.href())
        }
    };
    let toasts = use_toasts();
    Effect::new(move |_| {
        location.pathname.track();
        toasts.page_changed();
    });
    view! {
        <Routes fallback=|| view! { <NotFound /> }>
            <Route path=path!("/sign-in") view=SignIn />
            <ProtectedParentRoute path=path!("") view=Shell condition=signed_in redirect_path=sign_in fallback=Waiting>
                <Route path=path!("/") view=|| view! { <Redirect path=Page::Leads.href() /> } />
                <LeadRoutes />
                <Route path=path!("/account") view=Account />
                // Inside, so that the way on is at hand, and so that nobody learns without signing in what there is.
                <Route path=path!("/*any") view=NotFound />
            </ProtectedParentRoute>
        </Routes>
    }
}

fn query_of(search: &str) -> String {
    if search.is_empty() { String::new() } else { format!("?{}", search.trim_start_matches('?')) }
}

/// Until it is known who is signed in: the frame, or why it cannot be known.
#[component]
fn Waiting() -> impl IntoView {
    let (api, session) = (use_api(), expect_context::<RwSignal<Session>>());
    let retry = Callback::new(move |()| {
        session.set(Session::Unknown);
        spawn_local(resume(api, session));
    });
    view! {
        <div class="app">
            <div class="rail" aria-hidden="true">
                <span class="mark-home"><Mark /></span>
            </div>
            <main class="page plain">
                {move || match session.get() {
                    Session::Unreachable(error) => {
                        view! {
                            <FailureNotice failure=Signal::stored(error.into()) title=words::shell::unreachable retry />
                        }
                            .into_any()
                    }
                    _ => view! { <Skeleton lines=6 /> }.into_any(),
                }}
            </main>
        </div>
    }
}

/// Rail or bottom bar, and the page. The small lists are loaded once here.
#[component]
fn Shell() -> impl IntoView {
    let (api, session) = (use_api(), expect_context::<RwSignal<Session>>());
    provide_context(Counts::load(api));
    let masters = LocalResource::new(move || {
        let me = session.with_untracked(|session| match session {
            Session::In(me) => Some(me.clone()),
            _ => None,
        });
        async move {
            match me {
                Some(me) => Masters::load(api, me).await,
                None => Err(ApiError::Unexpected { request_id: None }),
            }
        }
    });
    let page = move |Loaded { value, .. }: Loaded<SharedMasters>| {
        provide_context(value.get_untracked());
        view! { <Outlet /> }.into_any()
    };
    let frame = || {
        view! {
            <main class="page plain">
                <Skeleton lines=6 />
            </main>
        }
    };
    view! {
        <div class="app">
            <Rail />
            <div class="page-frame">
                <Load resource=masters failed=words::shell::not_loaded skeleton=frame view=page />
            </div>
            <BottomBar />
        </div>
    }
}

/// One way of the navigation.
#[derive(Clone, Copy)]
struct Way {
    page: Page,
    icon: Icon,
    name: fn(Lang) -> &'static str,
}

const LEADS: Way = Way { page: Page::Leads, icon: Icon::Leads, name: words::nav::leads };
const NEW_LEAD: Way = Way { page: Page::NewLead, icon: Icon::Pen, name: words::nav::new_lead };
const ACCOUNT: Way = Way { page: Page::Account, icon: Icon::Person, name: words::nav::account };

/// Which way of the navigation a page belongs to.
fn belongs(page: Option<Page>) -> Option<Page> {
    match page? {
        Page::Leads | Page::Lead(_) | Page::EditLead(_) => Some(Page::Leads),
        other => Some(other),
    }
}

#[component]
fn WayLink(way: Way, #[prop(optional)] class: &'static str, #[prop(optional)] counted: bool) -> impl IntoView {
    let location = use_location();
    let current = move || (belongs(location.pathname.with(|path| Page::at(path))) == Some(way.page)).then_some("page");
    let counts = use_counts();
    let count = move || {
        let new = counts.get().filter(|_| counted).map(|counts| counts.new).filter(|new| *new > 0)?;
        let shown = if new > 99 { "99+".to_owned() } else { new.to_string() };
        Some(view! {
            <span class="count" aria-hidden="true">{shown}</span>
            <span class="sr">{words::nav::new_count(lang(), new)}</span>
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
fn Rail() -> impl IntoView {
    view! {
        <nav class="rail" aria-label=t(words::nav::main)>
            <a class="mark-home" href=Page::Leads.href() aria-label=t(words::nav::home)>
                <Mark />
            </a>
            <WayLink way=LEADS counted=true />
            <WayLink way=NEW_LEAD class="new" />
            <span class="rest"></span>
            <WayLink way=ACCOUNT />
        </nav>
    }
}

#[component]
fn BottomBar() -> impl IntoView {
    view! {
        <nav class="bottombar" aria-label=t(words::nav::main)>
            <WayLink way=LEADS counted=true />
            <WayLink way=NEW_LEAD class="new" />
            <WayLink way=ACCOUNT />
        </nav>
    }
}
