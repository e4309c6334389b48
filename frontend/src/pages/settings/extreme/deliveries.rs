//! What waits to go to EXTREME, the switch that has it wait, and what EXTREME did not take.

use leptos::prelude::*;
use noren_api::Page as Rows;
use noren_api::outbox::{OutboxFilter, OutboxMessage};
use noren_domain::outbox::{Destination, OutboxState};

use super::EVERY;
use crate::api::{ApiError, use_api};
use crate::pages::settings::outbox::{Destinations, MessageCard};
use crate::routes::Page;
use crate::ui::button::{Kind, LinkButton};
use crate::ui::clock::use_ticker;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::Icon;
use crate::words::{self, t};

/// So many of what EXTREME did not take stand here; the rest is in the 送信箱.
const NAMED: u64 = 4;

type Dead = LocalResource<Result<Rows<OutboxMessage>, ApiError>>;

#[component]
pub fn Deliveries() -> impl IntoView {
    let (api, ticker) = (use_api(), use_ticker());
    let round = Memo::new(move |_| ticker.get().timestamp() / EVERY);
    let dead: Dead = LocalResource::new(move || {
        round.track();
        api.list_outbox(OutboxFilter {
            state: Some(OutboxState::Dead),
            destination: Some(Destination::Extreme),
            limit: Some(NAMED),
            ..Default::default()
        })
    });
    let again = Callback::new(move |()| dead.refetch());
    view! {
        <section class="stack" aria-label=t(words::extreme::deliveries)>
            <Destinations only=Destination::Extreme round on_switched=again />
            <NotTaken dead />
        </section>
    }
}

#[component]
fn NotTaken(dead: Dead) -> impl IntoView {
    let last = Memo::new(move |last: Option<&Option<Rows<OutboxMessage>>>| match dead.get() {
        Some(Ok(page)) => Some(page),
        _ => last.cloned().flatten(),
    });
    let rows = move || last.with(|page| page.as_ref().map(|page| page.items.clone()).unwrap_or_default());
    let has_more = move || last.with(|page| page.as_ref().is_some_and(|page| page.next.is_some()));
    let on_decided = Callback::new(move |()| dead.refetch());
    let failure = move || {
        let error = dead.get()?.err()?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::outbox::not_loaded /> })
    };
    let more = move || {
        has_more().then(|| {
            view! {
                <p>
                    <LinkButton kind=Kind::Quiet icon=Icon::Mail href=Page::Outbox.href()>
                        {t(words::extreme::more_not_taken)}
                    </LinkButton>
                </p>
            }
        })
    };
    view! {
        {failure}
        <ul class="extreme-cards">
            <For each=rows key=|row| (row.id, row.version) let:row>
                <MessageCard message=row on_decided />
            </For>
        </ul>
        {more}
    }
}
