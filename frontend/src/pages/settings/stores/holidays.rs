//! 休業日: the days on which the store is closed beside its 定休日.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_domain::store::MAX_HOLIDAYS;

use super::StoreWork;
use super::content::Part;
use super::draft::Closed;
use crate::editor::focus;
use crate::pages::settings::content::Part as _;
use crate::ui::button::{Button, Kind};
use crate::ui::field::{TextField, Typing};
use crate::ui::icon::{Glyph, Icon};
use crate::words::{self, Lang, lang, t};

const DATE: Typing =
    Typing { kind: Some("date"), inputmode: None, autocomplete: None, enterkeyhint: None, placeholder: None };

#[component]
pub fn Holidays(work: StoreWork) -> impl IntoView {
    let count = Memo::new(move |_| work.content.with(|draft| draft.holidays.len()));
    let error = work.error(Part::Holidays);
    let add = Callback::new(move |()| {
        let at = count.get_untracked();
        work.content.update(|draft| draft.holidays.push(Closed::default()));
        spawn_local(focus(path(at, "from")));
    });
    view! {
        <fieldset class="holidays" id=Part::Holidays.path()>
            <legend class="sr">{t(Part::Holidays.label())}</legend>
            <p class="hint">{t(words::store::holidays_hint)}</p>
            <ul>
                <For each=move || 0..count.get() key=|at| *at let:at>
                    <li><HolidayRow work at /></li>
                </For>
            </ul>
            {move || error.get().map(|text| view! { <p class="error">{text}</p> })}
            {move || {
                (count.get() < MAX_HOLIDAYS)
                    .then(|| {
                        view! { <Button kind=Kind::Secondary icon=Icon::Plus on_click=add>{t(words::store::add_holiday)}</Button> }
                    })
            }}
        </fieldset>
    }
}

fn path(at: usize, name: &str) -> String {
    format!("{}.{at}.{name}", Part::Holidays.path())
}

#[component]
fn HolidayRow(work: StoreWork, at: usize) -> impl IntoView {
    let remove = move |_| {
        work.content.update(|draft| {
            if at < draft.holidays.len() {
                draft.holidays.remove(at);
            }
        });
        work.left(Part::Holidays);
        // Into the row that has moved up, or the list.
        spawn_local(focus(path(at, "from")));
    };
    view! {
        <fieldset class="holiday" id=format!("{}.{at}", Part::Holidays.path())>
            <legend class="sr">{move || words::store::holiday(lang(), at + 1)}</legend>
            <Field work at name="from" label=words::store::first_day typing=DATE of=|row| &mut row.from />
            <Field work at name="to" label=words::store::last_day hint=words::store::one_day typing=DATE of=|row| &mut row.to />
            <div class="line">
                <Field work at name="name" label=words::store::holiday_name of=|row| &mut row.name />
                <button class="btn" type="button" data-kind="icon" aria-label=t(words::store::remove_holiday) on:click=remove>
                    <Glyph icon=Icon::Close />
                </button>
            </div>
        </fieldset>
    }
}

/// Which of a row's texts.
type Of = fn(&mut Closed) -> &mut String;

#[component]
fn Field(
    work: StoreWork,
    at: usize,
    name: &'static str,
    label: fn(Lang) -> &'static str,
    #[prop(optional)] hint: Option<fn(Lang) -> &'static str>,
    #[prop(optional)] typing: Typing,
    of: Of,
) -> impl IntoView {
    let value = Signal::derive(move || {
        let row = work.content.with(|draft| draft.holidays.get(at).cloned());
        row.map(|mut row| std::mem::take(of(&mut row))).unwrap_or_default()
    });
    let set = move |text: String| {
        work.content.update(|draft| {
            if let Some(row) = draft.holidays.get_mut(at) {
                *of(row) = text;
            }
        });
    };
    // Only where it says something: a holiday of several days needs none.
    let hint = Signal::derive(move || Some(hint.filter(|_| value.with(String::is_empty))?(lang()).to_owned()));
    view! {
        <TextField
            name=path(at, name)
            label=Signal::derive(move || label(lang()).to_owned())
            value
            on_type=Callback::new(set)
            on_leave=Callback::new(move |()| work.left(Part::Holidays))
            typing
            hint
            error=work.error_at(move || path(at, name))
        />
    }
}
