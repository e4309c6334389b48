//! How the car was offered, and what it cost the house.

use leptos::prelude::*;
use noren_api::vehicles::VehicleChange;
use noren_domain::Yen;

use super::super::lines;
use super::Shown;
use crate::ui::badge::{Badge, Tone};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::yen;
use crate::words::{self, lang, t};

/// A state, and what of it is new.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Turn {
    change: VehicleChange,
    /// By how much it got dearer; negative where cheaper.
    by: Option<Yen>,
    moved: bool,
}

/// The last first. Pure.
fn turns(changes: &[VehicleChange]) -> Vec<Turn> {
    let mut before: Option<&VehicleChange> = None;
    let mut turns: Vec<Turn> = Vec::new();
    for change in changes {
        let by = before.and_then(|before| Some(change.advertised_total?.0 - before.advertised_total?.0));
        let moved = before.is_none_or(|before| before.status != change.status);
        turns.push(Turn { change: *change, by: by.filter(|by| *by != 0).map(Yen), moved });
        before = Some(change);
    }
    turns.reverse();
    turns
}

#[component]
pub fn HistoryCard(car: Shown) -> impl IntoView {
    let turns = Memo::new(move |_| car.with(|car| turns(&car.changes)));
    let now = use_ticker().get_untracked();
    let row = move |turn: Turn| {
        let lang = lang();
        let status = turn.moved.then(|| view! { <Badge>{lines::status(turn.change.status)(lang)}</Badge> });
        let by = turn.by.map(|by| {
            let sign = if by.0 < 0 { "▲" } else { "+" };
            view! { <small class="t-2">{sign}{yen::brief(by, lang)}</small> }
        });
        view! {
            <li>
                <time class="t-2 num" datetime=date::machine(turn.change.at)>{date::short(turn.change.at, now, lang)}</time>
                <span class="turn-status">{status}</span>
                <span class="turn-price num">{by} <b>{turn.change.advertised_total.map(|total| yen::brief(total, lang))}</b></span>
            </li>
        }
    };
    let changed = move || {
        let at = car.with(|car| car.changed_at)?;
        Some(words::vehicle::changed_at(lang(), date::near(at, now, lang())))
    };
    move || {
        (!turns.with(Vec::is_empty)).then(|| {
            view! {
                <section class="card">
                    <header><h2 class="as-card">{t(words::vehicle::history)}</h2></header>
                    <div class="body">
                        <ol class="car-turns">{turns.get().into_iter().map(row).collect_view()}</ol>
                        <p class="t-meta t-3 num">{changed}</p>
                    </div>
                </section>
            }
        })
    }
}

/// 仕入原価, for whom the server sends it.
#[component]
pub fn CostCard(car: Shown) -> impl IntoView {
    let cost = Memo::new(move |_| car.with(|car| car.purchase_cost));
    move || {
        let cost = cost.get()?;
        Some(view! {
            <section class="card cost-card">
                <header>
                    <Glyph icon=Icon::Lock />
                    <h2 class="as-card">{t(words::vehicle::cost)}</h2>
                    <span class="push"><Badge tone=Tone::Warn>{t(words::vehicle::internal)}</Badge></span>
                </header>
                <div class="body">
                    <p class="num cost"><b>{move || yen::brief(cost, lang())}</b></p>
                    <p class="t-meta t-2">{t(words::vehicle::internal_hint)}</p>
                </div>
            </section>
        })
    }
}

#[cfg(test)]
mod tests {
    use noren_domain::vehicle::StockStatus;

    use super::*;

    #[test]
    fn each_state_says_what_of_it_is_new() {
        let change = |day: &str, status, total: Option<i64>| VehicleChange {
            at: format!("{day}T00:00:00Z").parse().unwrap(),
            status,
            advertised_total: total.map(Yen),
        };
        let changes = [
            change("2026-09-01", StockStatus::Received, None),
            change("2026-09-03", StockStatus::Listed, Some(300)),
            change("2026-10-01", StockStatus::Listed, Some(250)),
            change("2026-10-02", StockStatus::Negotiating, Some(250)),
        ];
        let said: Vec<_> = turns(&changes).into_iter().map(|turn| (turn.moved, turn.by)).collect();
        assert_eq!(said, [(true, None), (false, Some(Yen(-50))), (true, None), (true, None)]);
    }
}
