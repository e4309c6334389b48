//! A sign-in by a passkey alone: it begins at once, and says so when it did not work.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{PasskeyError, use_api};
use crate::ui::button::{Button, Kind, Size};
use crate::ui::failure::FailureNotice;
use crate::ui::icon::Icon;
use crate::ui::notice::{Notice, Tone};
use crate::words::{self, t};

#[component]
pub fn PasskeyEntry(on_back: Callback<()>) -> impl IntoView {
    let (api, busy, failed) = (use_api(), RwSignal::new(false), RwSignal::new(None));
    let begin = Callback::new(move |()| {
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            // Once it is open, the app goes on and this page is gone.
            let Err(error) = api.sign_in_by_passkey().await else { return };
            let _ = busy.try_set(false);
            let error = match error {
                PasskeyError::Declined => None,
                PasskeyError::Api(error) => Some(error),
            };
            let _ = failed.try_set(Some(error));
        });
    });
    begin.run(());
    let said = move || {
        match failed.get()? {
        None => Some(
            view! { <Notice icon=Icon::Alert tone=Tone::Danger><p role="alert">{t(words::factor::declined)}</p></Notice> }
                .into_any(),
        ),
        Some(error) => Some(
            view! { <FailureNotice failure=Signal::stored(error.into()) title=words::sign_in::failed /> }.into_any(),
        ),
    }
    };
    view! {
        <div class="stack">
            {said}
            <p role="status">{t(words::factor::asking)}</p>
            <Button kind=Kind::Primary size=Size::Large icon=Icon::Lock busy on_click=begin>
                {t(words::factor::by_passkey)}
            </Button>
            <p><Button kind=Kind::Quiet on_click=on_back>{t(words::factor::begin_again)}</Button></p>
        </div>
    }
}
