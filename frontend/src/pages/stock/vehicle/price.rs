//! What the car costs and did cost.

use chrono::TimeDelta;
use leptos::prelude::*;
use noren_api::vehicles::Vehicle;
use noren_domain::{Timestamp, Yen};

use super::Shown;
use super::chart::{self, Chart, HEIGHT, Step, WIDTH};
use crate::ui::badge::{Badge, Tone};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::price::Price;
use crate::ui::yen;
use crate::words::{self, Lang, lang, t};

/// For how long a cut of the price is news.
const NEWS: TimeDelta = TimeDelta::days(30);

#[component]
pub fn PriceCard(car: Shown) -> impl IntoView {
    let now = use_ticker().get_untracked();
    let total = move || {
        let amount = car.with(|car| car.offer.advertised_total);
        view! { <Price amount /> }
    };
    let parts = move || {
        let offer = car.with(|car| (car.offer.vehicle_price, car.offer.fees));
        let part = |label: fn(Lang) -> &'static str, amount: Yen| {
            view! { <span>{t(label)}" "<b>{yen::brief(amount, lang())}</b></span> }
        };
        view! {
            {offer.0.map(|amount| part(words::vehicle::vehicle_price, amount))}
            {offer.1.map(|amount| part(words::vehicle::fees, amount))}
        }
    };
    let steps = Memo::new(move |_| car.with(|car| chart::steps(&car.changes)));
    let cut = move || {
        let (by, at) = steps.with(|steps| last_cut(steps, now))?;
        let said = format!("{} {}", words::car::cut(lang(), yen::brief(by, lang())), date::short(at, now, lang()));
        Some(view! { <span class="push"><Badge tone=Tone::Accent>{said}</Badge></span> })
    };
    let drawing = move || {
        let steps = steps.get();
        let longest = steps.iter().map(|step| yen::tag(step.amount, lang()).0.chars().count()).max().unwrap_or(0);
        chart::chart(&steps, now, longest).map(|chart| view! { <StepChart chart steps now /> })
    };
    view! {
        <section class="card price-card">
            <header>
                <h2 class="as-card">{t(words::car::price)}</h2>
                {cut}
            </header>
            <div class="body">
                <p class="price-total">{total}</p>
                <p class="price-parts num t-2">{parts}</p>
                {drawing}
                <p class="price-days t-meta t-2 num">{move || car.with(|car| since(car, lang()))}</p>
            </div>
        </section>
    }
}

/// The last change, where it was a cut of late.
fn last_cut(steps: &[Step], now: Timestamp) -> Option<(Yen, Timestamp)> {
    let [.., before, last] = steps else { return None };
    let by = before.amount.0 - last.amount.0;
    (by > 0 && now - last.at < NEWS).then_some((Yen(by), last.at))
}

/// Since when it is offered, and how long that is.
fn since(car: &Vehicle, lang: Lang) -> Vec<AnyView> {
    let listed = car.offer.listed_on.map(|day| words::vehicle::listed_on(lang, date::day(day)));
    let days = car.days_listed.filter(|_| !car.status.is_sold()).map(|days| words::vehicle::days_listed(lang, days));
    [listed, days].into_iter().flatten().map(|said| view! { <span>{said}</span> }.into_any()).collect()
}

#[component]
fn StepChart(chart: Chart, steps: Vec<Step>, now: Timestamp) -> impl IntoView {
    let all = steps.clone();
    let label = move || {
        let lang = lang();
        let said = all.iter().map(|step| {
            words::vehicle::price_step(lang, yen::brief(step.amount, lang), date::short(step.at, now, lang))
        });
        format!(
            "{}: {}",
            words::vehicle::price_history(lang),
            said.collect::<Vec<_>>().join(words::common::comma(lang))
        )
    };
    let figure = |figure: chart::Figure| {
        let amount = steps.get(figure.step).map(|step| step.amount);
        let said = move || amount.map(|amount| yen::tag(amount, lang()).0);
        view! { <text x=figure.x y=figure.y text-anchor=if figure.is_end { "end" } else { "start" }>{said}</text> }
    };
    let (x, y) = chart.now;
    view! {
        <svg class="price-chart" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=label>
            <path d=chart.path></path>
            <circle cx=x cy=y r="4"></circle>
            {chart.figures.into_iter().map(figure).collect_view()}
        </svg>
    }
}
