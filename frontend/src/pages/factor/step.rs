//! After the password: a code, a code on paper, or a passkey.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::second_factors::{SecondFactor, SecondFactorWanted};
use serde_json::Value;

use super::CodeField;
use crate::api::{ApiError, use_api};
use crate::editor::focus;
use crate::passkey;
use crate::ui::button::{Button, Kind, Size};
use crate::ui::failure::FailureNotice;
use crate::ui::field::{TextField, Typing};
use crate::ui::icon::Icon;
use crate::ui::notice::{Notice, Tone};
use crate::words::{self, lang, t};

const CODE: &str = "code";
const PAPER: Typing = Typing {
    kind: Some("text"),
    inputmode: None,
    autocomplete: Some("off"),
    enterkeyhint: Some("go"),
    placeholder: Some("XXXX-XXXX-XXXX-XXXX"),
};

#[component]
pub fn SecondStep(wanted: SecondFactorWanted, on_back: Callback<()>, on_done: Callback<()>) -> impl IntoView {
    let api = use_api();
    let SecondFactorWanted { challenge, authenticator, passkey: options, .. } = wanted;
    let challenge = StoredValue::new(challenge);
    let (typed, missing, declined) = (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(false));
    let on_paper = RwSignal::new(!authenticator && options.is_none());
    let pass = Action::new_local(move |answer: &SecondFactor| {
        let answer = answer.clone();
        async move {
            let passed = api.pass_second_factor(answer).await;
            match &passed {
                Ok(()) => on_done.run(()),
                Err(_) => {
                    let _ = typed.try_set(String::new());
                    focus(CODE.to_owned()).await;
                }
            }
            passed
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = typed.get_untracked();
        missing.set(text.trim().is_empty());
        if text.trim().is_empty() {
            spawn_local(focus(CODE.to_owned()));
            return;
        }
        let (code, recovery_code) = if on_paper.get_untracked() { (None, Some(text)) } else { (Some(text), None) };
        pass.dispatch_local(SecondFactor { challenge: challenge.get_value(), code, recovery_code, passkey: None });
    };
    let options = StoredValue::new(options.filter(|_| passkey::are_known()));
    let by_passkey = Callback::new(move |()| {
        let Some(options): Option<Value> = options.get_value() else { return };
        declined.set(false);
        spawn_local(async move {
            match passkey::ask(&options).await {
                Some(shown) => {
                    let answer = SecondFactor {
                        challenge: challenge.get_value(),
                        passkey: Some(shown),
                        ..SecondFactor::default()
                    };
                    pass.dispatch_local(answer);
                }
                None => {
                    let _ = declined.try_set(true);
                }
            }
        });
    });
    let refused = move || pass.value().get().and_then(Result::err).filter(|_| !pass.pending().get());
    let ended = Memo::new(move |_| refused().is_some_and(|error| error.code() == "auth.challenge"));
    let error = Signal::derive(move || {
        if missing.get() {
            return Some(words::field_problem::required(lang()).to_owned());
        }
        refused().filter(|error| error.code() == "auth.factor").map(|_| words::factor::wrong(lang()).to_owned())
    });
    let failure = move || {
        if declined.get() {
            let said = view! { <p role="alert">{t(words::factor::declined)}</p> };
            return Some(view! { <Notice icon=Icon::Alert tone=Tone::Danger>{said}</Notice> }.into_any());
        }
        let error: ApiError = refused().filter(|error| error.code() != "auth.factor")?;
        let failure = Signal::stored(error.into());
        Some(view! { <FailureNotice failure title=words::sign_in::failed /> }.into_any())
    };
    let field = move || {
        if on_paper.get() {
            let label = Signal::derive(move || words::factor::paper(lang()).to_owned());
            let on_type = Callback::new(move |text| typed.set(text));
            view! { <TextField name=CODE label value=typed on_type typing=PAPER error /> }.into_any()
        } else {
            view! { <CodeField name=CODE value=typed error /> }.into_any()
        }
    };
    let other = move |()| {
        typed.set(String::new());
        on_paper.update(|on_paper| *on_paper = !*on_paper);
        spawn_local(focus(CODE.to_owned()));
    };
    let takes_codes = move || authenticator || on_paper.get();
    let switch = move || if on_paper.get() { words::factor::by_app(lang()) } else { words::factor::by_paper(lang()) };
    if takes_codes() {
        spawn_local(focus(CODE.to_owned()));
    }
    view! {
        <form class="stack" novalidate on:submit=send>
            <p>{t(words::factor::step)}</p>
            {failure}
            {move || options.with_value(Option::is_some).then(|| view! {
                <Button kind=Kind::Secondary size=Size::Large icon=Icon::Lock busy=pass.pending() on_click=by_passkey>
                    {t(words::factor::by_passkey)}
                </Button>
            })}
            {move || (takes_codes() && !ended.get()).then(|| view! {
                {field()}
                <Button kind=Kind::Primary size=Size::Large role="submit" busy=pass.pending()>
                    {t(words::sign_in::submit)}
                </Button>
            })}
            <div class="line" data-wrap>
                {move || (authenticator || !on_paper.get()).then(|| view! {
                    <Button kind=Kind::Quiet on_click=Callback::new(other)>{switch}</Button>
                })}
                <Button kind=Kind::Quiet on_click=on_back>{t(words::factor::begin_again)}</Button>
            </div>
        </form>
    }
}
