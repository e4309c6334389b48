//! 仮押さえ: who has the car and until when, who waits, and what the person may do about it.

mod claim;
mod hours;
mod keep;
mod release;
mod row;
mod standing;

use leptos::prelude::*;
use noren_api::holds::HoldLine;
use noren_domain::HoldId;
use noren_domain::code::StockNumber;
use noren_domain::hold::HoldState;

pub use self::claim::HoldAction;
use self::keep::{ExtendDialog, Extending};
use self::release::{ReleaseDialog, Releasing};
use self::row::{Claimed, Elsewhere};
use self::standing::Standing;
use super::Shown;
use crate::api::{ApiError, use_api};
use crate::live::use_live;
use crate::ui::badge::{Badge, Tone};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::effect::effect;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::notice::Notice;
use crate::words::{self, lang, t};

/// The car's line. `Copy`, in the context of its page.
#[derive(Clone, Copy)]
pub struct Line {
    claims: LocalResource<Result<HoldLine, ApiError>>,
    /// The last good answer; it stays while the next is on its way.
    known: Memo<Option<HoldLine>>,
}

pub fn use_line() -> Line {
    expect_context()
}

impl Line {
    pub fn of(number: StockNumber) -> Self {
        let api = use_api();
        let claims = LocalResource::new(move || api.list_vehicle_holds(number.clone()));
        use_live().on_news(move |news| {
            if news.is_about_holds() {
                claims.refetch();
            }
        });
        let known = Memo::new(move |last: Option<&Option<HoldLine>>| match claims.get() {
            Some(Ok(line)) => Some(line),
            _ => last.cloned().flatten(),
        });
        Self { claims, known }
    }

    /// Asks the server again.
    pub fn refetch(self) {
        self.claims.refetch();
    }

    /// Does something whenever the line is another one than it was, or was another one in between: the car may have been read then.
    pub fn on_turn(self, act: impl Fn() + 'static) {
        let mut before = None;
        effect(move || {
            let now = self.known.get();
            if before.is_some() && before != now {
                untrack(&act);
            }
            before = now;
        });
    }

    fn standing(self, car: Shown) -> Memo<Standing> {
        Memo::new(move |before: Option<&Standing>| {
            let copy = car.with(|car| car.hold.clone().filter(|_| car.status.is_for_sale()));
            Standing::after(before, copy, self.known.get().map(|line| line.items).unwrap_or_default())
        })
    }
}

#[component]
pub fn HoldCard(car: Shown) -> impl IntoView {
    let line = use_line();
    let standing = line.standing(car);
    let failed = move || line.claims.with(|claims| matches!(claims, Some(Err(_))));
    let shown = Memo::new(move |_| !standing.with(Standing::is_empty) || failed());
    let (extending, releasing) = (Extending::new(), Releasing::of(line, standing));
    let acts = Acts { extend: extending.begin(), release: releasing.begin() };
    let retry = Callback::new(move |()| line.refetch());
    let failure = move || {
        let error = line.claims.get().and_then(Result::err)?;
        Some(view! {
            <div class="body">
                <FailureNotice failure=Signal::stored(error.into()) title=words::hold::not_loaded retry />
            </div>
        })
    };
    let card = move || {
        shown.get().then(|| {
            view! {
                <section class="card hold-card" aria-labelledby="hold-card">
                    <header>
                        <Glyph icon=Icon::Hold />
                        <h2 class="as-card" id="hold-card">{t(words::hold::title)}</h2>
                        <span class="push"><Until standing /></span>
                    </header>
                    {failure}
                    <Unanswered standing />
                    <ol class="hold-line">
                        {move || standing.with(|standing| standing.theirs.clone()).map(|hold| view! { <Elsewhere hold /> })}
                        {move || {
                            let line = standing.with(|standing| standing.line.clone());
                            line.into_iter().map(|hold| view! { <Claimed hold car acts /> }).collect_view()
                        }}
                    </ol>
                </section>
            }
        })
    };
    view! {
        {card}
        // Beside the card, so that what is asked stays whatever others do meanwhile.
        <ExtendDialog extending line standing />
        <ReleaseDialog releasing />
    }
}

/// What a row of the line offers.
#[derive(Clone, Copy)]
pub struct Acts {
    extend: Callback<HoldId>,
    release: Callback<HoldId>,
}

/// Until when whoever has it has it.
#[component]
fn Until(standing: Memo<Standing>) -> impl IntoView {
    let ticker = use_ticker();
    move || {
        standing.with(|standing| {
            if standing.is_asked() {
                let icon = Icon::Clock;
                return Some(view! { <Badge tone=Tone::Warn icon>{t(words::hold::requested)}</Badge> }.into_any());
            }
            let held = standing.line.first().filter(|first| first.state == HoldState::Held);
            let theirs = standing.theirs.as_ref().map(|theirs| theirs.expires_at);
            let until = held.and_then(|held| held.expires_at).or(theirs)?;
            let said = words::hold::until(lang(), date::near(until, ticker.get_untracked(), lang()));
            Some(view! { <Badge tone=Tone::Warn>{said}</Badge> }.into_any())
        })
    }
}

/// As long as EXTREME has not answered, nobody may promise the car.
#[component]
fn Unanswered(standing: Memo<Standing>) -> impl IntoView {
    let asked = Memo::new(move |_| standing.with(Standing::is_asked));
    let said = move || {
        asked.get().then(|| {
            view! {
                <div class="body">
                    <Notice icon=Icon::Clock>
                        <p class="grow">{t(words::hold::unanswered)}</p>
                    </Notice>
                </div>
            }
        })
    };
    view! { <div role="status">{said}</div> }
}
