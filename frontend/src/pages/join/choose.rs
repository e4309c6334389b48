//! The password of whom the invitation is for.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use noren_api::auth::{self, Invited};

use super::{Joining, Step};
use crate::api::{ApiError, use_api};
use crate::editor::focus;
use crate::errors::FieldErrors;
use crate::messages;
use crate::routes::Page;
use crate::ui::button::{Button, Kind, Size};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::failure::FailureNotice;
use crate::ui::password::{PasswordField, Which};
use crate::ui::toast::use_toasts;
use crate::words::{self, lang, lang_untracked, t};

const FIELD: &str = "password";

#[component]
pub fn ChooseForm(joining: Joining, invited: Invited) -> impl IntoView {
    let (password, errors) = (RwSignal::new(String::new()), RwSignal::new(FieldErrors::default()));
    let join = joined(joining, invited.name.clone(), errors);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut broken = FieldErrors::default();
        if password.with_untracked(String::is_empty) {
            broken.add_code(FIELD, "required");
            spawn_local(focus(FIELD.to_owned()));
        }
        let complete = broken.is_empty();
        errors.set(broken);
        if complete {
            join.dispatch_local(password.get_untracked());
        }
    };
    let error =
        Signal::derive(move || errors.with(|errors| errors.of(FIELD).map(|broken| messages::field(broken, lang()))));
    // What stands at the field is not said twice.
    let failure = move || {
        let error: ApiError = join.value().get().and_then(Result::err).filter(|_| !join.pending().get())?;
        error.fields().is_empty().then(|| {
            view! { <FailureNotice failure=Signal::stored(error.into()) title=words::join::not_joined /> }
        })
    };
    let other = Callback::new(move |()| joining.begin_again());
    view! {
        <form class="stack" action=Page::Join.href() method="post" novalidate on:submit=send>
            {failure}
            <Whom invited />
            <PasswordField
                name=FIELD
                label=Signal::derive(move || words::password::new(lang()).to_owned())
                which=Which::New
                value=password
                hint=Signal::derive(move || Some(words::password::new_hint(lang()).to_owned()))
                error
            />
            <Button kind=Kind::Primary size=Size::Large role="submit" busy=join.pending()>{t(words::join::join)}</Button>
            <p><Button kind=Kind::Quiet on_click=other>{t(words::join::other_code)}</Button></p>
        </form>
    }
}

/// Whom it is for. The address is a field that cannot be changed, so that the browser keeps the password under it.
#[component]
fn Whom(invited: Invited) -> impl IntoView {
    let Invited { name, mail, joined, expires_at } = invited;
    let what = if joined { words::join::again } else { words::join::choose };
    let until = move || words::join::until(lang(), date::near(expires_at, use_ticker().get_untracked(), lang()));
    view! {
        <div class="whom">
            <h2>{move || words::join::whom(lang(), &name)}</h2>
            <p>{t(what)}</p>
            <p class="t-meta t-2">{until}</p>
        </div>
        <div class="field">
            <span class="label-line"><label for="mail">{t(words::join::mail)}</label></span>
            <input id="mail" name="mail" class="input" type="text" autocomplete="username" readonly value=mail />
        </div>
    }
}

/// Joins, and leads to the leads.
fn joined(joining: Joining, name: String, errors: RwSignal<FieldErrors>) -> Action<String, Result<(), ApiError>> {
    let (api, toasts, navigate) = (use_api(), use_toasts(), use_navigate());
    Action::new_local(move |password: &String| {
        let new = auth::Joining { code: joining.code.get_untracked(), password: password.clone() };
        let (navigate, name) = (navigate.clone(), name.clone());
        joining.inside.set(true);
        async move {
            let answered = api.join(new).await;
            match &answered {
                Ok(Some(wanted)) => joining.step.set(Step::Second(wanted.clone())),
                Ok(None) => {
                    toasts.say(words::join::welcome(lang_untracked(), name));
                    navigate(&Page::Leads.href(), NavigateOptions { replace: true, ..NavigateOptions::default() });
                }
                Err(error) => {
                    joining.inside.set(false);
                    if error.status() == 410 {
                        joining.step.set(Step::Code(Some(error.clone())));
                    } else if !error.fields().is_empty() {
                        errors.set(error.fields().iter().cloned().collect());
                        spawn_local(focus(FIELD.to_owned()));
                    }
                }
            }
            answered.map(drop)
        }
    })
}
