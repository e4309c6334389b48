//! The switch on every screen on which something is sold.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_domain::LeadId;

use crate::api::use_api;
use crate::session::Session;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::toast::use_toasts;
use crate::words::{self, lang_untracked, t};

/// Turns the screen to a customer; it is not there while it is turned.
#[component]
pub fn TurnButton(
    /// Whom it is turned to, where a screen is about somebody or somebody is looked for.
    #[prop(into)]
    lead: Signal<Option<LeadId>>,
) -> impl IntoView {
    let (api, session, toasts) = (use_api(), expect_context::<RwSignal<Session>>(), use_toasts());
    let busy = RwSignal::new(false);
    let turn = move |_| {
        let lead = lead.get_untracked();
        busy.set(true);
        spawn_local(async move {
            match api.turn_to(lead).await {
                // What was said before is no customer's to read.
                Ok(()) => toasts.clear(),
                Err(_) => {
                    toasts.say(words::customer_view::not_turned(lang_untracked()));
                    let _ = busy.try_set(false);
                }
            }
        });
    };
    session.with_untracked(|session| session.turned().is_none()).then(|| {
        view! {
            <button
                class="btn turn-view"
                type="button"
                data-kind="secondary"
                aria-busy=move || busy.get().then_some("true")
                disabled=busy
                on:click=turn
            >
                <Glyph icon=Icon::Turn />
                <span class="label-text">{t(words::customer_view::title)}</span>
            </button>
        }
    })
}
