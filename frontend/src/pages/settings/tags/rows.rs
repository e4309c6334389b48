//! The list, row by row: what a tag is called, how it looks, its place, and whether it has retired.

use leptos::prelude::*;
use noren_domain::tag::Tone;

use super::TagWork;
use super::draft::{Row, Tags};
use crate::pages::settings::rows::{RowField, RowFoot, RowFrame, RowList, change, path, row, row_id};
use crate::ui::badge::TagChip;
use crate::ui::field::{Opt, SelectField};
use crate::words::{self, Lang, lang};

#[component]
pub fn Rows(work: TagWork) -> impl IntoView {
    use words::tags as say;
    let row = |work, at| view! { <TagRow work at /> }.into_any();
    view! { <RowList work title=say::title hint=say::hint add=say::add row /> }
}

#[component]
fn TagRow(work: TagWork, at: usize) -> impl IntoView {
    use words::tags as say;
    let row = row(work, at);
    let legend = Signal::derive(move || {
        let name = row.with(|row| row.name.trim().to_owned());
        if name.is_empty() { say::numbered(lang(), at + 1) } else { name }
    });
    view! {
        <RowFrame id=row_id(work, at) legend retired=Signal::derive(move || row.with(|row| !row.active))>
            <RowField work at name="name" label=say::name of=|row| &mut row.name />
            <ToneField work at />
            <RowFoot work at active=|row| &mut row.active called=|row| &row.name>
                {move || {
                    let Row { name, tone, .. } = row.get();
                    (!name.trim().is_empty()).then(|| view! { <TagChip tone name /> })
                }}
            </RowFoot>
        </RowFrame>
    }
}

#[component]
fn ToneField(work: TagWork, at: usize) -> impl IntoView {
    let row = row(work, at);
    let options = move || Tone::ALL.map(|tone| Opt { value: tone.as_str().into(), label: called(tone)(lang()).into() });
    let choose = move |value: String| {
        let tone = Tone::ALL.into_iter().find(|tone| tone.as_str() == value).unwrap_or_default();
        change(work, at, |row| row.tone = tone);
        work.left(Tags);
    };
    view! {
        <SelectField
            name=path(work, at, "tone")
            label=Signal::derive(move || words::tags::tone(lang()).to_owned())
            options=Signal::derive(move || options().to_vec())
            value=Signal::derive(move || row.with(|row| row.tone.as_str().to_owned()))
            on_choose=Callback::new(choose)
        />
    }
}

fn called(tone: Tone) -> fn(Lang) -> &'static str {
    use words::tags as say;
    match tone {
        Tone::Plain => say::plain,
        Tone::Accent => say::accent,
        Tone::Ok => say::ok,
        Tone::Warn => say::warn,
    }
}
