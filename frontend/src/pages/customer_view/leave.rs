//! The way out: the PIN of whoever turned the screen, or the password of who has none.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_location, use_navigate};
use noren_api::customer_view::TurnBack;

use crate::api::{ApiError, use_api};
use crate::pages::turns::PinPad;
use crate::routes::Page;
use crate::session::Session;
use crate::ui::button::{Button, Kind};
use crate::ui::failure::FailureNotice;
use crate::ui::icon::Icon;
use crate::ui::notice::{Notice, Tone};
use crate::ui::password::{PasswordField, Which};
use crate::ui::toast::use_toasts;
use crate::words::{self, lang, t};

/// What is typed, and its way to the server. `Copy`.
#[derive(Clone, Copy)]
struct Try {
    typed: RwSignal<String>,
    busy: RwSignal<bool>,
    send: Callback<TurnBack>,
}

#[component]
pub fn Leave() -> impl IntoView {
    let (api, session, toasts) = (use_api(), expect_context::<RwSignal<Session>>(), use_toasts());
    let (location, navigate) = (use_location(), use_navigate());
    let (typed, busy, refused) = (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(None::<ApiError>));
    let lead = session.with_untracked(|session| session.turned().and_then(|view| view.lead_id));
    let send = Callback::new(move |proof: TurnBack| {
        let navigate = navigate.clone();
        let back = lead.filter(|_| Page::at(&location.pathname.get_untracked()) == Some(Page::ChosenCars));
        busy.set(true);
        spawn_local(async move {
            match api.turn_back(proof).await {
                // This frame is gone by then. Whoever looked at the chosen cars is back at whose they are.
                Ok(()) => {
                    toasts.clear();
                    if let Some(lead) = back {
                        navigate(&Page::Lead(lead).href(), leptos_router::NavigateOptions::default());
                    }
                }
                Err(error) => {
                    let _ = typed.try_set(String::new());
                    let _ = refused.try_set(Some(error));
                    let _ = busy.try_set(false);
                }
            }
        });
    });
    let of = Try { typed, busy, send };
    let has_pin = session.with_untracked(Session::has_pin);
    let said = move || {
        let error: ApiError = refused.get()?;
        if error.fields().is_empty() {
            return Some(
                view! { <FailureNotice failure=Signal::stored(error.into()) title=words::customer_view::not_left /> }
                    .into_any(),
            );
        }
        let wrong = if has_pin { words::turns::wrong } else { words::field_problem::password_wrong };
        Some(view! { <Notice icon=Icon::Alert tone=Tone::Danger><p role="alert">{t(wrong)}</p></Notice> }.into_any())
    };
    view! {
        <div class="dialog-body stack leave-view">
            {said}
            {if has_pin { view! { <ByPin of /> }.into_any() } else { view! { <ByPassword of /> }.into_any() }}
        </div>
    }
}

#[component]
fn ByPin(of: Try) -> impl IntoView {
    let session = expect_context::<RwSignal<Session>>();
    let name = session.with_untracked(|session| session.me().map(|me| me.name.clone())).unwrap_or_default();
    let full = Callback::new(move |()| {
        of.send.run(TurnBack { pin: Some(of.typed.get_untracked()), current_password: None });
    });
    view! { <PinPad name typed=of.typed busy=of.busy on_full=full /> }
}

#[component]
fn ByPassword(of: Try) -> impl IntoView {
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !of.typed.with_untracked(String::is_empty) {
            of.send.run(TurnBack { pin: None, current_password: Some(of.typed.get_untracked()) });
        }
    };
    view! {
        <form class="stack" novalidate on:submit=send>
            <p class="t-2">{t(words::customer_view::by_password)}</p>
            <PasswordField
                name="leave_password"
                label=Signal::derive(move || words::password::current(lang()).to_owned())
                which=Which::Current
                value=of.typed
                error=Signal::stored(None::<String>)
            />
            <p>
                <Button kind=Kind::Primary role="submit" busy=of.busy>{t(words::customer_view::leave)}</Button>
            </p>
        </form>
    }
}
