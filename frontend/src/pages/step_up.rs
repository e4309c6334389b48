//! 本人の確認: what is sensitive asks again who is there, and then goes on.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::auth::StepUp;

use crate::api::{ApiError, PasskeyError, use_api};
use crate::editor::focus;
use crate::errors::FieldErrors;
use crate::messages;
use crate::pages::factor::CodeField;
use crate::passkey;
use crate::session::Session;
use crate::ui::button::{Button, Kind};
use crate::ui::failure::FailureNotice;
use crate::ui::icon::Icon;
use crate::ui::notice::{Notice, Tone};
use crate::ui::password::{PasswordField, Which};
use crate::words::{self, lang, t};

/// The server's names of the fields, and what tells them from those of the page underneath.
const PASSWORD: &str = "current_password";
const PASSWORD_HERE: &str = "proof_password";
const CODE: &str = "code";
const CODE_HERE: &str = "proof_code";

/// The inside of the dialog.
#[component]
pub fn StepUpSheet() -> impl IntoView {
    let (api, session) = (use_api(), expect_context::<RwSignal<Session>>());
    let factors = session.with_untracked(Session::second_factor);
    let coded = factors.authenticator || factors.passkey;
    let (password, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (errors, declined) = (RwSignal::new(FieldErrors::default()), RwSignal::new(false));
    let show = move |broken: FieldErrors| {
        let first =
            broken.first(&[PASSWORD, CODE]).map(|field| if field == PASSWORD { PASSWORD_HERE } else { CODE_HERE });
        let _ = errors.try_set(broken);
        if let Some(first) = first {
            spawn_local(focus(first.to_owned()));
        }
    };
    let prove = Action::new_local(move |proof: &Option<StepUp>| {
        let proof = proof.clone();
        declined.set(false);
        async move {
            let answered = match proof {
                Some(proof) => api.step_up(proof).await,
                None => match api.step_up_by_passkey().await {
                    Err(PasskeyError::Declined) => {
                        let _ = declined.try_set(true);
                        Ok(())
                    }
                    Err(PasskeyError::Api(error)) => Err(error),
                    Ok(()) => Ok(()),
                },
            };
            if let Err(error) = &answered {
                show(error.fields().iter().cloned().collect());
            }
            answered
        }
    });
    spawn_local(focus(PASSWORD_HERE.to_owned()));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (password, code) = (password.get_untracked(), code.get_untracked().trim().to_owned());
        let mut broken = FieldErrors::default();
        if password.is_empty() {
            broken.add_code(PASSWORD, "required");
        }
        if coded && code.is_empty() {
            broken.add_code(CODE, "required");
        }
        let complete = broken.is_empty();
        show(broken);
        if complete {
            // A code on paper is longer than the six digits of an app.
            let (code, recovery_code) = if code.chars().count() > 8 { (None, Some(code)) } else { (Some(code), None) };
            let shown = StepUp { current_password: Some(password), ..StepUp::default() };
            let shown = if coded { StepUp { code, recovery_code, ..shown } } else { shown };
            prove.dispatch_local(Some(shown));
        }
    };
    let error_of = move |field: &'static str| {
        Signal::derive(move || {
            errors.with(|errors| {
                let broken = errors.of(field).or_else(|| errors.of("recovery_code").filter(|_| field == CODE));
                broken.map(|broken| messages::field(broken, lang()))
            })
        })
    };
    // What stands at a field is not said twice.
    let failure = move || {
        if declined.get() {
            let said = view! { <p role="alert">{t(words::factor::declined)}</p> };
            return Some(view! { <Notice icon=Icon::Alert tone=Tone::Danger>{said}</Notice> }.into_any());
        }
        let error: ApiError = prove.value().get().and_then(Result::err).filter(|_| !prove.pending().get())?;
        let failure = Signal::stored(error.clone().into());
        let elsewhere = error.fields().iter().all(|broken| broken.field == "passkey");
        elsewhere.then(|| view! { <FailureNotice failure title=words::proof::failed /> }.into_any())
    };
    let by_passkey = (factors.passkey && passkey::are_known()).then(|| {
        let on_click = Callback::new(move |()| {
            prove.dispatch_local(None);
        });
        view! {
            <Button kind=Kind::Secondary icon=Icon::Lock busy=prove.pending() on_click>
                {t(words::factor::by_passkey)}
            </Button>
        }
    });
    let cancel = Callback::new(move |()| api.proof.open.set(false));
    view! {
        <form class="dialog-form" novalidate on:submit=send>
            <div class="dialog-body">
                <p>{t(words::proof::why)}</p>
                {failure}
                {by_passkey}
                <PasswordField
                    name=PASSWORD_HERE
                    label=Signal::derive(move || words::password::current(lang()).to_owned())
                    which=Which::Current
                    value=password
                    error=error_of(PASSWORD)
                />
                {coded.then(|| view! { <CodeField name=CODE_HERE value=code error=error_of(CODE) /> })}
            </div>
            <footer>
                <Button kind=Kind::Quiet on_click=cancel>{t(words::proof::cancel)}</Button>
                <Button kind=Kind::Primary role="submit" busy=prove.pending()>{t(words::proof::go_on)}</Button>
            </footer>
        </form>
    }
}
