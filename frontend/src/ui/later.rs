//! Pages and dialogs whose code is fetched when they are first opened, so that the app begins with less.

use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;

use super::dialog::Dialog;
use super::failure::{Failure, FailureNotice};
use super::skeleton::Skeleton;
use crate::words;

/// Draws the page. Its code is there once somebody holds this.
pub type Draw = fn() -> AnyView;

/// What fetches the code of a page: a function marked with `wasm_split`.
pub type Fetching = Pin<Box<dyn Future<Output = Result<Draw, SplitLoaderError>>>>;

/// A page that may still have to come, or a part of one.
#[component]
pub fn Later(
    code: fn() -> Fetching,
    /// How the place looks meanwhile.
    #[prop(default = "page plain")]
    class: &'static str,
    #[prop(default = 6)] lines: usize,
) -> impl IntoView {
    let page = RwSignal::new(None::<Result<Draw, ()>>);
    let fetch = move || {
        spawn_local(async move {
            // Whoever has left the page in the meantime needs no answer.
            let _ = page.try_set(Some(code().await.map_err(drop)));
        });
    };
    fetch();
    let retry = Callback::new(move |()| {
        // With a network, the server must have a newer app, whose parts have other names.
        if window().navigator().on_line() && window().location().reload().is_ok() {
            return;
        }
        page.set(None);
        fetch();
    });
    move || match page.get() {
        None => view! { <div class=class><Skeleton lines /></div> }.into_any(),
        Some(Ok(draw)) => draw(),
        Some(Err(())) => {
            let failure = Failure { offline: true, sentence: words::problem::offline, request_id: None };
            view! {
                <div class=class>
                    <FailureNotice failure=Signal::stored(failure) title=words::common::later_failed retry />
                </div>
            }
            .into_any()
        }
    }
}

/// Whether the dialog is open, for its inside to close it. `Copy`, in context.
#[derive(Clone, Copy)]
pub struct Open(pub RwSignal<bool>);

/// A dialog whose inside may still have to come.
#[component]
pub fn LaterDialog(open: RwSignal<bool>, #[prop(into)] title: Signal<String>, code: fn() -> Fetching) -> impl IntoView {
    let inside = move || {
        provide_context(Open(open));
        view! { <Later code /> }
    };
    view! { <Dialog open title>{inside()}</Dialog> }
}
