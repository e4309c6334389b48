//! The inside of a dialog that does one thing.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::ui::button::{Button, Kind, Size};
use crate::ui::failure::FailureNotice;
use crate::words::{self, Lang, t};

/// What is asked, why it failed, the way out and the way on.
#[component]
pub fn Sheet(
    open: RwSignal<bool>,
    action: Action<(), Result<(), ApiError>>,
    failed: fn(Lang) -> &'static str,
    save: fn(Lang) -> &'static str,
    /// Instead of the action at once, where something is to be checked first.
    #[prop(optional, into)]
    send: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let send = send.unwrap_or_else(|| {
        Callback::new(move |()| {
            action.dispatch_local(());
        })
    });
    let failure = move || {
        let error = action.value().get().and_then(Result::err).filter(|_| !action.pending().get())?;
        let title = if error.is_registered_before() { words::problem::registered_before } else { failed };
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title /> })
    };
    view! {
        <div class="dialog-body">
            {failure}
            {children()}
        </div>
        <footer>
            <Button kind=Kind::Quiet on_click=Callback::new(move |()| open.set(false))>{t(words::common::cancel)}</Button>
            <Button kind=Kind::Primary size=Size::Large busy=action.pending() on_click=send>{t(save)}</Button>
        </footer>
    }
}
