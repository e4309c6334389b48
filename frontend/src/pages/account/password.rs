//! パスワード: a new one, by whoever knows the present one.

use leptos::prelude::*;
use noren_api::auth::PasswordChange;

use crate::api::use_api;
use crate::errors::FieldErrors;
use crate::small_form::{self, SmallForm};
use crate::ui::button::{Button, Kind};
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
    let form = SmallForm::of(&[(CURRENT, CURRENT), (NEW, NEW)]);
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
                Err(error) => form.refused(error),
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
        if form.show(broken) {
            save.dispatch_local(change);
        }
    };
    view! {
        <section class="card">
            <header><h2 class="as-card">{t(words::password::title)}</h2></header>
            <form class="body stack" novalidate on:submit=send>
                {small_form::failure(save, words::password::not_changed)}
                <PasswordField
                    name=CURRENT
                    label=Signal::derive(move || words::password::current(lang()).to_owned())
                    which=Which::Current
                    value=current
                    error=form.error_of(CURRENT)
                />
                <PasswordField
                    name=NEW
                    label=Signal::derive(move || words::password::new(lang()).to_owned())
                    which=Which::New
                    value=new
                    hint=Signal::derive(move || Some(words::password::new_hint(lang()).to_owned()))
                    error=form.error_of(NEW)
                />
                <p>
                    <Button kind=Kind::Secondary role="submit" busy=save.pending()>{t(words::password::change)}</Button>
                </p>
            </form>
        </section>
    }
}
