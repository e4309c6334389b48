//! 営業時間: a row for each day of the week. Whoever has the same hours every day types them once.

use leptos::prelude::*;
use noren_domain::store::Weekday;

use super::StoreWork;
use super::content::{Part, weekday_name};
use super::draft::{Day, key};
use crate::pages::settings::content::Part as _;
use crate::ui::button::{Button, Kind};
use crate::ui::icon::{Glyph, Icon, Size};
use crate::words::{self, Lang, lang, t};

#[component]
pub fn Hours(work: StoreWork) -> impl IntoView {
    // Whose hours were typed last.
    let last = RwSignal::new(None::<usize>);
    let rows = Weekday::ALL.map(|weekday| view! { <li><DayRow work weekday last /></li> });
    view! {
        <fieldset class="week" id=Part::Hours.path()>
            <legend class="sr">{t(Part::Hours.label())}</legend>
            <ul>{rows.collect_view()}</ul>
            <Copy work last />
        </fieldset>
    }
}

#[component]
fn DayRow(work: StoreWork, weekday: Weekday, last: RwSignal<Option<usize>>) -> impl IntoView {
    let at = weekday as usize;
    let path = format!("{}.{}", Part::Hours.path(), key(weekday));
    let open = Memo::new(move |_| work.content.with(|draft| draft.week[at].open));
    let turn = move |_| {
        work.content.update(|draft| draft.turn(at));
        work.left(Part::Hours);
    };
    let times = {
        let path = path.clone();
        move || {
            if !open.get() {
                return view! { <span class="t-3">{t(words::store::closed)}</span> }.into_any();
            }
            let path = path.clone();
            view! {
                <div class="times">
                    <Time work weekday last path=format!("{path}.opens") label=words::store::opens of=|day| &mut day.opens />
                    <span aria-hidden="true">"–"</span>
                    <Time work weekday last path=format!("{path}.closes") label=words::store::closes of=|day| &mut day.closes />
                </div>
            }
            .into_any()
        }
    };
    let errors = ["opens", "closes"].map(|name| view! { <Wrong work path=format!("{path}.{name}") /> });
    view! {
        <fieldset class="day" id=path>
            <legend>{t(weekday_name(weekday))}</legend>
            <label class="chip">
                <input type="checkbox" prop:checked=open on:change=turn />
                <span>{t(words::store::open)}</span>
            </label>
            {times}
            {errors.collect_view()}
        </fieldset>
    }
}

/// What is wrong with a time, below its row.
#[component]
fn Wrong(work: StoreWork, path: String) -> impl IntoView {
    let id = format!("{path}-error");
    let error = work.error_at(move || path.clone());
    move || {
        let id = id.clone();
        error.get().map(|text| {
            view! {
                <p class="error" id=id>
                    <Glyph icon=Icon::Alert size=Size::Small />
                    <span>{text}</span>
                </p>
            }
        })
    }
}

/// Which of a day's two times.
type Of = fn(&mut Day) -> &mut String;

#[component]
fn Time(
    work: StoreWork,
    weekday: Weekday,
    last: RwSignal<Option<usize>>,
    path: String,
    label: fn(Lang) -> &'static str,
    of: Of,
) -> impl IntoView {
    let at = weekday as usize;
    let value = move || work.content.with(|draft| of(&mut draft.week[at].clone()).clone());
    let set = move |text: String| {
        work.content.update(|draft| *of(&mut draft.week[at]) = text);
        last.set(Some(at));
    };
    let wrong = {
        let path = path.clone();
        Memo::new(move |_| work.errors.with(|errors| errors.of(&path).is_some()))
    };
    let error_id = format!("{path}-error");
    view! {
        <input
            id=path
            class="input"
            type="time"
            aria-label=move || words::store::time_of(lang(), weekday_name(weekday)(lang()), label(lang()))
            aria-invalid=move || wrong.get().then_some("true")
            aria-describedby=move || wrong.get().then(|| error_id.clone())
            prop:value=value
            on:input:target=move |ev| set(ev.target().value())
            on:blur=move |_| work.left(Part::Hours)
        />
    }
}

/// Gives one day's hours to the others.
#[component]
fn Copy(work: StoreWork, last: RwSignal<Option<usize>>) -> impl IntoView {
    let found = Memo::new(move |_| work.content.with(|draft| draft.copied(last.get())));
    move || {
        let (at, to_all) = found.get()?;
        let on_click = Callback::new(move |()| {
            work.content.update(|draft| draft.copy(at, to_all));
            work.left(Part::Hours);
        });
        let say = move || {
            let day = weekday_name(Weekday::ALL[at])(lang());
            if to_all { words::store::copy_to_all(lang(), day) } else { words::store::copy_to_open(lang(), day) }
        };
        Some(view! { <Button kind=Kind::Secondary icon=Icon::Down on_click>{say}</Button> })
    }
}
