//! An authenticator app: the QR code that it reads, or the secret typed, and the first code.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::second_factors::{AuthenticatorOffer, AuthenticatorProof};

use super::CodeField;
use crate::api::{ApiError, Changed, use_api};
use crate::editor::focus;
use crate::messages;
use crate::ui::button::{Button, Kind, Size};
use crate::ui::copied::Copied;
use crate::ui::failure::FailureNotice;
use crate::words::{self, lang, t};

/// Told from the fields of the page underneath.
const CODE: &str = "authenticator_code";

#[component]
pub fn AppSheet(offer: AuthenticatorOffer, on_cancel: Callback<()>, on_changed: Callback<Changed>) -> impl IntoView {
    let api = use_api();
    let AuthenticatorOffer { challenge, secret, url, qr, .. } = offer;
    let (typed, missing) = (RwSignal::new(String::new()), RwSignal::new(false));
    let confirm = Action::new_local(move |code: &String| {
        let proof = AuthenticatorProof { challenge: challenge.clone(), code: code.clone() };
        async move {
            let confirmed = api.confirm_authenticator(proof).await;
            match confirmed {
                Ok(changed) => {
                    on_changed.run(changed);
                    Ok(())
                }
                Err(error) => {
                    focus(CODE.to_owned()).await;
                    Err(error)
                }
            }
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let code = typed.get_untracked();
        missing.set(code.trim().is_empty());
        if code.trim().is_empty() {
            spawn_local(focus(CODE.to_owned()));
        } else {
            confirm.dispatch_local(code);
        }
    };
    let refused = move || confirm.value().get().and_then(Result::err).filter(|_| !confirm.pending().get());
    let error = Signal::derive(move || {
        if missing.get() {
            return Some(words::field_problem::required(lang()).to_owned());
        }
        refused()?.fields().first().map(|broken| messages::field(broken, lang()))
    });
    let failure = move || {
        let error: ApiError = refused().filter(|error| error.fields().is_empty())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::factor::not_set /> })
    };
    // The policy of the page lets no style in, but pictures of its own making.
    let picture = format!("data:image/svg+xml,{}", String::from(js_sys::encode_uri_component(&qr)));
    let grouped = secret.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    view! {
        <form class="dialog-form" novalidate on:submit=send>
            <div class="dialog-body">
                {failure}
                <p>{t(words::factor::app_read)}</p>
                <div class="qr"><img src=picture alt=move || words::factor::qr(lang()) width="220" height="220" /></div>
                <p><a class="btn" data-kind="quiet" href=url>{t(words::factor::app_here)}</a></p>
                <Copied id="authenticator_secret" label=words::factor::secret text=grouped />
                <p>{t(words::factor::app_code)}</p>
                <CodeField name=CODE value=typed error />
            </div>
            <footer>
                <Button kind=Kind::Quiet on_click=on_cancel>{t(words::common::cancel)}</Button>
                <Button kind=Kind::Primary size=Size::Large role="submit" busy=confirm.pending()>
                    {t(words::factor::confirm)}
                </Button>
            </footer>
        </form>
    }
}
