//! What a screen says when something could not be done.

use leptos::html;
use leptos::prelude::*;

use super::button::{Button, Kind};
use super::icon::Icon;
use super::notice::{Notice, Tone};
use crate::words::{self, Lang, lang, t};

/// A failure as a person reads it: what happened and what to do, and the id by which support finds it.
#[derive(Clone, Debug)]
pub struct Failure {
    pub offline: bool,
    pub sentence: fn(Lang) -> &'static str,
    pub request_id: Option<String>,
}

/// A failure in a box of its own, with a way to try again.
#[component]
pub fn FailureNotice(
    #[prop(into)] failure: Signal<Failure>,
    /// What could not be done.
    title: fn(Lang) -> &'static str,
    #[prop(optional)] retry: Option<Callback<()>>,
    /// Another way on, where trying again does not help.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    // Below the fold of a long form nobody would see it.
    let words = NodeRef::<html::Div>::new();
    words.on_load(|words| words.scroll_into_view_with_bool(false));
    let icon = if failure.with_untracked(|failure| failure.offline) { Icon::Offline } else { Icon::Alert };
    view! {
        <Notice tone=Tone::Danger icon>
            <div class="grow" role="alert" node_ref=words>
                <p><b>{t(title)}</b></p>
                <p class="t-meta">{move || failure.with(|failure| (failure.sentence)(lang()))}</p>
                <RequestId failure />
            </div>
            {retry
                .map(|retry| {
                    view! {
                        <Button kind=Kind::Secondary on_click=retry>{t(words::common::retry)}</Button>
                    }
                })}
            {children.map(|children| children())}
        </Notice>
    }
}

#[component]
fn RequestId(failure: Signal<Failure>) -> impl IntoView {
    move || {
        let id = failure.with(|failure| failure.request_id.clone())?;
        Some(view! { <p class="request-id t-3">{words::common::request_id(lang(), id)}</p> })
    }
}
