//! サインイン中の端末: where I am signed in, and the end of it from here.

use leptos::prelude::*;
use noren_api::auth::SessionInfo;

use crate::agent;
use crate::api::{ApiError, use_api};
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, Kind};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::dialog::Dialog;
use crate::ui::failure::FailureNotice;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::SkeletonRows;
use crate::ui::toast::use_toasts;
use crate::words::{self, lang, lang_untracked, t};

type Sessions = LocalResource<Result<Vec<SessionInfo>, ApiError>>;

#[component]
pub fn SessionsCard(
    /// With each of them the list is read anew.
    #[prop(into)]
    turn: Signal<u32>,
) -> impl IntoView {
    let api = use_api();
    let resource: Sessions = LocalResource::new(move || {
        turn.track();
        api.list_sessions()
    });
    let body = move |Loaded { value, failure }: Loaded<Vec<SessionInfo>>| {
        let old = move || {
            failure.get().map(|failure| {
                view! { <FailureNotice failure=Signal::stored(failure) title=words::sessions::not_loaded /> }
            })
        };
        let some_elsewhere = Memo::new(move |_| value.with(|sessions| sessions.iter().any(|session| !session.current)));
        view! {
            {old}
            <ul class="sessions">
                <For each=move || value.get() key=|session| (session.id, session.last_seen_at) let:session>
                    <Row session resource />
                </For>
            </ul>
            {move || some_elsewhere.get().then(|| view! { <EndOthers resource /> })}
        }
        .into_any()
    };
    view! {
        <section class="card">
            <header><h2 class="as-card">{t(words::sessions::title)}</h2></header>
            <div class="body stack">
                <Load resource failed=words::sessions::not_loaded skeleton=|| view! { <SkeletonRows rows=2 /> } view=body />
            </div>
        </section>
    }
}

#[component]
fn Row(session: SessionInfo, resource: Sessions) -> impl IntoView {
    let SessionInfo { id, current, device, created_at, last_seen_at, .. } = session;
    let (api, toasts) = (use_api(), use_toasts());
    let end = Action::new_local(move |(): &()| async move {
        api.end_session(id).await?;
        toasts.say(words::sessions::ended(lang_untracked()));
        resource.refetch();
        Ok::<(), ApiError>(())
    });
    let called = move || {
        agent::called(&device, words::common::dot(lang()))
            .unwrap_or_else(|| words::sessions::unknown_device(lang()).to_owned())
    };
    let at = move |at| date::near(at, use_ticker().get_untracked(), lang());
    let seen = move || words::sessions::seen(lang(), at(last_seen_at));
    let since = move || words::sessions::since(lang(), at(created_at));
    let way = move || {
        if current {
            return view! { <Badge tone=Tone::Ok>{t(words::sessions::here)}</Badge> }.into_any();
        }
        let on_click = Callback::new(move |()| {
            end.dispatch_local(());
        });
        view! { <Button kind=Kind::Secondary busy=end.pending() on_click>{t(words::sessions::end)}</Button> }.into_any()
    };
    view! {
        <li>
            <div class="line">
                <span class="session">
                    <b>{called}</b>
                    <span class="t-meta t-2">{seen}</span>
                    <span class="t-meta t-3">{since}</span>
                </span>
                <span class="push"></span>
                {way}
            </div>
            {failure_of(end)}
        </li>
    }
}

/// The one way that reaches every other device, asked first.
#[component]
fn EndOthers(resource: Sessions) -> impl IntoView {
    let (api, toasts, asking) = (use_api(), use_toasts(), RwSignal::new(false));
    let end = Action::new_local(move |(): &()| async move {
        api.end_other_sessions().await?;
        toasts.say(words::sessions::others_ended(lang_untracked()));
        resource.refetch();
        Ok::<(), ApiError>(())
    });
    let go = Callback::new(move |()| {
        asking.set(false);
        end.dispatch_local(());
    });
    view! {
        {failure_of(end)}
        <p>
            <Button kind=Kind::Secondary busy=end.pending() on_click=Callback::new(move |()| asking.set(true))>
                {t(words::sessions::end_others)}
            </Button>
        </p>
        <Dialog open=asking title=Signal::derive(move || words::sessions::ask_others(lang()).to_owned())>
            <div class="dialog-body">
                <p>{t(words::sessions::others_what)}</p>
            </div>
            <footer>
                <Button kind=Kind::Quiet on_click=Callback::new(move |()| asking.set(false))>{t(words::common::cancel)}</Button>
                <Button kind=Kind::Primary on_click=go>{t(words::sessions::end_others)}</Button>
            </footer>
        </Dialog>
    }
}

fn failure_of(end: Action<(), Result<(), ApiError>>) -> impl Fn() -> Option<AnyView> + Send {
    move || {
        let error = end.value().get().and_then(Result::err).filter(|_| !end.pending().get())?;
        let failure = Signal::stored(error.into());
        Some(view! { <FailureNotice failure title=words::sessions::not_ended /> }.into_any())
    }
}
