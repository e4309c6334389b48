//! The list, row by row: names, minutes, places, and who has retired.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_domain::lead_source::MAX_SOURCES;

use super::SourceWork;
use super::draft::{Part, Row, Step};
use crate::editor::focus;
use crate::pages::settings::content::Part as _;
use crate::ui::button::{Button, Kind};
use crate::ui::field::{TextField, Typing};
use crate::ui::icon::{Glyph, Icon};
use crate::words::{self, Lang, lang, t};

const DIGITS: Typing =
    Typing { kind: None, inputmode: Some("numeric"), autocomplete: None, enterkeyhint: None, placeholder: None };
const CODE: Typing =
    Typing { kind: None, inputmode: Some("url"), autocomplete: None, enterkeyhint: None, placeholder: None };

#[component]
pub fn Rows(work: SourceWork) -> impl IntoView {
    let count = Memo::new(move |_| work.content.with(|draft| draft.sources.len()));
    let error = work.error(Part::Sources);
    let add = Callback::new(move |()| {
        let at = count.get_untracked();
        work.content.update(super::draft::Draft::add);
        spawn_local(focus(path(at, "name_ja")));
    });
    view! {
        <fieldset class="sources" id=Part::Sources.path()>
            <legend class="sr">{t(words::sources::title)}</legend>
            <p class="hint">{t(words::sources::hint)}</p>
            {move || error.get().map(|text| view! { <p class="error">{text}</p> })}
            <ol>
                <For each=move || 0..count.get() key=|at| *at let:at>
                    <li><SourceRow work at count /></li>
                </For>
            </ol>
            {move || {
                (count.get() < MAX_SOURCES)
                    .then(|| {
                        view! { <Button kind=Kind::Secondary icon=Icon::Plus on_click=add>{t(words::sources::add)}</Button> }
                    })
            }}
        </fieldset>
    }
}

fn path(at: usize, name: &str) -> String {
    format!("{}.{at}.{name}", Part::Sources.path())
}

#[component]
fn SourceRow(work: SourceWork, at: usize, count: Memo<usize>) -> impl IntoView {
    let row = Memo::new(move |_| work.content.with(|draft| draft.sources.get(at).cloned().unwrap_or_default()));
    let legend = move || {
        let name = row.with(|row| row.name_ja.trim().to_owned());
        if name.is_empty() { words::sources::numbered(lang(), at + 1) } else { name }
    };
    let known = Memo::new(move |_| row.with(|row| row.known));
    let code = move || {
        if known.get() {
            return view! { <p class="t-2 code">{move || row.with(|row| row.code.clone())}</p> }.into_any();
        }
        view! {
            <Field work at name="code" label=words::sources::code hint=words::sources::code_hint typing=CODE of=|row| &mut row.code />
        }
        .into_any()
    };
    view! {
        <fieldset class="source" id=format!("{}.{at}", Part::Sources.path()) data-retired=move || (!row.with(|row| row.active)).then_some("")>
            <legend class="sr">{legend}</legend>
            <Field work at name="name_ja" label=words::sources::name_ja of=|row| &mut row.name_ja />
            <Field work at name="name_en" label=words::sources::name_en of=|row| &mut row.name_en />
            <Field work at name="first_response_minutes" label=words::sources::minutes typing=DIGITS of=|row| &mut row.minutes />
            {code}
            <div class="line">
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || row.with(|row| row.active)
                        on:change:target=move |ev| {
                            let active = ev.target().checked();
                            change(work, at, move |row| row.active = active);
                            work.left(Part::Sources);
                        }
                    />
                    <span>{t(words::sources::active)}</span>
                </label>
                <span class="push"></span>
                <Move work at step=Step::Up last=count />
                <Move work at step=Step::Down last=count />
            </div>
        </fieldset>
    }
}

fn change(work: SourceWork, at: usize, how: impl FnOnce(&mut Row)) {
    work.content.update(|draft| {
        if let Some(row) = draft.sources.get_mut(at) {
            how(row);
        }
    });
}

/// Moves the row past its neighbour; the focus goes with it.
#[component]
fn Move(work: SourceWork, at: usize, step: Step, last: Memo<usize>) -> impl IntoView {
    let (icon, label, name) = match step {
        Step::Up => (Icon::Up, words::sources::up as fn(Lang, String) -> String, "up"),
        Step::Down => (Icon::Down, words::sources::down as fn(Lang, String) -> String, "down"),
    };
    let at_end = move || match step {
        Step::Up => at == 0,
        Step::Down => at + 1 >= last.get(),
    };
    let name_of =
        move || work.content.with(|draft| draft.sources.get(at).map(|row| row.name_ja.clone()).unwrap_or_default());
    let click = move |_| {
        let Some(to) = work.content.try_update(|draft| draft.step(at, step)) else { return };
        work.errors.update(|errors| errors.retain(|_| false));
        spawn_local(focus(path(to, name)));
    };
    view! {
        <button
            id=path(at, name)
            class="btn"
            type="button"
            data-kind="icon"
            disabled=at_end
            aria-label=move || label(lang(), name_of())
            on:click=click
        >
            <Glyph icon />
        </button>
    }
}

/// Which of a row's texts.
type Of = fn(&mut Row) -> &mut String;

#[component]
fn Field(
    work: SourceWork,
    at: usize,
    name: &'static str,
    label: fn(Lang) -> &'static str,
    #[prop(optional)] hint: Option<fn(Lang) -> &'static str>,
    #[prop(optional)] typing: Typing,
    of: Of,
) -> impl IntoView {
    let value = Signal::derive(move || {
        let row = work.content.with(|draft| draft.sources.get(at).cloned());
        row.map(|mut row| std::mem::take(of(&mut row))).unwrap_or_default()
    });
    view! {
        <TextField
            name=path(at, name)
            label=Signal::derive(move || label(lang()).to_owned())
            value
            on_type=Callback::new(move |text| change(work, at, |row| *of(row) = text))
            on_leave=Callback::new(move |()| work.left(Part::Sources))
            typing
            hint=Signal::derive(move || Some(hint?(lang()).to_owned()))
            error=work.error_at(move || path(at, name))
        />
    }
}
