//! お待たせ時間: how long the customer waits, against the target, and the way to end it.

use leptos::prelude::*;
use noren_domain::lead::LeadStatus;

use super::detail::use_lead_view;
use crate::ui::clock::{Lateness, gone, running, use_ticker};
use crate::ui::icon::{Glyph, Icon};
use crate::words::{self, lang, t};

#[component]
pub fn Waiting() -> impl IntoView {
    let lead = use_lead_view().lead;
    let waits =
        Memo::new(move |_| lead.with(|lead| lead.first_responded_at.is_none() && lead.status == LeadStatus::New));
    move || waits.get().then(|| view! { <WaitCard /> })
}

#[component]
fn WaitCard() -> impl IntoView {
    let (lead, ticker) = (use_lead_view().lead, use_ticker());
    let span = move || lead.with(|lead| (lead.received_at, lead.response_due_at));
    let lateness = Memo::new(move |_| Lateness::of(span().1, ticker.get()));
    let percent = Memo::new(move |_| gone(span().0, span().1, ticker.get()));
    let target = move || {
        let (since, due) = span();
        let (target, now) = (running(due - since, lang()), ticker.get());
        match lateness.get() {
            Lateness::InTime => words::lead::left(lang(), running(due - now, lang()), target),
            Lateness::Late => words::lead::over(lang(), running(now - due, lang()), target),
        }
    };
    view! {
        <section class="wait" data-tone=move || lateness.get().tone() aria-label=t(words::lead::first_response)>
            <div>
                <p class="t-meta">{t(words::lead::waiting)}</p>
                <p class="clock big" role="timer">{move || running(ticker.get() - span().0, lang())}</p>
            </div>
            <div class="grow">
                <div class="meter" aria-hidden="true">
                    <i style:width=move || format!("{}%", percent.get())></i>
                </div>
                <p class="t-meta num">{target}</p>
            </div>
            <CallLink />
        </section>
    }
}

/// 電話する: the first number, by one tap.
#[component]
fn CallLink() -> impl IntoView {
    let lead = use_lead_view().lead;
    move || {
        let number = lead.with(|lead| lead.phone_numbers.first().map(|number| number.digits.clone()))?;
        Some(view! {
            <a class="btn" data-kind="primary" data-size="lg" href=format!("tel:{number}")>
                <Glyph icon=Icon::Phone />
                <span>{t(words::lead::call)}</span>
            </a>
        })
    }
}
