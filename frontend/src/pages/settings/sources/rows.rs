//! The list, row by row: names, minutes, places, and who has retired.

use leptos::prelude::*;

use super::SourceWork;
use crate::pages::settings::rows::{RowField, RowFoot, RowFrame, RowList, row, row_id};
use crate::ui::field::Typing;
use crate::words::{self, lang};

const DIGITS: Typing =
    Typing { kind: None, inputmode: Some("numeric"), autocomplete: None, enterkeyhint: None, placeholder: None };
const CODE: Typing =
    Typing { kind: None, inputmode: Some("url"), autocomplete: None, enterkeyhint: None, placeholder: None };

#[component]
pub fn Rows(work: SourceWork) -> impl IntoView {
    use words::sources as say;
    let row = |work, at| view! { <SourceRow work at /> }.into_any();
    view! { <RowList work title=say::title hint=say::hint add=say::add row /> }
}

#[component]
fn SourceRow(work: SourceWork, at: usize) -> impl IntoView {
    use words::sources as say;
    let row = row(work, at);
    let legend = Signal::derive(move || {
        let name = row.with(|row| row.name_ja.trim().to_owned());
        if name.is_empty() { say::numbered(lang(), at + 1) } else { name }
    });
    let known = Memo::new(move |_| row.with(|row| row.known));
    let hint = Signal::derive(move || Some(say::code_hint(lang()).to_owned()));
    let code = move || {
        if known.get() {
            return view! { <p class="t-2 code">{move || row.with(|row| row.code.clone())}</p> }.into_any();
        }
        view! { <RowField work at name="code" label=say::code hint typing=CODE of=|row| &mut row.code /> }.into_any()
    };
    view! {
        <RowFrame id=row_id(work, at) legend retired=Signal::derive(move || row.with(|row| !row.active))>
            <RowField work at name="name_ja" label=say::name_ja of=|row| &mut row.name_ja />
            <RowField work at name="name_en" label=say::name_en of=|row| &mut row.name_en />
            <RowField work at name="first_response_minutes" label=say::minutes typing=DIGITS of=|row| &mut row.minutes />
            {code}
            <RowFoot work at active=|row| &mut row.active called=|row| &row.name_ja />
        </RowFrame>
    }
}
