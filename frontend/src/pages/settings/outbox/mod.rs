//! 送信箱: what waits to leave Noren, what was given up and why, and what a person makes of it.

mod card;
mod reason;

use leptos::prelude::*;
use noren_api::outbox::{OutboxFilter, OutboxMessage};

use self::card::MessageCard;
use super::gate::Gate;
use super::listing::ListHead;
use crate::api::use_api;
use crate::paging::{Appending, Ask, First, Pager};
use crate::session::Session;
use crate::ui::button::{Button, Kind};
use crate::ui::choice::{Choice, Choices};
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::SkeletonRows;
use crate::words::{self, lang, t};

const OPEN: &str = "open";
const SETTLED: &str = "settled";

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
    let open = RwSignal::new(true);
    let pager = Pager::new(move |Ask { after, limit }| {
        let filter = OutboxFilter { state: None, open: Some(open.get()), after, limit };
        Box::pin(api.list_outbox(filter))
    });
    let choices = Signal::derive(move || {
        vec![Choice::new(OPEN, words::outbox::open(lang())), Choice::new(SETTLED, words::outbox::settled(lang()))]
    });
    let chosen = Signal::derive(move || if open.get() { OPEN } else { SETTLED }.to_owned());
    let on_choose = Callback::new(move |value: String| open.set(value == OPEN));
    let body = move |loaded: Loaded<First<OutboxMessage>>| view! { <Rows loaded pager open /> }.into_any();
    view! {
        <ListHead title=words::outbox::title />
        <div class="scroll settings-body outbox-body">
            <p class="t-2">{t(words::outbox::what)}</p>
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
fn Rows(loaded: Loaded<First<OutboxMessage>>, pager: Pager<OutboxMessage>, open: RwSignal<bool>) -> impl IntoView {
    let Loaded { value: first, failure } = loaded;
    let rows = Memo::new(move |_| first.with(|first| pager.rows(first)));
    let more = Memo::new(move |_| first.with(|first| pager.has_next(first)));
    let running = Signal::derive(move || pager.appending.with(|state| *state == Appending::Running));
    let failed = move || pager.appending.with(|state| matches!(state, Appending::Failed(_)));
    let append = Callback::new(move |()| first.with_untracked(|first| pager.append(first)));
    let on_decided = Callback::new(move |()| pager.refetch());
    let old = move || {
        failure.get().map(|failure| {
            view! { <FailureNotice failure=Signal::stored(failure) title=words::outbox::not_loaded /> }
        })
    };
    let nothing = move || {
        rows.with(Vec::is_empty).then(|| {
            let said = move || if open.get() { words::outbox::empty_open } else { words::outbox::empty_settled };
            view! { <Empty icon=Icon::Mail title=Signal::derive(move || said()(lang()).to_owned()) /> }
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
        {move || failed().then(|| view! { <p role="alert" class="t-danger">{t(words::list::no_more)}</p> })}
        {move || {
            more.get()
                .then(|| view! { <Button kind=Kind::Quiet busy=running on_click=append>{t(words::history::more)}</Button> })
        }}
    }
}
