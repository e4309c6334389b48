//! What waits to be sent: whom it is about, since when, and what is the matter.

use leptos::prelude::*;
use noren_domain::Timestamp;

use super::draft::{Draft, KeptDraft};
use super::fields::Field;
use super::lines;
use super::list::use_lead_list;
use crate::json;
use crate::messages;
use crate::queue::{Entry, State, use_queue};
use crate::routes::Page;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{BackLink, Button, Kind, LinkButton};
use crate::ui::clock::{self, use_ticker};
use crate::ui::date;
use crate::ui::dialog::Dialog;
use crate::ui::empty::Empty;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::words::{self, lang, lang_untracked, t};

#[component]
pub fn QueuePage() -> impl IntoView {
    let (queue, list) = (use_queue(), use_lead_list());
    let entries = queue.entries();
    let discarding = Discarding { open: RwSignal::new(false), what: RwSignal::default() };
    let body = move || {
        let entries = entries.get();
        if entries.is_empty() {
            return view! { <Empty icon=Icon::Check title=Signal::derive(move || words::queue::empty(lang()).to_owned()) /> }
                .into_any();
        }
        let cards = entries.into_iter().map(|entry| view! { <li><EntryCard entry discarding /></li> });
        view! {
            <p class="t-2">{t(words::queue::what)}</p>
            <ol class="queue">{cards.collect_view()}</ol>
        }
        .into_any()
    };
    view! {
        <div class="pane form-pane">
            <section class="form">
                <header class="detail-head">
                    <BackLink href=Signal::derive(move || list.beside(Page::Leads)) label=words::common::back />
                    <PageHeading title=Signal::derive(move || words::queue::title(lang()).to_owned()) />
                </header>
                <div class="scroll form-body">{body}</div>
            </section>
            <Discard discarding />
        </div>
    }
}

#[component]
fn EntryCard(entry: Entry, discarding: Discarding) -> impl IntoView {
    let ticker = use_ticker();
    let draft = json::read::<KeptDraft>(&entry.draft).map(|kept| kept.draft).unwrap_or_default();
    let called = called(&draft);
    let whom = called.to_string();
    let (lang_now, dot) = (lang_untracked(), words::common::dot(lang_untracked()));
    let wish = draft.check().ok().map(|profile| lines::wish(&profile.wanted_car, lang_now).join(dot));
    let since = Timestamp::from_timestamp_millis(entry.at).unwrap_or_else(clock::by_device);
    let old = entry.is_old(clock::by_device().timestamp_millis());
    let trouble = trouble(&entry, old);
    let actions = view! { <EntryActions request=entry.request.clone() whom=whom.clone() old discarding /> };
    view! {
        <article class="card queued" aria-label=whom.clone()>
            <p class="line">
                <b class="t-lead clip">{called.name}</b>
                <small class="t-2 nowrap">{called.title}</small>
                <span class="push"></span>
                <EntryBadge request=entry.request.clone() state=entry.state old />
            </p>
            <p class="t-meta t-2">
                <span>{move || words::queue::since(lang(), date::near(since, ticker.get(), lang()))}</span>
                {wish.map(|wish| view! { <span class="clip">{wish}</span> })}
            </p>
            {trouble}
            {actions}
        </article>
    }
}

#[component]
fn EntryBadge(request: String, state: State, old: bool) -> impl IntoView {
    let queue = use_queue();
    move || {
        let (tone, icon, words) = match &state {
            _ if queue.is_sending(&request) => (Tone::Accent, Icon::Reload, words::queue::sending(lang())),
            State::Waiting if old => (Tone::Warn, Icon::Alert, words::queue::old(lang())),
            State::Waiting => (Tone::Plain, Icon::Clock, words::queue::state(lang())),
            State::Open => (Tone::Warn, Icon::Pen, words::queue::open(lang())),
            State::Refused { .. } => (Tone::Warn, Icon::Alert, words::queue::refused(lang())),
        };
        view! { <Badge tone icon>{words}</Badge> }
    }
}

#[component]
fn EntryActions(request: String, whom: String, old: bool, discarding: Discarding) -> impl IntoView {
    let queue = use_queue();
    let edit = request.parse().ok().map(|request| {
        view! {
            <LinkButton href=Page::Queued(request).href() kind=Kind::Soft icon=Icon::Pen>
                {t(words::queue::mend)}
            </LinkButton>
        }
    });
    let request = StoredValue::new(request);
    let sending = Signal::derive(move || request.with_value(|request| queue.is_sending(request)));
    let again = old.then(|| {
        let on_click = Callback::new(move |()| request.with_value(|request| queue.send_again(request)));
        view! { <Button kind=Kind::Soft on_click>{t(words::queue::send_again)}</Button> }
    });
    let discard = Callback::new(move |()| {
        discarding.what.set((request.get_value(), whom.clone()));
        discarding.open.set(true);
    });
    view! {
        <div class="line" data-wrap="">
            <Button kind=Kind::Quiet on_click=discard busy=sending>{t(words::queue::discard)}</Button>
            <span class="push"></span>
            {again}
            {edit}
        </div>
    }
}

fn called(draft: &Draft) -> lines::Called {
    let filled = |field| Some(draft.text(field)).filter(|text| !text.trim().is_empty());
    lines::called(filled(Field::Name), filled(Field::Company), lang_untracked())
}

/// Why it does not go by itself, and what to do.
fn trouble(entry: &Entry, old: bool) -> Option<AnyView> {
    let lang = lang_untracked();
    let fields = match &entry.state {
        State::Refused { fields, .. } => fields.as_slice(),
        _ => &[],
    };
    let sentence = match &entry.state {
        State::Refused { code, .. } => messages::problem(code)(lang),
        State::Open => words::queue::open_what(lang),
        State::Waiting if old => words::queue::old_what(lang),
        State::Waiting => return None,
    };
    let lines = fields.iter().map(|broken| {
        let path = broken.field.strip_prefix("profile.").unwrap_or(&broken.field);
        let label = Field::label_of(path.trim_end_matches(|c: char| c == '.' || c.is_ascii_digit()), lang);
        view! { <li>{words::queue::broken(lang, label, messages::field(broken, lang))}</li> }
    });
    let lines = lines.collect_view();
    Some(view! { <div class="t-meta"><p>{sentence}</p><ul>{lines}</ul></div> }.into_any())
}

/// What somebody is about to throw away: its request's key, and whom it is about. Nobody else has it, so this asks.
#[derive(Clone, Copy)]
struct Discarding {
    open: RwSignal<bool>,
    what: RwSignal<(String, String)>,
}

#[component]
fn Discard(discarding: Discarding) -> impl IntoView {
    let (queue, Discarding { open, what }) = (use_queue(), discarding);
    let title = Signal::derive(move || words::queue::discard_title(lang()).to_owned());
    let stay = Callback::new(move |()| open.set(false));
    let go = Callback::new(move |()| {
        what.with_untracked(|(request, _)| queue.sent(request));
        open.set(false);
    });
    view! {
        <Dialog open title>
            <div class="dialog-body">
                <p>{move || what.with(|(_, whom)| words::queue::discard_what(lang(), whom))}</p>
            </div>
            <footer>
                <Button kind=Kind::Quiet on_click=stay>{t(words::queue::keep)}</Button>
                <Button kind=Kind::Primary on_click=go>{t(words::queue::discard)}</Button>
            </footer>
        </Dialog>
    }
}
