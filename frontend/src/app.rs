//! The frame of the app: router, session gate and toasts.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::components::{ProtectedParentRoute, Redirect, Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::path;

use crate::api::{Api, TURNED, use_api};
use crate::boot;
use crate::live::Live;
use crate::pages::account::Account;
use crate::pages::customer_view::{ChosenCars, TurnedShell};
use crate::pages::customers::Customers;
use crate::pages::factor::EnrolPage;
use crate::pages::holds::MyHoldsPage;
use crate::pages::join::JoinPage;
use crate::pages::leads::LeadRoutes;
use crate::pages::mentions::Mentions;
use crate::pages::not_found::NotFound;
use crate::pages::recover::RecoverPage;
use crate::pages::settings::{
    About, AccessEvents, AccessRecording, ApiClient, ApiClients, Audit, AuditVerifications, CompanySettings,
    EditApiClient, EditPerson, ExternalSystems, ExtremeColumns, ExtremeFile, ExtremeLink, FormSettings, Forms,
    LeadSources, NewApiClient, NewForm, NewPerson, NewStore, Outbox, Person, Settings, Setup, Staff, StoreSettings,
    Stores, Tags,
};
use crate::pages::sign_in::SignIn;
use crate::pages::step_up::StepUpSheet;
use crate::pages::stock::Stock;
use crate::pages::submissions::Submissions;
use crate::queue::Queue;
use crate::routes::Page;
use crate::session::{Session, resume};
use crate::shell::Shell;
use crate::ui::clock::Ticker;
use crate::ui::dialog::Dialog;
use crate::ui::effect::effect;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::{IconSprite, Mark};
use crate::ui::later::{Draw, Later};
use crate::ui::skeleton::Skeleton;
use crate::ui::theme::Theme;
use crate::ui::toast::{ToastTray, Toasts, use_toasts};
use crate::words::{self, lang, lang_untracked, speak};

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
    provide_context(Live::start(api, session));
    provide_context(Queue::start(api, session));
    spawn_local(resume(api, session));
    boot::ask(boot::KEEP);
    view! {
        <IconSprite />
        <Router>
            <AppRoutes session />
        </Router>
        <Proof />
        <ToastTray />
    }
}

/// Above every page: what is sensitive asks again who is there.
#[component]
fn Proof() -> impl IntoView {
    #[wasm_split(door, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn step_up() -> Result<Draw, SplitLoaderError> {
        Ok(|| StepUpSheet().into_any())
    }
    let open = use_api().proof.open;
    view! {
        <Dialog open title=Signal::derive(move || words::proof::title(lang()).to_owned())>
            <Later code=|| Box::pin(step_up()) />
        </Dialog>
    }
}

#[component]
fn AppRoutes(session: RwSignal<Session>) -> impl IntoView {
    // What else changes about the session, such as its id, draws no page anew: somebody may be typing there.
    let signed_in = Memo::new(move |_| match session.get() {
        Session::Unknown | Session::Unreachable(_) => None,
        Session::Out => Some(false),
        Session::In(_) | Session::Enrolling(_) => Some(true),
    });
    let signed_in = move || signed_in.get();
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
    effect(move || {
        location.pathname.track();
        toasts.page_changed();
    });
    view! {
        <Routes fallback=|| view! { <NotFound /> }>
            <Route path=path!("/sign-in") view=SignIn />
            <Route path=path!("/join") view=Join />
            <Route path=path!("/recover") view=Recover />
            <Route path=path!("/setup") view=FirstRun />
            <ProtectedParentRoute path=path!("") view=Inside condition=signed_in redirect_path=sign_in fallback=Waiting>
                <Route path=path!("/") view=|| view! { <Redirect path=Page::Leads.href() /> } />
                <LeadRoutes />
                <Route path=path!("/stock/:number?") view=StockPages />
                <Route path=path!("/chosen-cars") view=ChosenCarsPage />
                <Route path=path!("/holds") view=HoldsPage />
                <Route path=path!("/customers/:code?") view=CustomersPage />
                <Route path=path!("/mentions") view=MentionsPage />
                <Route path=path!("/account") view=AccountPage />
                <Route path=path!("/submissions") view=Submissions />
                <Route path=path!("/settings") view=Settings />
                <Route path=path!("/settings/company") view=CompanySettings />
                <Route path=path!("/settings/forms") view=Forms />
                <Route path=path!("/settings/forms/new") view=NewForm />
                <Route path=path!("/settings/forms/:id") view=FormSettings />
                <Route path=path!("/settings/audit") view=Audit />
                <Route path=path!("/settings/audit/access") view=AccessEvents />
                <Route path=path!("/settings/audit/recording") view=AccessRecording />
                <Route path=path!("/settings/audit/verification") view=AuditVerifications />
                <Route path=path!("/settings/lead-sources") view=LeadSources />
                <Route path=path!("/settings/tags") view=Tags />
                <Route path=path!("/settings/external-systems") view=ExternalSystems />
                <Route path=path!("/settings/about") view=About />
                <Route path=path!("/settings/stores") view=Stores />
                <Route path=path!("/settings/stores/new") view=NewStore />
                <Route path=path!("/settings/stores/:id") view=StoreSettings />
                <Route path=path!("/settings/staff") view=Staff />
                <Route path=path!("/settings/staff/new") view=NewPerson />
                <Route path=path!("/settings/staff/:id") view=Person />
                <Route path=path!("/settings/staff/:id/edit") view=EditPerson />
                <Route path=path!("/settings/outbox") view=Outbox />
                <Route path=path!("/settings/extreme") view=ExtremeLink />
                <Route path=path!("/settings/extreme/files/:id") view=ExtremeFile />
                <Route path=path!("/settings/extreme/columns/:stream") view=ExtremeColumns />
                <Route path=path!("/settings/api-clients") view=ApiClients />
                <Route path=path!("/settings/api-clients/new") view=NewApiClient />
                <Route path=path!("/settings/api-clients/:id") view=ApiClient />
                <Route path=path!("/settings/api-clients/:id/edit") view=EditApiClient />
                // Inside, so that the way on is at hand, and so that nobody learns without signing in what there is.
                <Route path=path!("/*any") view=NotFound />
            </ProtectedParentRoute>
        </Routes>
    }
}

/// What stands around the pages. Another frame is begun anew, with nothing of what the one before it knew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Frame {
    #[default]
    App,
    /// A customer looks.
    Turned,
    /// A second factor is still asked of the person.
    Enrolling,
}

/// The app; or the curtain; or, of whom a second factor is required, how to set one up.
#[component]
fn Inside() -> impl IntoView {
    let frame = frame();
    follow_other_tabs();
    move || match frame.get() {
        Frame::App => view! { <Shell /> }.into_any(),
        Frame::Turned => view! { <Turned /> }.into_any(),
        Frame::Enrolling => view! { <Enrol /> }.into_any(),
    }
}

/// The first run, which a second factor may be a step of.
#[component]
fn FirstRun() -> impl IntoView {
    let frame = frame();
    move || match frame.get() {
        Frame::Enrolling => view! { <Enrol /> }.into_any(),
        Frame::App | Frame::Turned => view! { <Setup /> }.into_any(),
    }
}

/// Whoever signs out is led away from where they were.
fn frame() -> Memo<Frame> {
    let session = expect_context::<RwSignal<Session>>();
    Memo::new(move |before: Option<&Frame>| {
        session.with(|session| match session {
            Session::Enrolling(_) => Frame::Enrolling,
            Session::In(me) if me.customer_view.is_some() => Frame::Turned,
            Session::In(_) => Frame::App,
            _ => before.copied().unwrap_or_default(),
        })
    })
}

/// The screen is turned for the whole session: what one tab does the others see by what it keeps on the device.
fn follow_other_tabs() {
    let api = use_api();
    let turned = window_event_listener(leptos::ev::storage, move |event| {
        if event.key().as_deref() == Some(TURNED) {
            spawn_local(api.look_again());
        }
    });
    on_cleanup(move || turned.remove());
}

#[component]
fn Turned() -> impl IntoView {
    #[wasm_split(turned, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn turned() -> Result<Draw, SplitLoaderError> {
        Ok(|| TurnedShell().into_any())
    }
    view! { <Later code=|| Box::pin(turned()) /> }
}

#[component]
fn ChosenCarsPage() -> impl IntoView {
    #[wasm_split(turned, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn chosen_cars() -> Result<Draw, SplitLoaderError> {
        Ok(|| ChosenCars().into_any())
    }
    view! { <Later code=|| Box::pin(chosen_cars()) /> }
}

#[component]
fn Enrol() -> impl IntoView {
    #[wasm_split(door, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn enrol() -> Result<Draw, SplitLoaderError> {
        Ok(|| EnrolPage().into_any())
    }
    view! { <Later code=|| Box::pin(enrol()) /> }
}

#[component]
fn AccountPage() -> impl IntoView {
    #[wasm_split(account, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn account() -> Result<Draw, SplitLoaderError> {
        Ok(|| Account().into_any())
    }
    view! { <Later code=|| Box::pin(account()) /> }
}

#[component]
fn Join() -> impl IntoView {
    #[wasm_split(door, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn join() -> Result<Draw, SplitLoaderError> {
        Ok(|| JoinPage().into_any())
    }
    view! { <Later code=|| Box::pin(join()) /> }
}

#[component]
fn Recover() -> impl IntoView {
    #[wasm_split(door, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn recover() -> Result<Draw, SplitLoaderError> {
        Ok(|| RecoverPage().into_any())
    }
    view! { <Later code=|| Box::pin(recover()) /> }
}

#[component]
fn MentionsPage() -> impl IntoView {
    #[wasm_split(mentions, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn mentions() -> Result<Draw, SplitLoaderError> {
        Ok(|| Mentions().into_any())
    }
    view! { <Later code=|| Box::pin(mentions()) /> }
}

#[component]
fn StockPages() -> impl IntoView {
    #[wasm_split(stock, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn stock() -> Result<Draw, SplitLoaderError> {
        Ok(|| Stock().into_any())
    }
    view! { <Later code=|| Box::pin(stock()) /> }
}

#[component]
fn HoldsPage() -> impl IntoView {
    #[wasm_split(holds, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn holds() -> Result<Draw, SplitLoaderError> {
        Ok(|| MyHoldsPage().into_any())
    }
    view! { <Later code=|| Box::pin(holds()) /> }
}

#[component]
fn CustomersPage() -> impl IntoView {
    #[wasm_split(customers, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn customers() -> Result<Draw, SplitLoaderError> {
        Ok(|| Customers().into_any())
    }
    view! { <Later code=|| Box::pin(customers()) /> }
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
    // Whoever began without a network goes on when it is back.
    let online = window_event_listener_untyped("online", move |_| {
        // The router may keep this alive behind the app, which must not begin anew by itself.
        if session.with_untracked(|session| matches!(session, Session::Unreachable(_))) {
            retry.run(());
        }
    });
    on_cleanup(move || online.remove());
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
