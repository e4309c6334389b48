//! 画面ロックの PIN: set, changed and done without; and the lock itself, for a phone that has no rail.

use leptos::prelude::*;
use noren_api::auth::NewPin;
use noren_domain::pin;

use crate::api::{ApiError, use_api};
use crate::errors::FieldErrors;
use crate::session::Session;
use crate::small_form::{self, SmallForm};
use crate::ui::button::{Button, Kind};
use crate::ui::failure::FailureNotice;
use crate::ui::field::{TextField, Typing};
use crate::ui::icon::Icon;
use crate::ui::password::{PasswordField, Which};
use crate::ui::toast::use_toasts;
use crate::words::{self, lang, lang_untracked, t};

/// The server's name of the field, and what tells it from the same one of the password's card.
const PASSWORD: &str = "current_password";
const PASSWORD_HERE: &str = "pin_password";
const PIN: &str = "pin";

const TYPING: Typing = Typing {
    kind: Some("password"),
    inputmode: Some("numeric"),
    autocomplete: Some("off"),
    enterkeyhint: Some("done"),
    placeholder: None,
};

#[component]
pub fn PinCard(
    /// The other sessions have ended.
    on_changed: Callback<()>,
) -> impl IntoView {
    let session = expect_context::<RwSignal<Session>>();
    let has_pin = Memo::new(move |_| session.with(Session::has_pin));
    let locks = Memo::new(move |_| session.with(Session::locks));
    view! {
        <section class="card">
            <header><h2 class="as-card">{t(words::pin::title)}</h2></header>
            <div class="body stack">
                <p class="t-2">{t(words::pin::why)}</p>
                {move || locks.get().then(|| view! { <Lock has_pin /> })}
                <PinForm has_pin on_changed />
            </div>
        </section>
    }
}

#[component]
fn Lock(has_pin: Memo<bool>) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let lock = Action::new_local(move |(): &()| api.lock_screen());
    let remove = Action::new_local(move |(): &()| async move {
        let removed = api.remove_pin().await;
        if removed.is_ok() {
            toasts.say(words::pin::removed(lang_untracked()));
        }
        removed
    });
    let failure = move || {
        let failed = |action: Action<(), Result<(), ApiError>>| action.value().get().and_then(Result::err);
        let (error, title) = match (failed(lock), failed(remove)) {
            (Some(error), _) => (error, words::pin::not_locked as fn(_) -> _),
            (None, Some(error)) => (error, words::pin::failed as fn(_) -> _),
            (None, None) => return None,
        };
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title /> })
    };
    let on_lock = Callback::new(move |()| {
        lock.dispatch_local(());
    });
    let on_remove = Callback::new(move |()| {
        remove.dispatch_local(());
    });
    view! {
        {failure}
        <div class="line" data-wrap>
            <Button kind=Kind::Secondary icon=Icon::Lock busy=lock.pending() on_click=on_lock>{t(words::pin::lock)}</Button>
            {move || has_pin.get().then(|| view! {
                <Button kind=Kind::Quiet busy=remove.pending() on_click=on_remove>{t(words::pin::remove)}</Button>
            })}
        </div>
    }
}

#[component]
fn PinForm(has_pin: Memo<bool>, on_changed: Callback<()>) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let (password, typed) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let form = SmallForm::of(&[(PASSWORD, PASSWORD_HERE), (PIN, PIN)]);
    let save = Action::new_local(move |new: &NewPin| {
        let new = new.clone();
        async move {
            let answered = api.set_pin(new).await;
            match &answered {
                Ok(()) => {
                    password.set(String::new());
                    typed.set(String::new());
                    toasts.say(words::pin::is_set(lang_untracked()));
                    on_changed.run(());
                }
                Err(error) => form.refused(error),
            }
            answered
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = NewPin { current_password: password.get_untracked(), pin: typed.get_untracked() };
        if form.show(problems(&new)) {
            save.dispatch_local(new);
        }
    };
    view! {
        <form class="stack" novalidate on:submit=send>
            {small_form::failure(save, words::pin::failed)}
            <PasswordField
                name=PASSWORD_HERE
                label=Signal::derive(move || words::password::current(lang()).to_owned())
                which=Which::Current
                value=password
                error=form.error_of(PASSWORD)
            />
            <TextField
                name=PIN
                label=Signal::derive(move || words::pin::new(lang()).to_owned())
                value=typed
                on_type=Callback::new(move |text| typed.set(text))
                typing=TYPING
                hint=Signal::derive(move || Some(words::pin::hint(lang()).to_owned()))
                error=form.error_of(PIN)
            />
            <p>
                <Button kind=Kind::Secondary role="submit" busy=save.pending()>
                    {move || if has_pin.get() { words::pin::change(lang()) } else { words::pin::set(lang()) }}
                </Button>
            </p>
        </form>
    }
}

/// What is wrong before anything is sent, by the server's own rule.
fn problems(new: &NewPin) -> FieldErrors {
    let mut broken = FieldErrors::default();
    if new.current_password.is_empty() {
        broken.add_code(PASSWORD, "required");
    }
    if let Err(code) = pin::choose(&new.pin) {
        broken.add_code(PIN, code);
    }
    broken
}
