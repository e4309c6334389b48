//! One message: what it is, how it stands, and the two ways on.

use leptos::prelude::*;
use noren_api::outbox::OutboxMessage;
use noren_domain::outbox::{OutboxKind, OutboxState};

use super::reason::reason;
use crate::api::{ApiError, use_api};
use crate::routes::Page;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, Kind, LinkButton};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::dialog::Dialog;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::Icon;
use crate::ui::toast::use_toasts;
use crate::words::{self, Lang, lang, lang_untracked, t};

/// What a person makes of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Retry,
    Discard,
}

impl Verdict {
    fn act(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::Discard => "discard",
        }
    }

    fn done(self) -> fn(Lang) -> &'static str {
        match self {
            Self::Retry => words::outbox::retried,
            Self::Discard => words::outbox::discarded_now,
        }
    }
}

type Deciding = Action<Verdict, Result<(), ApiError>>;

fn kind_name(kind: OutboxKind) -> fn(Lang) -> &'static str {
    match kind {
        OutboxKind::Invitation => words::outbox::invitation,
        OutboxKind::Recovery => words::outbox::recovery,
        OutboxKind::PasswordChanged => words::outbox::password_changed,
        OutboxKind::CorrectionRequest => words::outbox::correction_request,
        OutboxKind::PlaceHold => words::outbox::place_hold,
        OutboxKind::ExtendHold => words::outbox::extend_hold,
        OutboxKind::ReleaseHold => words::outbox::release_hold,
    }
}

fn standing(state: OutboxState) -> (Tone, fn(Lang) -> &'static str) {
    match state {
        OutboxState::Waiting => (Tone::Accent, words::outbox::waiting),
        OutboxState::Leased => (Tone::Accent, words::outbox::leased),
        OutboxState::Done => (Tone::Ok, words::outbox::done),
        OutboxState::Dead => (Tone::Warn, words::outbox::dead),
        OutboxState::Paused => (Tone::Warn, words::outbox::paused),
        OutboxState::Discarded => (Tone::Plain, words::outbox::discarded),
    }
}

#[component]
pub fn MessageCard(
    message: OutboxMessage,
    /// Somebody has decided, here or elsewhere.
    on_decided: Callback<()>,
) -> impl IntoView {
    let decide = deciding(&message, on_decided);
    let OutboxMessage {
        kind,
        state,
        staff_name,
        customer_code,
        stock_number,
        attempt,
        last_error,
        created_at,
        next_at,
        settled_at,
        ..
    } = message;
    let at = |at| date::near(at, use_ticker().get_untracked(), lang());
    let (tone, stands) = standing(state);
    let whom = move || match (&stock_number, &customer_code, &staff_name) {
        (Some(number), _, _) => {
            let car = words::outbox::about_car(lang(), number);
            view! { <LinkButton kind=Kind::Quiet icon=Icon::Car href=Page::vehicle(number)>{car}</LinkButton> }
                .into_any()
        }
        (None, Some(code), name) => {
            let customer = words::outbox::about(lang(), code, name.clone().unwrap_or_default());
            view! { <LinkButton kind=Kind::Quiet icon=Icon::Person href=Page::customer(code)>{customer}</LinkButton> }
                .into_any()
        }
        (None, None, Some(name)) => words::outbox::to(lang(), name).into_any(),
        (None, None, None) => words::outbox::to_somebody(lang()).into_any(),
    };
    let why = last_error.map(|code| {
        view! {
            <dt>{t(words::outbox::reason)}</dt>
            <dd>{move || reason(&code, lang())}</dd>
        }
    });
    let next = (state == OutboxState::Waiting).then(|| {
        view! {
            <dt>{t(words::outbox::next)}</dt>
            <dd>{move || at(next_at)}</dd>
        }
    });
    let ended = if state == OutboxState::Dead { words::outbox::given_up_at } else { words::outbox::settled_at };
    let over = settled_at.map(|settled| {
        view! {
            <dt>{t(ended)}</dt>
            <dd>{move || at(settled)}</dd>
        }
    });
    let movable = matches!(state, OutboxState::Waiting | OutboxState::Dead | OutboxState::Paused);
    view! {
        <li>
            <article class="card">
                <header class="line" data-wrap>
                    <h2 class="as-card grow">{t(kind_name(kind))}</h2>
                    <Badge tone>{t(stands)}</Badge>
                </header>
                <div class="body stack">
                    <p class="t-lead">{whom}</p>
                    <dl class="facts">
                        {why}
                        <dt>{t(words::outbox::written)}</dt>
                        <dd>{move || at(created_at)}</dd>
                        {next}
                        {over}
                        <dt>{t(words::outbox::tries)}</dt>
                        <dd class="num">{move || words::outbox::times(lang(), attempt)}</dd>
                    </dl>
                    {movable.then(|| view! { <Ways kind state decide /> })}
                </div>
            </article>
        </li>
    }
}

/// Sends the verdict. What has changed meanwhile is shown as it is now.
fn deciding(message: &OutboxMessage, on_decided: Callback<()>) -> Deciding {
    let (api, toasts) = (use_api(), use_toasts());
    let (id, version) = (message.id, message.version);
    Action::new_local(move |verdict: &Verdict| {
        let verdict = *verdict;
        async move {
            match api.decide_outbox(id, version, verdict.act()).await {
                Ok(_) => toasts.say(verdict.done()(lang_untracked())),
                Err(error) if matches!(error.status(), 409 | 412) => {
                    toasts.say(words::outbox::changed(lang_untracked()));
                }
                Err(error) => return Err(error),
            }
            on_decided.try_run(());
            Ok(())
        }
    })
}

/// Discarding cannot be taken back, so it is asked first.
#[component]
fn Ways(kind: OutboxKind, state: OutboxState, decide: Deciding) -> impl IntoView {
    let asking = RwSignal::new(false);
    let retry = Callback::new(move |()| {
        decide.dispatch_local(Verdict::Retry);
    });
    let discard = Callback::new(move |()| {
        asking.set(false);
        decide.dispatch_local(Verdict::Discard);
    });
    let again = if state == OutboxState::Waiting { words::outbox::retry_now } else { words::outbox::retry };
    let failure = move || {
        let error = decide.value().get().and_then(Result::err).filter(|_| !decide.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::outbox::not_decided /> })
    };
    let what = move || words::outbox::discard_what(lang(), kind_name(kind)(lang()));
    view! {
        {failure}
        <div class="line" data-wrap>
            <Button kind=Kind::Quiet busy=decide.pending() on_click=Callback::new(move |()| asking.set(true))>
                {t(words::outbox::discard)}
            </Button>
            <span class="push"></span>
            <Button kind=Kind::Soft icon=Icon::Reload busy=decide.pending() on_click=retry>{t(again)}</Button>
        </div>
        <Dialog open=asking title=Signal::derive(move || words::outbox::discard_ask(lang()).to_owned())>
            <div class="dialog-body">
                <p>{what}</p>
            </div>
            <footer>
                <Button kind=Kind::Quiet on_click=Callback::new(move |()| asking.set(false))>
                    {t(words::common::cancel)}
                </Button>
                <Button kind=Kind::Primary on_click=discard>{t(words::outbox::discard)}</Button>
            </footer>
        </Dialog>
    }
}
