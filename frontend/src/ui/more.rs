//! もっと見る: the foot of a list that grows by pages.

use leptos::prelude::*;

use super::button::{Button, Kind};
use crate::words::{self, t};

/// Whether there is more, how fetching it goes, and how it begins.
#[derive(Clone, Copy)]
pub struct Tail {
    pub more: Signal<bool>,
    pub running: Signal<bool>,
    pub failed: Signal<bool>,
    pub append: Callback<()>,
}

#[component]
pub fn More(tail: Tail) -> impl IntoView {
    let Tail { more, running, failed, append } = tail;
    view! {
        {move || failed.get().then(|| view! { <p role="alert" class="t-danger">{t(words::list::no_more)}</p> })}
        {move || {
            more.get().then(|| {
                view! { <Button kind=Kind::Quiet busy=running on_click=append>{t(words::history::more)}</Button> }
            })
        }}
    }
}
