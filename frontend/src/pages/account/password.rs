//! パスワード: a new one, by whoever knows the present one.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::auth::PasswordChange;

use crate::api::{ApiError, use_api};
use crate::editor::focus;
use crate::errors::FieldErrors;
use crate::messages;
use crate::ui::button::{Button, Kind};
use crate::ui::failure::FailureNotice;
use crate::ui::password::{PasswordField, Which};
use crate::ui::toast::use_toasts;
use crate::words::{self, lang, lang_untracked, t};

const CURRENT: &str = "current_password";
const NEW: &str = "new_password";

#[component]
pub fn PasswordCard(
    /// The other sessions have ended with the old password.
    on_changed: Callback<()>,
) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let errors = RwSignal::new(FieldErrors::default());
    let show = move |broken: FieldErrors| {
        let first = broken.first(&[CURRENT, NEW]).map(str::to_owned);
        errors.set(broken);
        if let Some(first) = first {
            spawn_local(focus(first));
        }
    };
    let save = Action::new_local(move |change: &PasswordChange| {
        let change = change.clone();
        async move {
            let answered = api.change_password(change).await;
            match &answered {
                Ok(()) => {
                    current.set(String::new());
                    new.set(String::new());
                    toasts.say(words::password::changed(lang_untracked()));
                    on_changed.run(());
                }
                Err(error) => show(error.fields().iter().cloned().collect()),
            }
            answered
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let change = PasswordChange { current_password: current.get_untracked(), new_password: new.get_untracked() };
        let mut broken = FieldErrors::default();
        for (field, text) in [(CURRENT, &change.current_password), (NEW, &change.new_password)] {
            if text.is_empty() {
                broken.add_code(field, "required");
            }
        }
        let complete = broken.is_empty();
        show(broken);
        if complete {
            save.dispatch_local(change);
        }
    };
    let error_of = move |field: &'static str| {
        Signal::derive(move || errors.with(|errors| errors.of(field).map(|broken| messages::field(broken, lang()))))
    };
    // What stands at a field is not said twice.
    let failure = move || {
        let error: ApiError = save.value().get().and_then(Result::err).filter(|_| !save.pending().get())?;
        error.fields().is_empty().then(|| {
            view! { <FailureNotice failure=Signal::stored(error.into()) title=words::password::not_changed /> }
        })
    };
    view! {
        <section class="card">
            <header><h2 class="as-card">{t(words::password::title)}</h2></header>
            <form class="body stack" novalidate on:submit=send>
                {failure}
                <PasswordField
                    name=CURRENT
                    label=Signal::derive(move || words::password::current(lang()).to_owned())
                    which=Which::Current
                    value=current
                    error=error_of(CURRENT)
                />
                <PasswordField
                    name=NEW
                    label=Signal::derive(move || words::password::new(lang()).to_owned())
                    which=Which::New
                    value=new
                    hint=Signal::derive(move || Some(words::password::new_hint(lang()).to_owned()))
                    error=error_of(NEW)
                />
                <p>
                    <Button kind=Kind::Secondary role="submit" busy=save.pending()>{t(words::password::change)}</Button>
                </p>
            </form>
        </section>
    }
}
