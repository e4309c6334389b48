//! A toast says what happened and offers to take it back.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::words::{self, t};

/// How long a toast stays, in milliseconds; one with a way back stays longer.
const SHORT: u32 = 5_000;
const LONG: u32 = 10_000;

#[derive(Clone)]
struct Toast {
    number: u32,
    text: String,
    undo: Option<Undo>,
}

/// Not a `Callback`: a toast outlives the page that it speaks of.
type Undo = Arc<dyn Fn() + Send + Sync>;

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
        self.show(text.into(), None);
    }

    /// Says what happened and offers 元に戻す.
    pub fn say_with_undo(self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        self.show(text.into(), Some(Arc::new(undo)));
    }

    fn show(self, text: String, undo: Option<Undo>) {
        let number = self.last.with_value(|last| last.wrapping_add(1));
        self.last.set_value(number);
        let stay = if undo.is_some() { LONG } else { SHORT };
        self.shown.set(Some(Toast { number, text, undo }));
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
        let undo = toast.undo.map(|undo| {
            let undo = move |_| {
                toasts.shown.set(None);
                undo();
            };
            view! {
                <button class="btn" type="button" on:click=undo>
                    {t(words::common::undo)}
                </button>
            }
        });
        view! {
            <div class="toast">
                <span class="grow">{toast.text}</span>
                {undo}
            </div>
        }
    };
    view! {
        <div class="toasts" role="status" aria-live="polite">
            {move || toasts.shown.get().map(toast)}
        </div>
    }
}
