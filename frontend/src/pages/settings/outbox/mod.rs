//! 送信箱: what waits to leave Noren, what was given up and why, and what a person makes of it.

mod card;
mod destinations;
mod reason;

use leptos::prelude::*;
use noren_api::outbox::{OutboxFilter, OutboxMessage};
use noren_domain::outbox::OutboxState;

pub use self::card::MessageCard;
pub use self::destinations::Destinations;
use super::gate::Gate;
use super::listing::ListHead;
use crate::api::use_api;
use crate::paging::{Ask, First, Pager};
use crate::session::Session;
use crate::ui::button::Button;
use crate::ui::choice::{Choice, Choices};
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::more::More;
use crate::ui::skeleton::SkeletonRows;
use crate::words::{self, Lang, lang, t};

/// Which messages are shown.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Open,
    /// Given up: what only a person gets on its way again.
    Dead,
    Settled,
}

impl Shown {
    const ALL: [Self; 3] = [Self::Open, Self::Dead, Self::Settled];

    fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Dead => "dead",
            Self::Settled => "settled",
        }
    }

    fn label(self) -> fn(Lang) -> &'static str {
        match self {
            Self::Open => words::outbox::open,
            Self::Dead => words::outbox::dead,
            Self::Settled => words::outbox::settled,
        }
    }

    fn nothing(self) -> fn(Lang) -> &'static str {
        match self {
            Self::Open => words::outbox::empty_open,
            Self::Dead => words::outbox::empty_dead,
            Self::Settled => words::outbox::empty_settled,
        }
    }

    fn filter(self, Ask { after, limit }: Ask) -> OutboxFilter {
        let (state, open) = match self {
            Self::Open => (None, Some(true)),
            Self::Dead => (Some(OutboxState::Dead), None),
            Self::Settled => (None, Some(false)),
        };
        OutboxFilter { state, open, destination: None, after, limit }
    }
}

#[component]
pub fn OutboxPage() -> impl IntoView {
    view! {
        <main class="page settings-list">
            <Gate
                may=Session::administers
                title=words::outbox::title
                not_yours=words::outbox::not_yours
                view=|| view! { <Messages /> }.into_any()
            />
        </main>
    }
}

#[component]
fn Messages() -> impl IntoView {
    let api = use_api();
    let shown = RwSignal::new(Shown::Open);
    let pager = Pager::new(move |ask| Box::pin(api.list_outbox(shown.get().filter(ask))));
    let choices =
        Signal::derive(move || Shown::ALL.map(|shown| Choice::new(shown.name(), shown.label()(lang()))).to_vec());
    let chosen = Signal::derive(move || shown.get().name().to_owned());
    let on_choose = Callback::new(move |value: String| {
        shown.set(Shown::ALL.into_iter().find(|shown| shown.name() == value).unwrap_or(Shown::Open));
    });
    let body = move |loaded: Loaded<First<OutboxMessage>>| view! { <Rows loaded pager shown /> }.into_any();
    view! {
        <ListHead title=words::outbox::title />
        <div class="scroll settings-body outbox-body">
            <p class="t-2">{t(words::outbox::what)}</p>
            <Destinations on_switched=Callback::new(move |()| pager.refetch()) />
            <Choices name="outbox" legend=Signal::derive(move || words::outbox::show(lang()).to_owned()) choices chosen on_choose />
            <Load
                resource=pager.first
                failed=words::outbox::not_loaded
                skeleton=|| view! { <SkeletonRows rows=4 /> }
                view=body
            />
        </div>
        <footer class="actions">
            <span class="push"></span>
            <Button icon=Icon::Reload on_click=Callback::new(move |()| pager.refetch())>{t(words::outbox::reload)}</Button>
        </footer>
    }
}

#[component]
fn Rows(loaded: Loaded<First<OutboxMessage>>, pager: Pager<OutboxMessage>, shown: RwSignal<Shown>) -> impl IntoView {
    let Loaded { value: first, failure } = loaded;
    let rows = Memo::new(move |_| first.with(|first| pager.rows(first)));
    let on_decided = Callback::new(move |()| pager.refetch());
    let old = move || {
        failure.get().map(|failure| {
            view! { <FailureNotice failure=Signal::stored(failure) title=words::outbox::not_loaded /> }
        })
    };
    let nothing = move || {
        rows.with(Vec::is_empty).then(|| {
            view! { <Empty icon=Icon::Mail title=Signal::derive(move || shown.get().nothing()(lang()).to_owned()) /> }
        })
    };
    view! {
        {old}
        {nothing}
        <ul class="outbox-rows">
            <For each=move || rows.get() key=|row| (row.id, row.version) let:row>
                <MessageCard message=row on_decided />
            </For>
        </ul>
        <More tail=pager.tail(first) />
    }
}
