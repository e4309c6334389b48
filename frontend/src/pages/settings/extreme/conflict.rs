//! One conflict: what both sides say, and the ways on.

use leptos::prelude::*;
use noren_api::extreme::{ExtremeConflict, ExtremeSide, SettleConflict};
use noren_domain::staff_record::{ConflictState, Dispute, Employment, Settlement};

use super::said;
use crate::api::{ApiError, use_api};
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, Kind, LinkButton};
use crate::ui::failure::FailureNotice;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::toast::use_toasts;
use crate::words::{self, Lang, lang, lang_untracked, t};

/// What either side calls whether somebody works there.
type Status = fn(Employment) -> fn(Lang) -> &'static str;
type Settling = Action<Settlement, Result<(), ApiError>>;

#[component]
pub fn ConflictCard(conflict: ExtremeConflict, on_settled: Callback<()>) -> impl IntoView {
    let settle = settling(&conflict, on_settled);
    let ExtremeConflict { staff_code, dispute, theirs, ours, refusal, state, ways, told_at, .. } = conflict;
    let (title, what) = said::dispute(dispute);
    let who = format!("{}({staff_code})", ours.as_ref().map_or(&theirs, |ours| ours).name);
    let why = refusal.map(|code| view! { <p class="t-2 t-meta">{move || said::reason(&code, lang())}</p> });
    let standing =
        standing(state, told_at.is_some()).map(|words| view! { <Badge tone=Tone::Accent>{t(words)}</Badge> });
    let sides = sides(dispute, &theirs, ours.as_ref());
    view! {
        <article class="card extreme-conflict">
            <header class="line" data-wrap>
                <Glyph icon=Icon::Swap />
                <h3 class="as-card grow">{t(title)}</h3>
                {standing}
            </header>
            <div class="body stack">
                <p><b>{who}</b></p>
                {sides}
                <p class="t-2 t-meta">{t(what)}</p>
                {why}
                <Ways dispute staff_code state ways settle />
            </div>
        </article>
    }
}

fn standing(state: ConflictState, is_told: bool) -> Option<fn(Lang) -> &'static str> {
    match state {
        ConflictState::Open => None,
        ConflictState::Kept if is_told => Some(words::extreme::is_told),
        ConflictState::Kept => Some(words::extreme::is_kept),
        ConflictState::Left | ConflictState::Taken => Some(words::extreme::is_left),
    }
}

/// Both values, where there are two.
fn sides(dispute: Dispute, theirs: &ExtremeSide, ours: Option<&ExtremeSide>) -> Option<AnyView> {
    let ours = ours.filter(|_| dispute != Dispute::NotTaken)?;
    let side = |name: fn(Lang) -> &'static str, side: &ExtremeSide, status: Status| {
        let value = value(dispute, side, status);
        view! {
            <div class="extreme-side">
                <dt class="t-2">{t(name)}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    Some(
        view! {
            <dl class="extreme-sides">
                {side(words::extreme::theirs, theirs, said::employment)}
                {side(words::extreme::ours, ours, said::status)}
            </dl>
        }
        .into_any(),
    )
}

/// What one side says about just this.
fn value(dispute: Dispute, side: &ExtremeSide, status: Status) -> AnyView {
    match dispute {
        Dispute::Store | Dispute::UnknownStore => {
            let code = side.store_code.clone().unwrap_or_default();
            let store = use_masters().stores.iter().find(|store| store.code == code).map(|store| store.name.clone());
            let name = store.map_or_else(|| code.clone(), |name| format!("{name}({code})"));
            view! { <b>{name}</b> }.into_any()
        }
        Dispute::Employment | Dispute::OpenLeads | Dispute::LastAdministrator => {
            view! { <b>{t(status(side.employment))}</b> }.into_any()
        }
        Dispute::UnknownStaff | Dispute::Name | Dispute::NotTaken => view! {
            <b>{side.name.clone()}</b>
            <small class="t-2">{side.kana.clone()}</small>
        }
        .into_any(),
    }
}

fn settling(conflict: &ExtremeConflict, on_settled: Callback<()>) -> Settling {
    let (api, toasts) = (use_api(), use_toasts());
    let (id, version) = (conflict.id, conflict.version);
    Action::new_local(move |settlement: &Settlement| {
        let settlement = *settlement;
        async move {
            match api.settle_extreme_conflict(id, version, SettleConflict { settlement }).await {
                Ok(_) => toasts.say(said::settled(settlement)(lang_untracked())),
                Err(error) if matches!(error.status(), 404 | 412) => {
                    toasts.say(words::extreme::changed(lang_untracked()));
                }
                Err(error) => return Err(error),
            }
            on_settled.try_run(());
            Ok(())
        }
    })
}

#[component]
fn Ways(
    dispute: Dispute,
    staff_code: String,
    state: ConflictState,
    ways: Vec<Settlement>,
    settle: Settling,
) -> impl IntoView {
    let failure = move || {
        let error = settle.value().get().and_then(Result::err).filter(|_| !settle.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::extreme::not_settled /> })
    };
    // The quiet way stands at the left, and the likeliest at the right, where the thumb is. What was left is not left once more.
    let ways = ways.into_iter().rev().filter(|way| state == ConflictState::Open || *way != Settlement::Leave);
    let buttons = ways.map(|way| {
        let kind = if way == Settlement::Leave { Kind::Quiet } else { Kind::Secondary };
        let on_click = Callback::new(move |()| drop(settle.dispatch_local(way)));
        view! { <Button kind busy=settle.pending() on_click>{t(said::way(dispute, way))}</Button> }
    });
    let buttons = buttons.collect_view();
    view! {
        {failure}
        <div class="line extreme-ways" data-wrap>
            {buttons}
            {elsewhere(dispute, &staff_code)}
        </div>
    }
}

/// What is done on another page.
fn elsewhere(dispute: Dispute, staff_code: &str) -> Option<AnyView> {
    let link = |href: String, words: fn(Lang) -> &'static str| {
        view! { <LinkButton href kind=Kind::Soft>{t(words)}</LinkButton> }.into_any()
    };
    match dispute {
        Dispute::UnknownStaff => {
            let href = format!("{}?code={staff_code}", Page::NewStaff.href());
            Some(link(href, words::extreme::make_account))
        }
        Dispute::UnknownStore => Some(link(Page::Stores.href(), words::extreme::to_stores)),
        Dispute::OpenLeads => {
            let masters = use_masters();
            let person = masters.staff.iter().find(|person| person.code == staff_code)?;
            Some(link(Page::Person(person.id).href(), words::extreme::hand_over))
        }
        Dispute::LastAdministrator => Some(link(Page::Staff.href(), words::extreme::to_staff)),
        Dispute::Name | Dispute::Store | Dispute::Employment | Dispute::NotTaken => None,
    }
}
