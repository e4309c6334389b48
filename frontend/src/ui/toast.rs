//! A toast says what happened and offers to take it back.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_domain::Timestamp;

use super::clock;
use crate::words::{self, Lang, t};

/// How long a toast stays, in milliseconds; one with a way back stays longer.
const SHORT: u32 = 4_000;
const LONG: u32 = 10_000;
/// A toast this young, in milliseconds, speaks of what led to the new page and goes there with the person.
const YOUNG: i64 = 1_000;

#[derive(Clone)]
struct Toast {
    number: u32,
    text: String,
    act: Option<Act>,
    /// Where there is more to see of it.
    href: Option<String>,
    said_at: Timestamp,
}

/// What a person may do about it, and how that is called. Not a `Callback`: a toast outlives the page that it speaks of.
type Act = (fn(Lang) -> &'static str, Arc<dyn Fn() + Send + Sync>);

/// The toasts of the app. `Copy`, in context.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Option<Toast>>,
    last: StoredValue<u32>,
}

/// The [`Toasts`] of the app.
pub fn use_toasts() -> Toasts {
    expect_context()
}

impl Toasts {
    pub fn new() -> Self {
        Self { shown: RwSignal::new(None), last: StoredValue::new(0) }
    }

    /// Says what happened.
    pub fn say(self, text: impl Into<String>) {
        self.show(text.into(), None, None);
    }

    /// Says what happened and where to see it.
    pub fn say_with_way(self, text: String, href: String) {
        self.show(text, None, Some(href));
    }

    /// Says what happened and offers 元に戻す.
    pub fn say_with_undo(self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        self.say_with_act(text, words::common::undo, undo);
    }

    /// Says what happened and offers to do something about it, which is called so.
    pub fn say_with_act(
        self,
        text: impl Into<String>,
        name: fn(Lang) -> &'static str,
        act: impl Fn() + Send + Sync + 'static,
    ) {
        self.show(text.into(), Some((name, Arc::new(act))), None);
    }

    /// Says nothing any more.
    pub fn clear(self) {
        self.shown.set(None);
    }

    /// On another page what was said on the last one is over.
    pub fn page_changed(self) {
        let said_at = self.shown.with_untracked(|toast| toast.as_ref().map(|toast| toast.said_at));
        if said_at.is_some_and(|said_at| (clock::now() - said_at).num_milliseconds() > YOUNG) {
            self.shown.set(None);
        }
    }

    fn show(self, text: String, act: Option<Act>, href: Option<String>) {
        let number = self.last.with_value(|last| last.wrapping_add(1));
        self.last.set_value(number);
        let stay = if act.is_some() || href.is_some() { LONG } else { SHORT };
        self.shown.set(Some(Toast { number, text, act, href, said_at: clock::now() }));
        spawn_local(async move {
            TimeoutFuture::new(stay).await;
            let still_shown =
                self.shown.with_untracked(|toast| toast.as_ref().is_some_and(|toast| toast.number == number));
            if still_shown {
                self.shown.set(None);
            }
        });
    }
}

/// Where toasts appear, once per app.
#[component]
pub fn ToastTray() -> impl IntoView {
    let toasts = use_toasts();
    let toast = move |toast: Toast| {
        let act = toast.act.map(|(name, act)| {
            let act = move |_| {
                toasts.shown.set(None);
                act();
            };
            view! {
                <button class="btn" type="button" on:click=act>
                    {t(name)}
                </button>
            }
        });
        let way = toast.href.map(|href| {
            view! { <a class="btn" href=href on:click=move |_| toasts.shown.set(None)>{t(words::common::open)}</a> }
        });
        view! {
            <div class="toast">
                <span class="grow">{toast.text}</span>
                {act}
                {way}
            </div>
        }
    };
    view! {
        <div class="toasts" role="status" aria-live="polite">
            {move || toasts.shown.get().map(toast)}
        </div>
    }
}
