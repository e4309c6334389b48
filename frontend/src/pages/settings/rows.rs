//! A part that is a list of rows: its frame with the way to add one, the fields of a row, and its place among the others.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::content::{Content, Part};
use super::work::Work;
use crate::editor::focus;
use crate::ui::button::{Button, Kind};
use crate::ui::field::{TextField, Typing};
use crate::ui::icon::{Glyph, Icon};
use crate::words::{self, Lang, lang, t};

type Words = fn(Lang) -> &'static str;

/// A content of which one part is a list of rows.
pub trait Listed: Content {
    type Row: Clone + Default + PartialEq + Send + Sync + 'static;

    const LIST: Self::Part;
    /// How many rows there may be.
    const MOST: usize;
    /// The field that a person begins a row with.
    const FIRST: &'static str;

    fn rows(&self) -> &[Self::Row];

    fn rows_mut(&mut self) -> &mut Vec<Self::Row>;

    /// A row that nobody has typed in.
    fn blank() -> Self::Row {
        Self::Row::default()
    }
}

/// Where a row is moved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
}

/// Moves a row past its neighbour, and says where it is then.
pub fn step<R>(rows: &mut [R], at: usize, step: Step) -> usize {
    let to = match step {
        Step::Up => at.saturating_sub(1),
        Step::Down => (at + 1).min(rows.len().saturating_sub(1)),
    };
    if at < rows.len() {
        rows.swap(at, to);
    }
    to
}

/// The path of a row.
pub fn row_id<C: Listed>(_: Work<C>, at: usize) -> String {
    format!("{}.{at}", C::LIST.path())
}

/// The path of a row's field, which is its id on the page.
pub fn path<C: Listed>(work: Work<C>, at: usize, name: &str) -> String {
    format!("{}.{name}", row_id(work, at))
}

/// One row, as it is typed.
pub fn row<C: Listed>(work: Work<C>, at: usize) -> Memo<C::Row> {
    Memo::new(move |_| work.content.with(|content| content.rows().get(at).cloned().unwrap_or_default()))
}

pub fn change<C: Listed>(work: Work<C>, at: usize, how: impl FnOnce(&mut C::Row)) {
    work.content.update(|content| {
        if let Some(row) = content.rows_mut().get_mut(at) {
            how(row);
        }
    });
}

/// All rows, and below them the way to one more.
#[component]
pub fn RowList<C: Listed>(
    work: Work<C>,
    title: Words,
    hint: Words,
    add: Words,
    row: fn(Work<C>, usize) -> AnyView,
) -> impl IntoView {
    let count = Memo::new(move |_| work.content.with(|content| content.rows().len()));
    let error = work.error(C::LIST);
    let on_add = Callback::new(move |()| {
        let at = count.get_untracked();
        work.content.update(|content| content.rows_mut().push(C::blank()));
        spawn_local(focus(path(work, at, C::FIRST)));
    });
    view! {
        <fieldset class="row-list" id=C::LIST.path()>
            <legend class="sr">{t(title)}</legend>
            <p class="hint">{t(hint)}</p>
            {move || error.get().map(|text| view! { <p class="error">{text}</p> })}
            <ol>
                <For each=move || 0..count.get() key=|at| *at let:at>
                    <li>{row(work, at)}</li>
                </For>
            </ol>
            {move || {
                (count.get() < C::MOST)
                    .then(|| view! { <Button kind=Kind::Secondary icon=Icon::Plus on_click=on_add>{t(add)}</Button> })
            }}
        </fieldset>
    }
}

/// The fields of one row, which steps back where it is out of use.
#[component]
pub fn RowFrame(
    /// [`row_id`]
    id: String,
    #[prop(into)] legend: Signal<String>,
    #[prop(optional, into)] retired: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class="row-fields" id=id data-retired=move || retired.get().then_some("")>
            <legend class="sr">{legend}</legend>
            {children()}
        </fieldset>
    }
}

/// One of a row's texts.
#[component]
pub fn RowField<C: Listed>(
    work: Work<C>,
    at: usize,
    name: &'static str,
    label: Words,
    of: fn(&mut C::Row) -> &mut String,
    #[prop(optional, into)] hint: Signal<Option<String>>,
    #[prop(optional)] typing: Typing,
) -> impl IntoView {
    let row = row(work, at);
    view! {
        <TextField
            name=path(work, at, name)
            label=Signal::derive(move || label(lang()).to_owned())
            value=Signal::derive(move || std::mem::take(of(&mut row.get())))
            on_type=Callback::new(move |text| change(work, at, |row| *of(row) = text))
            on_leave=Callback::new(move |()| work.left(C::LIST))
            typing
            hint
            error=work.error_at(move || path(work, at, name))
        />
    }
}

/// Whether a row of a master can be chosen, and its place in the order.
#[component]
pub fn RowFoot<C: Listed>(
    work: Work<C>,
    at: usize,
    active: fn(&mut C::Row) -> &mut bool,
    /// What the row is called.
    called: fn(&C::Row) -> &str,
    /// How it will look.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let row = row(work, at);
    view! {
        <div class="line">
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || *active(&mut row.get())
                    on:change:target=move |ev| {
                        let checked = ev.target().checked();
                        change(work, at, |row| *active(row) = checked);
                        work.left(C::LIST);
                    }
                />
                <span>{t(words::rows::active)}</span>
            </label>
            {children.map(|children| children())}
            <span class="push"></span>
            <Move work at step=Step::Up called />
            <Move work at step=Step::Down called />
        </div>
    }
}

/// Moves the row past its neighbour; the focus goes with it.
#[component]
fn Move<C: Listed>(work: Work<C>, at: usize, step: Step, called: fn(&C::Row) -> &str) -> impl IntoView {
    let (icon, label, name) = match step {
        Step::Up => (Icon::Up, words::rows::up as fn(Lang, String) -> String, "up"),
        Step::Down => (Icon::Down, words::rows::down as fn(Lang, String) -> String, "down"),
    };
    let row = row(work, at);
    let at_end = move || match step {
        Step::Up => at == 0,
        Step::Down => work.content.with(|content| at + 1 >= content.rows().len()),
    };
    let click = move |_| {
        let Some(to) = work.content.try_update(|content| self::step(content.rows_mut(), at, step)) else { return };
        work.errors.update(|errors| errors.retain(|_| false));
        // At an end the way on is shut, and the focus goes to the way back.
        let last = work.content.with_untracked(|content| content.rows().len().saturating_sub(1));
        let name = match step {
            Step::Up if to == 0 => "down",
            Step::Down if to == last => "up",
            _ => name,
        };
        spawn_local(focus(path(work, to, name)));
    };
    view! {
        <button
            id=path(work, at, name)
            class="btn"
            type="button"
            data-kind="icon"
            disabled=at_end
            aria-label=move || label(lang(), row.with(|row| called(row).to_owned()))
            on:click=click
        >
            <Glyph icon />
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_change_places_and_stop_at_the_ends() {
        let mut rows = ["phone", "line"];
        assert_eq!((step(&mut rows, 0, Step::Up), step(&mut rows, 1, Step::Down)), (0, 1));
        assert_eq!(step(&mut rows, 1, Step::Up), 0);
        assert_eq!(rows, ["line", "phone"]);
    }
}
