//! データの流れ: each kind of record with its number, its lag and its state, and a round at once.

use leptos::prelude::*;
use noren_api::extreme::{Direction, ExtremeComparison, ExtremeStatus, ExtremeStream, Origin};
use noren_domain::sync::Way;

use super::said;
use crate::api::{ApiError, idempotency_key, use_api};
use crate::session::Session;
use crate::ui::badge::Badge;
use crate::ui::button::{Button, Kind};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::origin::OriginMark;
use crate::ui::toast::use_toasts;
use crate::ui::yen::grouped;
use crate::words::{self, lang, lang_untracked, t};

#[component]
pub fn Streams(status: Signal<ExtremeStatus>, on_asked: Callback<()>) -> impl IntoView {
    let administers = expect_context::<RwSignal<Session>>().with_untracked(Session::administers);
    let streams = Memo::new(move |_| status.with(|status| status.streams.clone()));
    let is_reading = Memo::new(move |_| {
        status.with(|status| status.connection.as_ref().is_some_and(|connection| connection.is_reading))
    });
    // Files come when EXTREME writes them.
    let is_connected = Memo::new(move |_| status.with(|status| status.connection.is_some()));
    let rows = move || streams.get().into_iter().map(|stream| view! { <Row stream /> }).collect_view();
    let compared = move || streams.with(|streams| compared(streams));
    // The age of all is that of the oldest; what was never read to its end has none.
    let age = move || {
        let streams = streams.get();
        let oldest = streams.iter().min_by_key(|stream| stream.read_at)?;
        let way = if is_connected.get() { Way::Link } else { Way::File };
        let origin = Origin { freshness: oldest.freshness, as_of: oldest.read_at, way };
        Some(view! { <OriginMark origin /> })
    };
    view! {
        <section class="card extreme-flows" aria-labelledby="extreme-flows">
            <header class="line" data-wrap>
                <div class="grow">
                    <h2 id="extreme-flows" class="as-card">{t(words::extreme::flows)}</h2>
                    <p class="line t-3 t-meta num" data-wrap>{age}<span>{compared}</span></p>
                </div>
                {move || (administers && is_connected.get()).then(|| view! { <Now is_reading on_asked /> })}
            </header>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t(words::extreme::kind)}</th>
                        <th scope="col" class="wide">{t(words::extreme::direction)}</th>
                        <th scope="col" data-num>{t(words::extreme::records)}</th>
                        <th scope="col" data-num class="wide">{t(words::extreme::lag)}</th>
                        <th scope="col">{t(words::extreme::state)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

/// What the last night found, over all kinds of records.
fn compared(streams: &[ExtremeStream]) -> Option<String> {
    let comparisons = || streams.iter().filter_map(|stream| stream.comparison.as_ref());
    let last = comparisons().map(|comparison| comparison.at).max()?;
    let differences = |comparison: &ExtremeComparison| comparison.missing + comparison.different + comparison.left_over;
    let found: u64 = comparisons().map(differences).sum();
    let at = date::near(last, use_ticker().get_untracked(), lang());
    Some(words::extreme::compared(lang(), at, grouped(found)))
}

#[component]
fn Row(stream: ExtremeStream) -> impl IntoView {
    let ((icon, name), (tone, stands)) = (said::stream(stream.stream), said::standing(&stream));
    let direction = match stream.direction {
        Direction::In => words::extreme::inward,
        Direction::Both => words::extreme::both,
    };
    let ticker = use_ticker();
    let (read_at, changed_at) = (stream.read_at, stream.changed_at);
    let last = move || {
        let now = ticker.get_untracked();
        let said = |at| date::brief(at, now, lang());
        match (read_at, changed_at) {
            (Some(read_at), Some(changed_at)) => {
                words::extreme::read_and_changed(lang(), said(changed_at), said(read_at))
            }
            (Some(read_at), None) => words::extreme::read(lang(), said(read_at)),
            (None, _) => words::extreme::not_read(lang()).to_owned(),
        }
    };
    let lag = stream.lag_seconds;
    let lag = move || lag.map_or_else(|| "―".to_owned(), |seconds| said::lag(seconds, lang()));
    let why = stream.failure.map(|failure| {
        let code = failure.code;
        view! { <small class="t-2">{move || said::reason(&code, lang())}</small> }
    });
    view! {
        <tr>
            <th scope="row">
                <span class="line">
                    <Glyph icon />
                    <span>
                        <b>{t(name)}</b>
                        <small class="t-3 num">{last}</small>
                    </span>
                </span>
            </th>
            <td class="wide">{t(direction)}</td>
            <td data-num>{grouped(stream.records)}</td>
            <td data-num class="wide">{lag}</td>
            <td><Badge tone>{t(stands)}</Badge>{why}</td>
        </tr>
    }
}

/// A round at once.
#[component]
fn Now(is_reading: Memo<bool>, on_asked: Callback<()>) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let ask = Action::new_local(move |(): &()| async move {
        api.sync_extreme(idempotency_key()).await?;
        toasts.say(words::extreme::sync_asked(lang_untracked()));
        on_asked.try_run(());
        Ok::<(), ApiError>(())
    });
    let failure = move || {
        let error = ask.value().get().and_then(Result::err).filter(|_| !ask.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::extreme::not_synced /> })
    };
    let busy = Signal::derive(move || ask.pending().get() || is_reading.get());
    let label = move || if is_reading.get() { words::extreme::syncing(lang()) } else { words::extreme::sync(lang()) };
    view! {
        <Button kind=Kind::Secondary icon=Icon::Reload busy on_click=Callback::new(move |()| drop(ask.dispatch_local(())))>
            {label}
        </Button>
        {failure}
    }
}
