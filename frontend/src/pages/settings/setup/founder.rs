//! The first step: who administrates here. The code stays in the address until it is used, so that a reload loses nothing.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use noren_api::setup::NewHouse;

use crate::api::{ApiError, use_api};
use crate::code::{grouped, in_address, is_whole};
use crate::editor::focus;
use crate::errors::FieldErrors;
use crate::messages;
use crate::routes::Page;
use crate::ui::button::{Button, Kind, LinkButton, Size};
use crate::ui::door::Door;
use crate::ui::failure::FailureNotice;
use crate::ui::field::{TextField, Typing};
use crate::ui::password::{PasswordField, Which};
use crate::ui::skeleton::Skeleton;
use crate::words::{self, Lang, lang, t};

const ORDER: [&str; 5] = ["code", "name", "kana", "mail", "password"];
const PLAIN: Typing =
    Typing { kind: Some("text"), inputmode: None, autocomplete: None, enterkeyhint: Some("next"), placeholder: None };

#[component]
pub fn Founder() -> impl IntoView {
    let api = use_api();
    let empty = LocalResource::new(move || api.is_empty_house());
    let body = move || match empty.get() {
        None => view! { <Skeleton lines=5 /> }.into_any(),
        Some(Ok(true)) => view! { <FounderForm /> }.into_any(),
        Some(Ok(false)) => view! {
            <p>{t(words::setup::over)}</p>
            <p><LinkButton href=Page::SignIn.href() kind=Kind::Primary>{t(words::join::to_sign_in)}</LinkButton></p>
        }
        .into_any(),
        Some(Err(error)) => {
            let retry = Callback::new(move |()| empty.refetch());
            view! { <FailureNotice failure=Signal::stored(error.into()) title=words::setup::not_loaded retry /> }
                .into_any()
        }
    };
    view! { <Door title=words::setup::title lead=words::setup::founder_lead>{body}</Door> }
}

#[component]
fn FounderForm() -> impl IntoView {
    let (api, navigate) = (use_api(), use_navigate());
    let texts = ORDER.map(|_| RwSignal::new(String::new()));
    let [code, .., password] = texts;
    code.set(grouped(&in_address().unwrap_or_default()));
    let errors = RwSignal::new(FieldErrors::default());
    let show = move |broken: FieldErrors| {
        if let Some(first) = broken.first(&ORDER) {
            spawn_local(focus(first.to_owned()));
        }
        errors.set(broken);
    };
    let begin = Action::new_local(move |new: &NewHouse| {
        let (new, navigate) = (new.clone(), navigate.clone());
        async move {
            let answered = api.set_up(new).await;
            match &answered {
                // The code is spent: it need not stand in the address.
                Ok(()) => {
                    navigate(&Page::Setup.href(), NavigateOptions { replace: true, ..NavigateOptions::default() });
                }
                Err(error) => show(error.fields().iter().cloned().collect()),
            }
            answered
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut broken = FieldErrors::default();
        for (field, text) in ORDER.into_iter().zip(texts) {
            if text.with_untracked(|text| text.trim().is_empty()) {
                broken.add_code(field, "required");
            }
        }
        if !code.with_untracked(|code| is_whole(code)) {
            broken.add_code("code", "setup.code");
        }
        let [code, name, kana, mail, password] = texts.map(|text| text.get_untracked());
        if broken.is_empty() {
            begin.dispatch_local(NewHouse { code, name, kana, mail, password });
        }
        show(broken);
    };
    let error = move |field: &'static str| {
        Signal::derive(move || {
            errors.with(|errors| {
                let broken = errors.of(field)?;
                let own: Option<fn(Lang) -> &'static str> =
                    (broken.code == "required").then_some(words::field_problem::required);
                Some(own.map_or_else(|| messages::field(broken, lang()), |say| say(lang()).to_owned()))
            })
        })
    };
    // What stands at the fields is not said twice.
    let failure = move || {
        let error: ApiError = begin.value().get().and_then(Result::err).filter(|_| !begin.pending().get())?;
        error.fields().is_empty().then(|| {
            view! { <FailureNotice failure=Signal::stored(error.into()) title=words::setup::not_begun /> }
        })
    };
    let field =
        move |at: usize, label: fn(Lang) -> &'static str, hint: Option<fn(Lang) -> &'static str>, typing: Typing| {
            view! {
                <TextField
                    name=ORDER[at]
                    label=Signal::derive(move || label(lang()).to_owned())
                    value=texts[at]
                    on_type=Callback::new(move |text| texts[at].set(text))
                    typing
                    hint=Signal::derive(move || Some(hint?(lang()).to_owned()))
                    error=error(ORDER[at])
                />
            }
        };
    view! {
        <form class="stack" action=Page::Setup.href() method="post" novalidate on:submit=send>
            {failure}
            {field(0, words::setup::code, Some(words::setup::code_hint), Typing { autocomplete: Some("off"), ..PLAIN })}
            {field(1, words::setup::name, None, Typing { autocomplete: Some("name"), ..PLAIN })}
            {field(2, words::field::kana, None, PLAIN)}
            {field(3, words::setup::mail, Some(words::setup::mail_hint),
                Typing { inputmode: Some("email"), autocomplete: Some("username"), ..PLAIN })}
            <PasswordField
                name=ORDER[4]
                label=Signal::derive(move || words::sign_in::password(lang()).to_owned())
                which=Which::New
                value=password
                hint=Signal::derive(move || Some(words::password::new_hint(lang()).to_owned()))
                error=error(ORDER[4])
            />
            <Button kind=Kind::Primary size=Size::Large role="submit" busy=begin.pending()>{t(words::setup::begin)}</Button>
        </form>
    }
}
