//! これまで: what happened to a lead, newest first.

use leptos::prelude::*;
use noren_api::PageQuery;
use noren_api::leads::TimelineEntry;
use noren_domain::hold::HoldState;
use noren_domain::lead::Temperature;
use noren_domain::timeline::{FieldChange, TimelineEvent};
use noren_domain::{StaffId, Yen};

use super::detail::use_lead_view;
use super::fields::Field;
use super::lines;
use super::notes::Composer;
use super::notes::called::pieces;
use crate::api::use_api;
use crate::holds::said as hold_words;
use crate::live::use_live;
use crate::paging::{Ask, First, Pager};
use crate::session::{Masters, use_masters};
use crate::ui::button::{Button, Kind};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::effect::on_change;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::more::More;
use crate::ui::skeleton::Skeleton;
use crate::ui::timeline::TimelineItem;
use crate::ui::yen;
use crate::words::{self, Lang, lang, t};

/// From how many characters or lines on a text is long.
const LONG: usize = 240;
const LINES: usize = 8;

#[component]
pub fn History() -> impl IntoView {
    let (api, view) = (use_api(), use_lead_view());
    let (id, kept) = (view.lead.with_untracked(|lead| lead.id), view.is_kept());
    let pager = Pager::new(move |Ask { after, limit }| Box::pin(api.list_timeline(id, PageQuery { after, limit })));
    // Every change brings its line.
    on_change(move || view.changed(), move || pager.refetch());
    // What becomes of a car that is held for them is told as news of the hold alone.
    use_live().on_news(move |news| {
        if news.holds && !news.is_about(id) {
            pager.follow();
        }
    });
    let body = move |Loaded { value, .. }| view! { <Entries first=value pager /> }.into_any();
    view! {
        <section class="card">
            <header>
                <h2 class="as-card">{t(words::history::title)}</h2>
                <Count pager />
            </header>
            <div class="body stack">
                {move || kept.get().then(|| view! { <Composer /> })}
                <Load
                    resource=pager.first
                    failed=words::history::not_loaded
                    skeleton=|| view! { <Skeleton lines=4 /> }
                    view=body
                />
            </div>
        </section>
    }
}

/// How many events there are, as far as is known.
#[component]
fn Count(pager: Pager<TimelineEntry>) -> impl IntoView {
    let known = Memo::new(move |before: Option<&Option<(usize, bool)>>| match pager.first.get() {
        Some(Ok(first)) => Some((pager.rows(&first).len(), pager.has_next(&first))),
        _ => before.copied().flatten(),
    });
    move || {
        let (count, more) = known.get()?;
        let words = if more { words::history::at_least } else { words::history::count };
        Some(view! { <span class="push t-meta t-3 num">{words(lang(), count)}</span> })
    }
}

#[component]
fn Entries(first: Signal<First<TimelineEntry>>, pager: Pager<TimelineEntry>) -> impl IntoView {
    let entries = Memo::new(move |_| first.with(|first| pager.rows(first)));
    view! {
        <ol class="timeline">
            <For each=move || entries.get() key=|entry| (entry.id, is_emptied(&entry.event)) let:entry>
                <Entry entry />
            </For>
        </ol>
        <More tail=pager.tail(first) />
    }
}

#[component]
fn Entry(entry: TimelineEntry) -> impl IntoView {
    let (masters, at) = (use_masters(), entry.at);
    let entry = StoredValue::new(entry);
    let title = {
        let masters = masters.clone();
        Signal::derive(move || entry.with_value(|entry| title_of(&entry.event, &masters, lang())))
    };
    let (icon, tone) = entry.with_value(|entry| look_of(&entry.event));
    let shown = Signal::derive(move || date::near(at, use_ticker().get_untracked(), lang()));
    let by = {
        let masters = masters.clone();
        move || entry.with_value(|entry| author_of(entry, &masters, lang()))
    };
    let details = move || {
        entry.with_value(|entry| match &entry.event {
            TimelineEvent::Noted { body, mentions } if !body.is_empty() => noted(body, mentions, &masters),
            event => told(details_of(event, &masters, lang())),
        })
    };
    view! {
        <TimelineItem icon tone title moment=date::machine(at) shown>
            {details}
            <p class="t-meta t-3">{by}</p>
        </TimelineItem>
    }
}

/// Whether nothing that was said is left in it: what an erasure has emptied is drawn anew.
fn is_emptied(event: &TimelineEvent) -> bool {
    match event {
        TimelineEvent::Inquiry { body, .. } => body.is_none(),
        TimelineEvent::StatusChanged { reason, .. } => reason.is_none(),
        TimelineEvent::Edited { changes } => changes.iter().all(is_erased),
        TimelineEvent::Noted { body, .. } => body.is_empty(),
        TimelineEvent::CustomerLinked { from, to } => from.is_none() && to.is_none(),
        TimelineEvent::Assigned { .. }
        | TimelineEvent::VehicleLinked { .. }
        | TimelineEvent::VehicleUnlinked { .. }
        | TimelineEvent::HoldChanged { .. }
        | TimelineEvent::Erased { .. } => false,
    }
}

/// A change has something on one side, unless both were erased.
fn is_erased(change: &FieldChange) -> bool {
    change.before.is_none() && change.after.is_none()
}

fn told(lines: Vec<String>) -> AnyView {
    let line = |line: String| {
        let long = is_long(&line);
        view! { <Told long>{line}</Told> }
    };
    lines.into_iter().map(line).collect_view().into_any()
}

/// Whether a text would push away what happened before it.
fn is_long(text: &str) -> bool {
    text.chars().count() > LONG || text.lines().count() > LINES
}

/// What was said; a long text is cut, and shown whole by a tap.
#[component]
fn Told(long: bool, children: Children) -> impl IntoView {
    let cut = RwSignal::new(long);
    let name = move || if cut.get() { words::history::whole(lang()) } else { words::history::less(lang()) };
    view! {
        <p class="t-2 told" data-cut=move || cut.get().then_some("")>{children()}</p>
        {long.then(|| {
            view! { <Button kind=Kind::Quiet on_click=Callback::new(move |()| cut.update(|cut| *cut = !*cut))>{name}</Button> }
        })}
    }
}

/// A note with the names that it calls marked; who is called without being named stands below.
fn noted(body: &str, mentions: &[StaffId], masters: &Masters) -> AnyView {
    let names: Vec<&str> = mentions.iter().filter_map(|id| masters.staff_name(*id)).collect();
    let pieces = pieces(body, &names);
    let named = |id: &&StaffId| {
        let name = masters.staff_name(**id);
        name.is_some_and(|name| pieces.iter().any(|(piece, marked)| *marked && piece.ends_with(name)))
    };
    let unnamed = mentions.iter().filter(|id| !named(id));
    let unnamed = unnamed.map(|id| words::history::mentioned(lang(), name_of(*id, masters, lang()))).collect();
    let mine = masters.me.name.as_str();
    let piece = |(piece, marked): (&str, bool)| {
        let me = (marked && piece.ends_with(mine)).then_some("");
        let text = piece.to_owned();
        if marked { view! { <mark data-me=me>{text}</mark> }.into_any() } else { text.into_any() }
    };
    let long = is_long(body);
    let body = pieces.iter().copied().map(piece).collect_view();
    view! {
        <Told long>{body}</Told>
        {told(unnamed)}
    }
    .into_any()
}

fn look_of(event: &TimelineEvent) -> (Icon, &'static str) {
    match event {
        TimelineEvent::Inquiry { source_code, .. } => (lines::source_icon(&source_code.0), "accent"),
        TimelineEvent::Assigned { .. } => (Icon::Person, "plain"),
        TimelineEvent::StatusChanged { .. } => (Icon::Swap, "ok"),
        TimelineEvent::CustomerLinked { .. } => (Icon::Known, "plain"),
        TimelineEvent::VehicleLinked { .. } => (Icon::Car, "accent"),
        TimelineEvent::VehicleUnlinked { .. } => (Icon::Car, "plain"),
        TimelineEvent::HoldChanged { state: HoldState::Held | HoldState::Contracted, .. } => (Icon::Hold, "accent"),
        TimelineEvent::HoldChanged { .. } => (Icon::Hold, "plain"),
        TimelineEvent::Edited { .. } | TimelineEvent::Noted { .. } | TimelineEvent::Erased { .. } => {
            (Icon::Pen, "plain")
        }
    }
}

/// Who did it. The public comes by a form, which is named; everything else without a person is a machine's.
fn author_of(entry: &TimelineEntry, masters: &Masters, lang: Lang) -> String {
    match (entry.staff_id, &entry.event) {
        (Some(id), _) => words::history::by(lang, name_of(id, masters, lang)),
        (None, TimelineEvent::Inquiry { via: Some(via), .. }) => words::history::by_form(lang, &via.form),
        (None, _) => words::history::by_machine(lang).to_owned(),
    }
}

fn name_of(id: StaffId, masters: &Masters, lang: Lang) -> String {
    masters.assignee_name(Some(id), lang)
}

/// What an entry is called.
pub fn title_of(event: &TimelineEvent, masters: &Masters, lang: Lang) -> String {
    match event {
        TimelineEvent::Inquiry { source_code, .. } => {
            words::history::inquiry(lang, masters.source_name(&source_code.0, lang))
        }
        TimelineEvent::Assigned { to: Some(to), .. } => words::history::assigned(lang, name_of(*to, masters, lang)),
        TimelineEvent::Assigned { to: None, .. } => words::history::unassigned(lang).to_owned(),
        TimelineEvent::StatusChanged { to, .. } => words::history::moved(lang, lines::status(*to)(lang)),
        TimelineEvent::CustomerLinked { to: None, from: Some(_) } => words::history::unlinked(lang).to_owned(),
        TimelineEvent::CustomerLinked { .. } => words::history::linked(lang).to_owned(),
        TimelineEvent::Edited { .. } => words::history::edited(lang).to_owned(),
        TimelineEvent::Noted { .. } => words::history::noted(lang).to_owned(),
        TimelineEvent::VehicleLinked { .. } => words::history::vehicle_linked(lang).to_owned(),
        TimelineEvent::VehicleUnlinked { .. } => words::history::vehicle_unlinked(lang).to_owned(),
        TimelineEvent::HoldChanged { state, .. } => held_as(*state)(lang).to_owned(),
        TimelineEvent::Erased { .. } => words::history::erased(lang).to_owned(),
    }
}

fn held_as(state: HoldState) -> fn(Lang) -> &'static str {
    use words::history as say;
    match state {
        HoldState::Requested => say::hold_requested,
        HoldState::Held => say::hold_held,
        HoldState::Queued => say::hold_queued,
        HoldState::Released => say::hold_released,
        HoldState::Expired => say::hold_expired,
        HoldState::Lost => say::hold_lost,
        HoldState::Contracted => say::hold_contracted,
    }
}

fn details_of(event: &TimelineEvent, masters: &Masters, lang: Lang) -> Vec<String> {
    match event {
        TimelineEvent::Inquiry { body, .. } => body.iter().map(|words| words::history::quoted(lang, words)).collect(),
        TimelineEvent::Assigned { from, .. } => {
            from.iter().map(|from| words::history::before(lang, name_of(*from, masters, lang))).collect()
        }
        TimelineEvent::StatusChanged { from, reason, .. } => {
            let from = words::history::before(lang, lines::status(*from)(lang));
            let reason = reason.as_ref().map(|reason| words::history::reason(lang, reason));
            std::iter::once(from).chain(reason).collect()
        }
        // One that has words is drawn with those whom it calls.
        TimelineEvent::Noted { .. } => vec![words::lead::erased(lang).to_owned()],
        TimelineEvent::CustomerLinked { from, to } => {
            to.iter().chain(from).take(1).map(|code| words::history::customer(lang, code)).collect()
        }
        TimelineEvent::Erased { note, .. } => note.iter().cloned().collect(),
        TimelineEvent::VehicleLinked { stock_number, name } | TimelineEvent::VehicleUnlinked { stock_number, name } => {
            vec![format!("{name} {stock_number}").trim().to_owned()]
        }
        TimelineEvent::HoldChanged { stock_number, name, loss, .. } => {
            let why = loss.map(|loss| words::history::reason(lang, hold_words::loss(loss)(lang)));
            let car = format!("{name} {stock_number}").trim().to_owned();
            std::iter::once(car).chain(why).collect()
        }
        TimelineEvent::Edited { changes } => changes.iter().map(|change| change_of(change, masters, lang)).collect(),
    }
}

fn change_of(change: &FieldChange, masters: &Masters, lang: Lang) -> String {
    let label = Field::label_of(&change.field, lang);
    if is_erased(change) {
        return label;
    }
    let empty = || words::common::empty(lang).to_owned();
    let shown = |value: &Option<String>| {
        value.as_ref().map_or_else(empty, |value| value_of(&change.field, value, masters, lang))
    };
    words::history::change(lang, shown(&change.after), shown(&change.before), label)
}

/// A kept value as a person reads it.
fn value_of(path: &str, value: &str, masters: &Masters, lang: Lang) -> String {
    match path {
        "source_code" => masters.source_name(value, lang),
        "temperature" => {
            let known = Temperature::ALL.into_iter().find(|known| known.as_str() == value);
            known.map_or_else(|| value.to_owned(), |known| lines::temperature(known)(lang).to_owned())
        }
        "wanted_car.budget" => value.parse().map_or_else(|_| value.to_owned(), |yen| yen::brief(Yen(yen), lang)),
        _ => value.to_owned(),
    }
}
