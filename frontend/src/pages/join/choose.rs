//! The password of whom the invitation is for.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use noren_api::auth::{self, Invited};

use super::{Joining, Step};
use crate::api::{ApiError, use_api};
use crate::errors::FieldErrors;
use crate::routes::Page;
use crate::small_form::{self, SmallForm};
use crate::ui::button::{Button, Kind, Size};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::password::{PasswordField, Which};
use crate::ui::toast::use_toasts;
use crate::words::{self, lang, lang_untracked, t};

const FIELD: &str = "password";

#[component]
pub fn ChooseForm(joining: Joining, invited: Invited) -> impl IntoView {
    let (password, form) = (RwSignal::new(String::new()), SmallForm::of(&[(FIELD, FIELD)]));
    let join = joined(joining, invited.name.clone(), form);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut broken = FieldErrors::default();
        if password.with_untracked(String::is_empty) {
            broken.add_code(FIELD, "required");
        }
        if form.show(broken) {
            join.dispatch_local(password.get_untracked());
        }
    };
    let other = Callback::new(move |()| joining.begin_again());
    view! {
        <form class="stack" action=Page::Join.href() method="post" novalidate on:submit=send>
            {small_form::failure(join, words::join::not_joined)}
            <Whom invited />
            <PasswordField
                name=FIELD
                label=Signal::derive(move || words::password::new(lang()).to_owned())
                which=Which::New
                value=password
                hint=Signal::derive(move || Some(words::password::new_hint(lang()).to_owned()))
                error=form.error_of(FIELD)
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
    let until = move || {
        let at = date::near(expires_at, use_ticker().get_untracked(), lang());
        if joined { words::join::until_again(lang(), at) } else { words::join::until(lang(), at) }
    };
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
fn joined(joining: Joining, name: String, form: SmallForm) -> Action<String, Result<(), ApiError>> {
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
                    } else {
                        form.refused(error);
                    }
                }
            }
            answered.map(drop)
        }
    })
}
