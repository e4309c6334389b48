//! ご予算: two thumbs over the distribution of the 支払総額, and two fields for whoever knows the figure.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_domain::Yen;

use super::scale::Scale;
use super::stock_list::use_stock_list;
use crate::ui::effect::on_change;
use crate::ui::yen;
use crate::words::{self, Lang, lang, t};

/// How long the thumbs rest before the list is asked for, in milliseconds.
const REST: u32 = 300;

type Limits = (Option<Yen>, Option<Yen>);

/// What both ways of choosing work on. `Copy`.
#[derive(Clone, Copy)]
struct Range {
    scale: Memo<Scale>,
    limits: Signal<Limits>,
    /// Ahead of the address while a person chooses.
    held: RwSignal<Option<Limits>>,
    settle: Callback<()>,
}

impl Range {
    fn new() -> Self {
        let list = use_stock_list();
        let bands = list.part(|seen| seen.totals.clone());
        let scale = Memo::new(move |_| Scale::of(&bands.get().unwrap_or_default()));
        let held = RwSignal::new(None);
        let asked = Memo::new(move |_| list.query.with(|query| (query.total_from, query.total_to)));
        on_change(move || asked.track(), move || held.set(None));
        let turn = StoredValue::new(0_u32);
        let settle = Callback::new(move |()| {
            turn.update_value(|turn| *turn += 1);
            let mine = turn.get_value();
            spawn_local(async move {
                TimeoutFuture::new(REST).await;
                if turn.try_get_value() != Some(mine) {
                    return;
                }
                if let Some((from, to)) = held.get_untracked() {
                    list.change(|query| (query.total_from, query.total_to) = (from, to));
                }
            });
        });
        Self { scale, limits: Signal::derive(move || held.get().unwrap_or_else(|| asked.get())), held, settle }
    }

    fn hold(self, limits: Limits) {
        self.held.set(Some(limits));
        self.settle.run(());
    }

    fn stops(self) -> (i64, i64) {
        let (from, to) = self.limits.get();
        self.scale.with(|scale| (scale.stop_from(from), scale.stop_to(to)))
    }

    /// Moves a thumb, and stops it before the other one. Where it stands now.
    fn moved(self, end: End, to: i64) -> i64 {
        let (lower, upper) = untrack(|| self.stops());
        let (least, most) = untrack(|| self.limits.get());
        self.scale.with_untracked(|scale| match end {
            End::Lower => {
                let stop = to.min(upper - 1).max(0);
                self.hold((scale.from(stop), most));
                stop
            }
            End::Upper => {
                let stop = to.max(lower + 1).min(scale.last);
                self.hold((least, scale.to(stop)));
                stop
            }
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Lower,
    Upper,
}

impl End {
    fn of(self, (from, to): Limits) -> Option<Yen> {
        match self {
            Self::Lower => from,
            Self::Upper => to,
        }
    }

    fn label(self) -> fn(Lang) -> &'static str {
        match self {
            Self::Lower => words::stock::total_from,
            Self::Upper => words::stock::total_to,
        }
    }

    fn none(self) -> fn(Lang) -> &'static str {
        match self {
            Self::Lower => words::stock::no_least,
            Self::Upper => words::stock::no_most,
        }
    }
}

#[component]
pub fn Budget() -> impl IntoView {
    let range = Range::new();
    view! {
        <div class="budget" role="group" aria-label=t(words::stock::total)>
            <span class="t-2 budget-name" aria-hidden="true">{t(words::stock::total)}</span>
            <div class="line budget-typed">
                <Typed range end=End::Lower />
                <span aria-hidden="true">"〜"</span>
                <Typed range end=End::Upper />
            </div>
            <Track range />
        </div>
    }
}

#[component]
fn Track(range: Range) -> impl IntoView {
    let outline = Memo::new(move |_| range.scale.with(Scale::outline));
    let edges = move || {
        let (lower, upper) = range.stops();
        range.scale.with(|scale| (scale.percent(lower), scale.percent(upper)))
    };
    let lower = move || format!("{:.2}%", edges().0);
    let upper = move || format!("{:.2}%", edges().1);
    view! {
        <div class="track" style=("--from", lower) style=("--to", upper)>
            <div class="track-in" aria-hidden="true">
                <svg viewBox="0 0 100 100" preserveAspectRatio="none"><path d=outline></path></svg>
                <svg class="chosen" viewBox="0 0 100 100" preserveAspectRatio="none"><path d=outline></path></svg>
                <i></i>
            </div>
            <Thumb range end=End::Lower />
            <Thumb range end=End::Upper />
        </div>
    }
}

#[component]
fn Thumb(range: Range, end: End) -> impl IntoView {
    let stop = move || {
        let (lower, upper) = range.stops();
        if end == End::Lower { lower } else { upper }
    };
    let said = move || match end.of(range.limits.get()) {
        Some(amount) => yen::brief(amount, lang()),
        None => end.none()(lang()).to_owned(),
    };
    // Where both stand at the end, the one that can still be moved lies above.
    let above = move || end == End::Lower && range.scale.with(|scale| stop() * 2 > scale.last);
    view! {
        <input
            class="thumb"
            type="range"
            min="0"
            max=move || range.scale.with(|scale| scale.last)
            step="1"
            aria-label=t(end.label())
            aria-valuetext=said
            data-above=move || above().then_some("")
            prop:value=move || stop().to_string()
            on:input:target=move |ev| {
                if let Ok(to) = ev.target().value().parse::<i64>() {
                    let stands = range.moved(end, to);
                    ev.target().set_value(&stands.to_string());
                }
            }
        />
    }
}

#[component]
fn Typed(range: Range, end: End) -> impl IntoView {
    let wrong = RwSignal::new(false);
    let value = move || end.of(range.limits.get()).map(yen::in_man).unwrap_or_default();
    let choose = move |typed: String| {
        let amount = yen::parse_man(&typed);
        wrong.set(amount.is_none() && !typed.trim().is_empty());
        if wrong.get_untracked() {
            return;
        }
        let (from, to) = range.limits.get_untracked();
        let limits = if end == End::Lower { (amount, to) } else { (from, amount) };
        range.hold(match limits {
            (Some(from), Some(to)) if from > to => (Some(to), Some(from)),
            limits => limits,
        });
    };
    let id = if end == End::Lower { "total_from" } else { "total_to" };
    view! {
        <label class="input-line man" data-state=move || wrong.get().then_some("error")>
            <span class="sr">{t(end.label())}</span>
            <input
                id=id
                class="input num"
                inputmode="decimal"
                autocomplete="off"
                enterkeyhint="done"
                maxlength="20"
                placeholder=t(end.none())
                aria-invalid=move || wrong.get().then_some("true")
                aria-describedby=move || wrong.get().then(|| format!("{id}-error"))
                prop:value=value
                on:change:target=move |ev| choose(ev.target().value())
            />
            <span class="unit" aria-hidden="true">{t(words::stock::unit)}</span>
            {move || wrong.get().then(|| view! { <span class="error" role="alert" id=format!("{id}-error")>{t(words::stock::amount)}</span> })}
        </label>
    }
}
