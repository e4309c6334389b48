//! The notes that call the signed-in person and wait to be looked at: how many there are, and that they were seen.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_domain::LeadId;

use crate::api::{Api, use_api};
use crate::live::{Live, use_live};
use crate::ui::effect::effect;

/// The [`Calls`] of the app. `Copy`, in context.
#[derive(Clone, Copy)]
pub struct Calls {
    api: Api,
    live: Live,
    unseen: RwSignal<u64>,
    asked: StoredValue<u32>,
}

pub fn use_calls() -> Calls {
    expect_context()
}

impl Calls {
    pub fn new() -> Self {
        let calls = Self { api: use_api(), live: use_live(), unseen: RwSignal::new(0), asked: StoredValue::new(0) };
        calls.count();
        calls
    }

    pub fn unseen(self) -> u64 {
        self.unseen.get()
    }

    /// Asks how many there are. Of two answers on their way the later question's counts.
    pub fn count(self) {
        self.asked.try_update_value(|asked| *asked += 1);
        let asked = self.asked.try_get_value();
        spawn_local(async move {
            self.live.greeted().await;
            let counts = self.api.count_mentions().await;
            if let Ok(counts) = counts
                && self.asked.try_get_value() == asked
            {
                self.unseen.try_set(counts.unseen);
            }
        });
    }

    fn see(self, id: LeadId) {
        spawn_local(async move {
            if self.api.see_mentions(id).await.is_ok() {
                self.count();
            }
        });
    }
}

/// What calls the person on this lead is seen while its page is before their eyes.
pub fn see_calls_on(id: LeadId) {
    let calls = use_calls();
    let looked = StoredValue::new(false);
    let look = move || {
        let some = calls.unseen() > 0;
        if some && !looked.get_value() && !document().hidden() {
            looked.set_value(true);
            calls.see(id);
        }
    };
    effect(look);
    use_live().on_news(move |news| {
        if news.is_about(id) {
            looked.set_value(false);
        }
    });
    let back = window_event_listener_untyped("visibilitychange", move |_| untrack(look));
    on_cleanup(move || back.remove());
}
