//! The list, row by row: names, the address there, what the system knows, its place, and whether it is shown.

use leptos::prelude::*;
use noren_domain::external_system::Covers;

use super::SystemWork;
use super::draft::Systems;
use crate::pages::settings::rows::{RowField, RowFoot, RowFrame, RowList, change, path, row, row_id};
use crate::ui::field::{Opt, SelectField, Typing};
use crate::words::{self, Lang, lang};

const ADDRESS: Typing =
    Typing { kind: None, inputmode: Some("url"), autocomplete: None, enterkeyhint: None, placeholder: None };

#[component]
pub fn Rows(work: SystemWork) -> impl IntoView {
    use words::external_systems as say;
    let row = |work, at| view! { <SystemRow work at /> }.into_any();
    view! { <RowList work title=say::title hint=say::hint add=say::add row /> }
}

#[component]
fn SystemRow(work: SystemWork, at: usize) -> impl IntoView {
    use words::external_systems as say;
    let row = row(work, at);
    let legend = Signal::derive(move || {
        let name = row.with(|row| row.name_ja.trim().to_owned());
        if name.is_empty() { say::numbered(lang(), at + 1) } else { name }
    });
    let known = Memo::new(move |_| row.with(|row| row.known));
    let hint = Signal::derive(move || Some(say::template_hint(lang(), "{code}", "{customer_code}", "{stock_number}")));
    let key = move || {
        if known.get() {
            return view! { <p class="t-2 code">{move || row.with(|row| row.key.clone())}</p> }.into_any();
        }
        view! { <RowField work at name="key" label=say::key typing=ADDRESS of=|row| &mut row.key /> }.into_any()
    };
    view! {
        <RowFrame id=row_id(work, at) legend retired=Signal::derive(move || row.with(|row| !row.active))>
            <RowField work at name="name_ja" label=say::name_ja of=|row| &mut row.name_ja />
            <RowField work at name="name_en" label=say::name_en of=|row| &mut row.name_en />
            {key}
            <CoversField work at />
            <RowField work at name="template" label=say::template hint typing=ADDRESS of=|row| &mut row.template />
            <RowFoot work at active=|row| &mut row.active called=|row| &row.name_ja />
        </RowFrame>
    }
}

#[component]
fn CoversField(work: SystemWork, at: usize) -> impl IntoView {
    let row = row(work, at);
    let options =
        move || Covers::ALL.map(|covers| Opt { value: covers.as_str().into(), label: called(covers)(lang()).into() });
    let choose = move |value: String| {
        let covers = Covers::ALL.into_iter().find(|covers| covers.as_str() == value).unwrap_or_default();
        change(work, at, |row| row.covers = covers);
        work.left(Systems);
    };
    view! {
        <SelectField
            name=path(work, at, "covers")
            label=Signal::derive(move || words::external_systems::covers(lang()).to_owned())
            options=Signal::derive(move || options().to_vec())
            value=Signal::derive(move || row.with(|row| row.covers.as_str().to_owned()))
            on_choose=Callback::new(choose)
        />
    }
}

fn called(covers: Covers) -> fn(Lang) -> &'static str {
    use words::external_systems as say;
    match covers {
        Covers::Vehicles => say::vehicles,
        Covers::Customers => say::customers,
        Covers::Both => say::both,
    }
}
