//! 本人の確認: what is sensitive asks again who is there, and then goes on.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::auth::StepUp;

use crate::api::{ApiError, use_api};
use crate::editor::focus;
use crate::messages;
use crate::ui::button::{Button, Kind};
use crate::ui::failure::FailureNotice;
use crate::ui::password::{PasswordField, Which};
use crate::words::{self, lang, t};

/// Told from the fields of the page underneath.
const PASSWORD: &str = "proof_password";

/// The inside of the dialog.
#[component]
pub fn StepUpSheet() -> impl IntoView {
    let api = use_api();
    let (password, missing) = (RwSignal::new(String::new()), RwSignal::new(false));
    let prove = Action::new_local(move |proof: &StepUp| {
        let proof = proof.clone();
        async move {
            let answered = api.step_up(proof).await;
            if answered.is_err() {
                focus(PASSWORD.to_owned()).await;
            }
            answered
        }
    });
    spawn_local(focus(PASSWORD.to_owned()));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let current_password = password.get_untracked();
        missing.set(current_password.is_empty());
        if current_password.is_empty() {
            spawn_local(focus(PASSWORD.to_owned()));
        } else {
            prove.dispatch_local(StepUp { current_password });
        }
    };
    let refused = move || prove.value().get().and_then(Result::err).filter(|_| !prove.pending().get());
    let error = Signal::derive(move || {
        if missing.get() {
            return Some(words::field_problem::required(lang()).to_owned());
        }
        refused()?.fields().first().map(|broken| messages::field(broken, lang()))
    });
    // What stands at the field is not said twice.
    let failure = move || {
        let error: ApiError = refused().filter(|error| error.fields().is_empty())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::proof::failed /> })
    };
    let cancel = Callback::new(move |()| api.proof.open.set(false));
    view! {
        <form class="dialog-form" novalidate on:submit=send>
            <div class="dialog-body">
                <p>{t(words::proof::why)}</p>
                {failure}
                <PasswordField
                    name=PASSWORD
                    label=Signal::derive(move || words::password::current(lang()).to_owned())
                    which=Which::Current
                    value=password
                    error
                />
            </div>
            <footer>
                <Button kind=Kind::Quiet on_click=cancel>{t(words::proof::cancel)}</Button>
                <Button kind=Kind::Primary role="submit" busy=prove.pending()>{t(words::proof::go_on)}</Button>
            </footer>
        </form>
    }
}
