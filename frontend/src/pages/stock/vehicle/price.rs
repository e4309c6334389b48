//! What the car costs and did cost, and who holds it.

use chrono::TimeDelta;
use leptos::prelude::*;
use noren_api::vehicles::Vehicle;
use noren_domain::{Timestamp, Yen};

use super::Shown;
use super::chart::{self, Chart, HEIGHT, Step, WIDTH};
use crate::session::use_masters;
use crate::ui::badge::{Badge, Tone};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::icon::{Glyph, Icon};
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

/// Who holds it, and until when.
#[component]
pub fn HoldCard(car: Shown) -> impl IntoView {
    let (ticker, masters) = (use_ticker(), use_masters());
    let hold = Memo::new(move |_| car.with(|car| car.hold.clone().filter(|_| !car.status.is_sold())));
    let me = masters.me.id;
    let stores: Vec<(String, String)> =
        masters.stores.iter().map(|store| (store.code.clone(), store.name.clone())).collect();
    let stores = StoredValue::new(stores);
    move || {
        let hold = hold.get()?;
        let mine = hold.staff_id == Some(me);
        let code = hold.store_code.to_string();
        let store = stores.with_value(|stores| {
            stores
                .iter()
                .find(|(known, _)| *known == code)
                .map_or_else(|| words::car::store_code(lang(), &code), |(_, name)| name.clone())
        });
        let left = move || {
            let left = hold.expires_at - ticker.get();
            if left <= TimeDelta::zero() {
                return words::vehicle::hold_over(lang()).to_owned();
            }
            words::vehicle::hold_left(lang(), span(left, lang()))
        };
        let until =
            move || words::vehicle::hold_until(lang(), date::brief(hold.expires_at, ticker.get_untracked(), lang()));
        Some(view! {
            <section class="card hold-card" data-mine=mine.then_some("")>
                <header>
                    <Glyph icon=Icon::Hold />
                    <h2 class="as-card">{t(words::vehicle::hold)}</h2>
                    <span class="push"><Badge tone=Tone::Warn>{until}</Badge></span>
                </header>
                <p class="body line">
                    <span class="grow">
                        <b class="block">{hold.staff_name}{mine.then(|| view! { " "<small>{t(words::vehicle::hold_mine)}</small> })}</b>
                        <small class="t-2">{store}</small>
                    </span>
                    <b class="num t-warn">{left}</b>
                </p>
            </section>
        })
    }
}

fn span(left: TimeDelta, lang: Lang) -> String {
    let minutes = left.num_minutes();
    match minutes {
        ..60 => words::vehicle::minutes(lang, minutes),
        60..2880 => words::vehicle::hours(lang, minutes / 60, minutes % 60),
        _ => words::vehicle::days(lang, minutes / 1440),
    }
}
