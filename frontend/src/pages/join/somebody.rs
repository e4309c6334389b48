//! Somebody else is signed in on this device: an invitation is not theirs to use.

use leptos::prelude::*;
use noren_api::auth::Me;

use crate::api::{ApiError, use_api};
use crate::routes::Page;
use crate::sign_out::{sign_out, unsent_by};
use crate::ui::button::{Button, Kind, LinkButton, Size};
use crate::ui::failure::FailureNotice;
use crate::words::{self, lang, t};

#[component]
pub fn SomebodyHere(me: Me) -> impl IntoView {
    let (api, id) = (use_api(), me.id);
    let unsent = unsent_by(id).len();
    let leave = Action::new_local(move |(): &()| sign_out(api, id));
    let failure = move || {
        let error: ApiError = leave.value().get().and_then(Result::err).filter(|_| !leave.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::account::not_signed_out /> })
    };
    let (lost, go) = match unsent {
        0 => (None, words::account::sign_out as fn(words::Lang) -> &'static str),
        some => (
            Some(view! { <p>{move || words::join::somebody_unsent(lang(), some)}</p> }),
            words::account::sign_out_anyway as _,
        ),
    };
    let on_click = Callback::new(move |()| {
        leave.dispatch_local(());
    });
    view! {
        <div class="stack">
            {failure}
            <div class="whom">
                <h2>{move || words::join::somebody(lang(), &me.name)}</h2>
                <p>{t(words::join::somebody_what)}</p>
                {lost}
            </div>
            <Button kind=Kind::Primary size=Size::Large busy=leave.pending() on_click>{t(go)}</Button>
            <p><LinkButton href=Page::Leads.href() kind=Kind::Quiet>{t(words::not_found::to_leads)}</LinkButton></p>
        </div>
    }
}
