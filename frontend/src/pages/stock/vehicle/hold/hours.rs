//! For how long: a few large choices, and until when that is.

use chrono::TimeDelta;
use leptos::prelude::*;

use crate::ui::choice::{Choice, Choices};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::words::{self, Lang, lang};

/// What is offered, up to the most that the contract knows.
const OFFERED: [u8; 4] = [2, 24, 48, 72];
/// What is chosen to begin with.
pub const USUAL: u8 = 24;

#[component]
pub fn Hours(
    legend: fn(Lang) -> &'static str,
    chosen: RwSignal<u8>,
    /// Whether it counts from when the turn comes, and not from now.
    #[prop(into)]
    later: Signal<bool>,
) -> impl IntoView {
    let ticker = use_ticker();
    let choices =
        move || OFFERED.map(|hours| Choice::new(hours.to_string(), words::hold::count(lang(), hours))).to_vec();
    let until = Memo::new(move |_| {
        if later.get() {
            return words::hold::from_turn(lang()).to_owned();
        }
        let now = ticker.get();
        words::hold::until(lang(), date::near(now + TimeDelta::hours(chosen.get().into()), now, lang()))
    });
    view! {
        <div class="hold-hours">
            <Choices
                name="hold_hours"
                legend=Signal::derive(move || legend(lang()).to_owned())
                choices=Signal::derive(choices)
                chosen=Signal::derive(move || chosen.get().to_string())
                on_choose=Callback::new(move |hours: String| chosen.set(hours.parse().unwrap_or(USUAL)))
            />
            <p class="t-meta t-2 num" role="status">{until}</p>
        </div>
    }
}
