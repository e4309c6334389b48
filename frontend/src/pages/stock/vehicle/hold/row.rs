//! One of those who have the car, ask for it or wait.

use leptos::prelude::*;
use noren_api::holds::Hold;
use noren_api::vehicles::VehicleHold;
use noren_domain::Timestamp;
use noren_domain::hold::{HoldState, Keeper};

use super::super::super::lines;
use super::super::Shown;
use super::Acts;
use crate::holds::said;
use crate::pages::leads::lines::called;
use crate::session::{SharedMasters, use_masters};
use crate::ui::button::{Button, Kind};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::icon::{Glyph, Icon, Size};
use crate::words::{self, Lang, lang, t};

/// A claim that was placed in Noren.
#[component]
pub fn Claimed(hold: Hold, car: Shown, acts: Acts) -> impl IntoView {
    let (masters, ticker) = (use_masters(), use_ticker());
    let (id, state, own) = (hold.id, hold.state, hold.is_own);
    let (name, store) = (hold.staff_name.clone(), store_of(&hold, car, &masters));
    let who = move || match (&name, own) {
        (_, true) => words::hold::mine(lang()).to_owned(),
        (Some(name), _) => name.clone(),
        (None, _) => words::lead::someone(lang()).to_owned(),
    };
    let lead = hold.lead_name.clone();
    let whom = move || {
        let lead = lead.as_deref().map(|name| called(Some(name), None, lang()).to_string());
        [store(lang()), lead].into_iter().flatten().collect::<Vec<_>>().join(words::common::dot(lang()))
    };
    let (allowed, position, until) = (hold.allowed, hold.position, hold.expires_at);
    let more = move || {
        told_beside(&hold, ticker.get_untracked(), lang()).map(|said| view! { <small class="block t-2">{said}</small> })
    };
    let may_extend = allowed.extend.then(|| {
        view! {
            <Button kind=Kind::Soft on_click=Callback::new(move |()| acts.extend.run(id))>{t(words::hold::extend)}</Button>
        }
    });
    let let_go = letting_go(state);
    let may_release = allowed.release.then(|| {
        view! { <Button kind=Kind::Quiet on_click=Callback::new(move |()| acts.release.run(id))>{t(let_go)}</Button> }
    });
    let some = allowed.extend || allowed.release;
    view! {
        <li data-me=own.then_some("") data-state=state.as_str()>
            <div class="line">
                <Place position state />
                <span class="grow">
                    <b class="block">{who}</b>
                    <small class="block t-2">{whom}</small>
                    {more}
                </span>
                <Rest state until />
            </div>
            {some.then(|| view! { <div class="line hold-acts" data-wrap>{may_release} {may_extend}</div> })}
        </li>
    }
}

/// What letting it go is called.
fn letting_go(state: HoldState) -> fn(Lang) -> &'static str {
    match state {
        HoldState::Queued => words::hold::leave,
        HoldState::Requested => words::hold::take_back,
        _ => words::hold::release,
    }
}

/// What else there is to know of it.
fn told_beside(hold: &Hold, now: Timestamp, lang: Lang) -> Option<String> {
    if let Some(wanted) = hold.wanted_until {
        return Some(words::hold::wants_until(lang, date::near(wanted, now, lang)));
    }
    match (hold.state, hold.kept_by) {
        (HoldState::Held, Some(Keeper::Noren)) => Some(words::hold::by_noren(lang).to_owned()),
        (HoldState::Queued, _) if hold.is_own => Some(words::hold::told_then(lang).to_owned()),
        _ => None,
    }
}

/// What its store is called; of one that the person does not see the car's copy may know the code.
fn store_of(hold: &Hold, car: Shown, masters: &SharedMasters) -> impl Fn(Lang) -> Option<String> + use<> {
    let name = Some(masters.store_name(hold.store_id).to_owned()).filter(|name| !name.is_empty());
    let staff = hold.staff_id;
    move |lang| {
        let code = || {
            car.with(|car| {
                let copy = car.hold.as_ref().filter(|copy| copy.staff_id == Some(staff))?;
                Some(words::car::store_code(lang, &copy.store_code))
            })
        };
        name.clone().or_else(code)
    }
}

/// Who has the car by a hold that was placed in EXTREME.
#[component]
pub fn Elsewhere(hold: VehicleHold) -> impl IntoView {
    let masters = use_masters();
    let VehicleHold { staff_name, store_code, state, expires_at, .. } = hold;
    let store = masters.stores.iter().find(|store| store.code == store_code.as_str()).map(|store| store.id);
    let place = move || lines::store(&masters, store, &store_code, lang());
    view! {
        <li data-state=state.as_str()>
            <div class="line">
                <Place position=None state />
                <span class="grow">
                    <b class="block">{staff_name}</b>
                    <small class="block t-2">{place}</small>
                </span>
                <Rest state until=Some(expires_at) />
            </div>
        </li>
    }
}

/// The number of whoever waits; a mark for whoever has the car or asks for it.
#[component]
fn Place(position: Option<u32>, state: HoldState) -> impl IntoView {
    match position {
        Some(position) => view! {
            <span class="place num" aria-hidden="true">{position}</span>
            <span class="sr">{move || words::hold::place(lang(), position)}</span>
        }
        .into_any(),
        None => {
            let icon = if state == HoldState::Requested { Icon::Clock } else { Icon::Hold };
            view! { <span class="place" data-has=""><Glyph icon size=Size::Small /></span> }.into_any()
        }
    }
}

/// How long it still lasts, or what it waits for.
#[component]
fn Rest(state: HoldState, until: Option<Timestamp>) -> impl IntoView {
    let ticker = use_ticker();
    match (state, until) {
        (HoldState::Held, Some(until)) => {
            let left = Memo::new(move |_| said::left(until - ticker.get(), lang()));
            view! { <b class="num t-warn nowrap">{left}</b> }.into_any()
        }
        (HoldState::Requested, _) => view! { <b class="t-warn nowrap">{t(words::hold::requested)}</b> }.into_any(),
        _ => view! { <span class="t-2 t-meta nowrap">{t(words::hold::queued)}</span> }.into_any(),
    }
}
