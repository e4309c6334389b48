//! What needs a person: conflicts about staff, records that cannot be understood, and copies that are left over.

use leptos::prelude::*;
use noren_api::extreme::{ExtremeConflict, ExtremeRefusal, ExtremeStatus, ExtremeStream};
use noren_domain::staff_record::ConflictState;

use super::conflict::ConflictCard;
use super::said;
use crate::api::use_api;
use crate::session::Session;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::notice::{Notice, Tone};
use crate::ui::yen::grouped;
use crate::words::{self, lang, t};

/// So many records that were left out are named; of more there is a number.
const NAMED: usize = 20;

#[component]
pub fn Needs(status: Signal<ExtremeStatus>, on_settled: Callback<()>) -> impl IntoView {
    let administers = expect_context::<RwSignal<Session>>().with_untracked(Session::administers);
    let refusals = Memo::new(move |_| status.with(|status| status.refusals.clone()));
    let left_over = Memo::new(move |_| {
        status.with(|status| status.streams.iter().filter(|stream| is_left_over(stream)).cloned().collect::<Vec<_>>())
    });
    let open = Memo::new(move |_| status.with(|status| status.open_conflicts));
    let conflicts = if administers {
        view! { <Conflicts open on_settled /> }.into_any()
    } else {
        (move || (open.get() > 0).then(|| view! { <Others open=open.get() /> })).into_any()
    };
    view! {
        {move || left_over.get().into_iter().map(|stream| view! { <LeftOver stream /> }).collect_view()}
        {conflicts}
        {move || refusals.with(|refusals| (!refusals.is_empty()).then(|| view! { <Refusals refusals=refusals.clone() /> }))}
    }
}

fn is_left_over(stream: &ExtremeStream) -> bool {
    stream.comparison.as_ref().is_some_and(|comparison| comparison.too_much_left_over)
}

/// Who administers settles them.
#[component]
fn Others(open: u64) -> impl IntoView {
    view! {
        <Notice icon=Icon::Person>
            <p class="grow">{move || words::extreme::others(lang(), open)}</p>
        </Notice>
    }
}

#[component]
fn Conflicts(
    /// Looked at again when it changes.
    open: Memo<u64>,
    on_settled: Callback<()>,
) -> impl IntoView {
    let api = use_api();
    let conflicts = LocalResource::new(move || {
        open.track();
        api.list_extreme_conflicts()
    });
    let on_settled = Callback::new(move |()| {
        conflicts.refetch();
        on_settled.run(());
    });
    let last = Memo::new(move |last: Option<&Option<Vec<ExtremeConflict>>>| match conflicts.get() {
        Some(Ok(page)) => Some(page.items),
        _ => last.cloned().flatten(),
    });
    let of = move |is_open: bool| {
        let conflicts = last.get().unwrap_or_default();
        conflicts.into_iter().filter(|conflict| (conflict.state == ConflictState::Open) == is_open).collect::<Vec<_>>()
    };
    let failure = move || {
        let error = conflicts.get()?.err()?;
        let retry = Callback::new(move |()| conflicts.refetch());
        Some(
            view! { <FailureNotice failure=Signal::stored(error.into()) title=words::extreme::no_conflicts_loaded retry /> },
        )
    };
    let waiting = move || {
        let waiting = of(true);
        (!waiting.is_empty()).then(|| {
            let count = waiting.len();
            let cards = waiting.into_iter().map(|conflict| view! { <li><ConflictCard conflict on_settled /></li> });
            view! {
                <section class="stack" aria-labelledby="extreme-conflicts">
                    <h2 id="extreme-conflicts" class="as-card">{move || words::extreme::conflicts(lang(), count)}</h2>
                    <ul class="extreme-cards">{cards.collect_view()}</ul>
                </section>
            }
        })
    };
    let settled = move || {
        let settled = of(false);
        (!settled.is_empty()).then(|| {
            let count = settled.len();
            let cards = settled.into_iter().map(|conflict| view! { <li><ConflictCard conflict on_settled /></li> });
            view! {
                <details class="extreme-settled">
                    <summary>{move || words::extreme::settled_before(lang(), count)}</summary>
                    <ul class="extreme-cards">{cards.collect_view()}</ul>
                </details>
            }
        })
    };
    view! {
        {failure}
        {waiting}
        {settled}
    }
}

/// So much that a fault is likelier than a change: nothing of it is dropped.
#[component]
fn LeftOver(stream: ExtremeStream) -> impl IntoView {
    let name = said::stream(stream.stream).1;
    let (left_over, there) = stream.comparison.map_or((0, 0), |comparison| (comparison.left_over, comparison.there));
    let title = move || words::extreme::left_over(lang(), grouped(left_over), name(lang()));
    let what = move || words::extreme::left_over_what(lang(), grouped(there));
    view! {
        <Notice icon=Icon::Alert tone=Tone::Danger>
            <div class="grow">
                <p><b>{title}</b></p>
                <p class="t-meta">{what}</p>
            </div>
        </Notice>
    }
}

#[component]
fn Refusals(refusals: Vec<ExtremeRefusal>) -> impl IntoView {
    let count = refusals.len();
    let rows = refusals.into_iter().take(NAMED).map(|refusal| {
        let ExtremeRefusal { stream, key, field, .. } = refusal;
        let (icon, name) = said::stream(stream);
        view! {
            <li class="line" data-wrap>
                <Glyph icon />
                <span>{t(name)}</span>
                <b class="num">{key}</b>
                <span class="t-2">{move || words::extreme::refused_field(lang(), &field)}</span>
            </li>
        }
    });
    let rows = rows.collect_view();
    let more = (count > NAMED).then(|| {
        let left = grouped((count - NAMED) as u64);
        view! { <p class="t-2">{move || words::extreme::refused_more(lang(), &left)}</p> }
    });
    view! {
        <section class="card" aria-labelledby="extreme-refusals">
            <header>
                <Glyph icon=Icon::Alert />
                <h2 id="extreme-refusals" class="as-card">{move || words::extreme::refusals(lang(), count)}</h2>
            </header>
            <div class="body stack">
                <p class="t-2">{t(words::extreme::refusals_what)}</p>
                <ul class="stack">{rows}</ul>
                {more}
            </div>
        </section>
    }
}
