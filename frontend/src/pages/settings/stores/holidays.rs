//! 休業日: the days on which the store is closed beside its 定休日.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_domain::store::MAX_HOLIDAYS;

use super::StoreWork;
use super::content::Part;
use super::draft::{Closed, Draft};
use crate::editor::focus;
use crate::pages::settings::content::Part as _;
use crate::pages::settings::rows::{Listed, RowField, RowFrame, RowList, path, row, row_id};
use crate::ui::field::Typing;
use crate::ui::icon::{Glyph, Icon};
use crate::words::{self, lang, t};

const DATE: Typing =
    Typing { kind: Some("date"), inputmode: None, autocomplete: None, enterkeyhint: None, placeholder: None };

impl Listed for Draft {
    type Row = Closed;

    const LIST: Part = Part::Holidays;
    const MOST: usize = MAX_HOLIDAYS;
    const FIRST: &'static str = "from";

    fn rows(&self) -> &[Closed] {
        &self.holidays
    }

    fn rows_mut(&mut self) -> &mut Vec<Closed> {
        &mut self.holidays
    }
}

#[component]
pub fn Holidays(work: StoreWork) -> impl IntoView {
    let row = |work, at| view! { <HolidayRow work at /> }.into_any();
    view! {
        <RowList work title=Part::Holidays.label() hint=words::store::holidays_hint add=words::store::add_holiday row />
    }
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
        spawn_local(focus(path(work, at, "from")));
    };
    let legend = Signal::derive(move || words::store::holiday(lang(), at + 1));
    let row = row(work, at);
    // Only where it says something: a holiday of several days needs none.
    let one_day =
        Signal::derive(move || row.with(|row| row.to.is_empty()).then(|| words::store::one_day(lang()).to_owned()));
    view! {
        <RowFrame id=row_id(work, at) legend>
            <RowField work at name="from" label=words::store::first_day typing=DATE of=|row| &mut row.from />
            <RowField work at name="to" label=words::store::last_day hint=one_day typing=DATE of=|row| &mut row.to />
            <div class="holiday">
                <RowField work at name="name" label=words::store::holiday_name of=|row| &mut row.name />
                <button class="btn" type="button" data-kind="icon" aria-label=t(words::store::remove_holiday) on:click=remove>
                    <Glyph icon=Icon::Close />
                </button>
            </div>
        </RowFrame>
    }
}
