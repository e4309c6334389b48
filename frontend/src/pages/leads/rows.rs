//! The rows of the list. Only those near the screen are in the tree, so that ten thousand scroll like ten.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use noren_api::leads::LeadRow;
use noren_domain::lead::LeadStatus;
use wasm_bindgen::JsCast as _;

use super::empty_list::EmptyList;
use super::list::use_lead_list;
use super::query::Tab;
use super::{lines, tags};
use crate::paging::{Appending, First};
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::badge::Badge;
use crate::ui::button::{Button, Kind};
use crate::ui::clock::{WaitClock, use_ticker};
use crate::ui::date;
use crate::ui::effect::{effect, on_change};
use crate::ui::gauge::Gauge;
use crate::ui::icon::{Glyph, Size};
use crate::words::{self, lang, t};

/// The height of a row in CSS pixels; `list.css` says the same.
const ROW: usize = 88;
const HEIGHT: i32 = 88;
/// How many rows beyond each edge are drawn.
const SPARE: usize = 8;
/// How many rows before the end the next page is fetched.
const AHEAD: usize = 30;

/// The scrolling body of the list.
#[component]
pub fn Rows(first: Signal<First<Arc<LeadRow>>>, page: Memo<Option<Page>>) -> impl IntoView {
    let list = use_lead_list();
    let scroller = NodeRef::<html::Div>::new();
    let top = RwSignal::new(0_usize);
    let rows = Memo::new(move |_| first.with(|first| list.pager.rows(first)));
    let length = Memo::new(move |_| rows.with(Vec::len));
    let window = Memo::new(move |_| {
        let start = top.get().saturating_sub(SPARE).min(length.get());
        (start, (top.get() + visible_rows() + SPARE).min(length.get()))
    });
    let shown = move || {
        let (start, end) = window.get();
        rows.with(|rows| rows.iter().take(end).skip(start).map(Arc::clone).collect::<Vec<_>>())
    };
    let scrolled = move |_| {
        let Some(scroller) = scroller.get_untracked() else { return };
        let now = usize::try_from(scroller.scroll_top()).unwrap_or(0) / ROW;
        if top.get_untracked() != now {
            top.set(now);
        }
        if now + visible_rows() + AHEAD >= length.get_untracked() {
            first.with_untracked(|first| list.pager.append(first));
        }
    };
    // What comes or goes above the rows in view moves them, and the view with them.
    let mut before = Vec::new();
    effect(move || {
        let rows = rows.get();
        let moved = moved_by(&before, &rows, top.get_untracked());
        if let Some(scroller) = scroller.get_untracked().filter(|_| moved != 0) {
            scroller.set_scroll_top(scroller.scroll_top() + moved * HEIGHT);
        }
        before = rows;
    });
    // Another list begins at its top.
    on_change(
        move || list.query.track(),
        move || {
            if let Some(scroller) = scroller.get_untracked() {
                scroller.set_scroll_top(0);
            }
        },
    );
    view! {
        <div class="scroll" node_ref=scroller on:scroll=scrolled on:keydown=move |ev| walk(&ev)>
            <ul
                class="rows"
                style:height=move || format!("{}px", length.get() * ROW)
                style:padding-top=move || format!("{}px", window.get().0 * ROW)
            >
                <For each=shown key=|row| (row.id, row.version) let:row>
                    <Row row rows page />
                </For>
            </ul>
            {move || (length.get() == 0).then(|| view! { <EmptyList /> })}
            <ListFoot first />
        </div>
    }
}

/// By how many rows the one at the top of the view, or the next one that is still there, has moved. A view that begins
/// at the first row follows what comes.
fn moved_by(before: &[Arc<LeadRow>], now: &[Arc<LeadRow>], top: usize) -> i32 {
    let kept = before.iter().enumerate().skip(top).filter(|_| top > 0);
    let places = kept.map(|(was, row)| (was, now.iter().position(|other| other.id == row.id)));
    let moved = places.filter_map(|(was, at)| Some(at?.cast_signed() - was.cast_signed())).next();
    moved.and_then(|by| i32::try_from(by).ok()).unwrap_or(0)
}

/// How many rows fit on the screen; more than fit into the pane, which does no harm.
fn visible_rows() -> usize {
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(1_000.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a height in pixels is small and positive"
    )]
    let height = height as usize;
    height / ROW + 1
}

/// Arrow keys walk from row to row.
fn walk(event: &web_sys::KeyboardEvent) {
    let step: i64 = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let Some(active) = document().active_element() else { return };
    let at = active.get_attribute("data-at").and_then(|at| at.parse::<i64>().ok());
    let Some(at) = at else { return };
    let next = document().query_selector(&format!("[data-at=\"{}\"]", at + step)).ok().flatten();
    if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        let _ = next.focus();
    }
}

#[component]
fn Row(row: Arc<LeadRow>, rows: Memo<Vec<Arc<LeadRow>>>, page: Memo<Option<Page>>) -> impl IntoView {
    let list = use_lead_list();
    let id = row.id;
    let at = Memo::new(move |_| rows.with(|rows| rows.iter().position(|row| row.id == id)).unwrap_or_default());
    let href = move || list.beside(Page::Lead(id));
    let current = move || (page.get() == Some(Page::Lead(id))).then_some("true");
    let name = {
        let row = Arc::clone(&row);
        move || {
            let called = lines::called(row.name.as_deref(), row.company.as_deref(), lang());
            view! {
                <b class="t-lead clip">{called.name}</b>
                <small class="t-2">{called.title}</small>
            }
        }
    };
    let wish = {
        let row = Arc::clone(&row);
        move || {
            let kept = row.erased_at.is_none();
            pieces(if kept { lines::wish(&row.wanted_car, lang()) } else { Vec::new() })
        }
    };
    view! {
        <li aria-setsize="-1" aria-posinset=move || at.get() + 1>
            <a class="row" href=href data-at=move || at.get() aria-current=current>
                <span class="row-line">
                    <span class="called">{name}</span>
                    <Moment row=Arc::clone(&row) />
                </span>
                <span class="row-line">
                    <span class="fit wish">{wish}</span>
                    {tags::in_row(&row.tag_ids)}
                </span>
                <span class="row-line">
                    <Origin row=Arc::clone(&row) />
                    <Progress row />
                </span>
            </a>
        </li>
    }
}

/// Words that share a line: the first is cut where it must be, the others stand whole or not at all, the last goes first.
fn pieces(texts: Vec<String>) -> impl IntoView {
    let piece = |(at, text): (usize, String)| {
        let class = if at == 0 { "clip" } else { "nowrap" };
        let dot = (at > 0).then(|| words::common::dot(lang()));
        view! { <span class=class>{dot} {text}</span> }
    };
    texts.into_iter().enumerate().map(piece).collect_view()
}

/// What waits, or since when nothing happened.
#[component]
fn Moment(row: Arc<LeadRow>) -> impl IntoView {
    let updated = row.updated_at;
    let said = move || {
        let at = date::brief(updated, use_ticker().get_untracked(), lang());
        words::lead::updated(lang(), at)
    };
    view! {
        <span class="moment">
            {if row.status == LeadStatus::New {
                view! { <WaitClock since=row.received_at due=row.response_due_at /> }.into_any()
            } else {
                view! { <small class="t-3 num">{said}</small> }.into_any()
            }}
        </span>
    }
}

/// Where the customer came from, when, and who takes care.
#[component]
fn Origin(row: Arc<LeadRow>) -> impl IntoView {
    let (list, masters) = (use_lead_list(), use_masters());
    let icon = lines::source_icon(&row.source_code.0);
    let told = move || {
        let received = date::brief(row.received_at, use_ticker().get_untracked(), lang());
        let mine = list.query.with(|query| query.tab == Tab::Mine);
        let assignee = row.assignee_id.filter(|_| !mine).and_then(|id| masters.staff_name(id));
        let source = masters.source_name(&row.source_code.0, lang());
        let assignee = assignee.map(|name| lines::family_name(name).to_owned());
        pieces([Some(source), Some(received), assignee].into_iter().flatten().collect())
    };
    view! {
        <span class="came-by t-3">
            <Glyph icon size=Size::Small />
            <span class="fit">{told}</span>
        </span>
    }
}

/// How far it has come, where the tab does not say it already, and how warm it is.
#[component]
fn Progress(row: Arc<LeadRow>) -> impl IntoView {
    let (list, status) = (use_lead_list(), row.status);
    let told = move || list.query.with(|query| matches!(query.tab, Tab::Mine | Tab::All)) && status != LeadStatus::New;
    let badge =
        move || told().then(|| view! { <Badge tone=lines::status_tone(status)>{t(lines::status(status))}</Badge> });
    let warmth = row.temperature.map(|known| {
        view! { <Gauge level=lines::warmth(known)>{t(lines::temperature(known))}</Gauge> }
    });
    view! { <span class="tags">{badge} {warmth}</span> }
}

/// Below the last row: that more is coming, or why not.
#[component]
fn ListFoot(first: Signal<First<Arc<LeadRow>>>) -> impl IntoView {
    let list = use_lead_list();
    let retry = Callback::new(move |()| first.with_untracked(|first| list.pager.append(first)));
    move || match list.pager.appending.get() {
        Appending::No => ().into_any(),
        Appending::Running => view! { <p class="list-foot t-3">{t(words::common::loading)}</p> }.into_any(),
        Appending::Failed(_) => view! {
            <p class="list-foot" role="alert">
                {t(words::list::no_more)}
                <Button kind=Kind::Quiet on_click=retry>{t(words::common::retry)}</Button>
            </p>
        }
        .into_any(),
    }
}
