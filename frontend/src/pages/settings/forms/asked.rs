//! What a form asks for: which fields, in which order, and which of them must be filled in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_domain::form::{FieldKind, FormField};

use super::FormWork;
use super::content::{Part, kind_name, moved};
use crate::editor::focus;
use crate::pages::settings::content::Part as _;
use crate::ui::button::{Button, Kind};
use crate::ui::field::TextField;
use crate::ui::icon::{Glyph, Icon};
use crate::words::{self, Lang, lang, t};

#[component]
pub fn AskedFields(work: FormWork) -> impl IntoView {
    let kinds = Memo::new(move |_| {
        work.content.with(|content| content.fields.iter().map(|field| field.kind).collect::<Vec<_>>())
    });
    let error = work.error(Part::Fields);
    view! {
        <fieldset id=Part::Fields.path() class="asked" aria-describedby=move || error.with(Option::is_some).then_some("fields-error")>
            <legend class="label">{t(Part::Fields.label())}</legend>
            <ul>
                <For each=move || kinds.get() key=|kind| *kind let:kind>
                    <AskedField work kind />
                </For>
            </ul>
            {move || error.get().map(|text| view! { <p class="error" id="fields-error">{text}</p> })}
            <Others work kinds />
        </fieldset>
    }
}

/// One field, while it is asked for.
fn change(work: FormWork, kind: FieldKind, act: impl Fn(&mut FormField)) {
    work.content.update(|content| content.fields.iter_mut().filter(|field| field.kind == kind).for_each(act));
}

fn read<T>(work: FormWork, kind: FieldKind, what: impl Fn(&FormField) -> T) -> Option<T> {
    work.content.with(|content| content.fields.iter().find(|field| field.kind == kind).map(what))
}

#[component]
fn AskedField(work: FormWork, kind: FieldKind) -> impl IntoView {
    let name = kind_name(kind);
    let required = move || read(work, kind, |field| field.required).unwrap_or_default();
    // Most fields keep their usual words.
    let relabelled = RwSignal::new(untrack(|| read(work, kind, |field| field.label.is_some())) == Some(true));
    let label_id = format!("label-{}", kind.as_str());
    let relabel = {
        let label_id = label_id.clone();
        move |_| {
            relabelled.set(true);
            spawn_local(focus(label_id.clone()));
        }
    };
    let remove = move |_| {
        work.content.update(|content| content.fields.retain(|field| field.kind != kind));
        work.errors.update(|errors| errors.retain(|path| !path.starts_with(Part::Fields.path())));
        spawn_local(focus(Part::Fields.path().to_owned()));
    };
    view! {
        <li>
            <fieldset class="asked-field">
                <legend>{t(name)}</legend>
                <label class="chip must">
                    <input
                        type="checkbox"
                        prop:checked=required
                        on:change=move |_| change(work, kind, |field| field.required = !field.required)
                    />
                    <span>{t(words::form::required)}</span>
                </label>
                <button
                    class="btn"
                    type="button"
                    data-kind="icon"
                    aria-label=t(words::forms::relabel)
                    aria-expanded=move || relabelled.get().to_string()
                    on:click=relabel
                >
                    <Glyph icon=Icon::Pen />
                </button>
                <Move work kind down=false />
                <Move work kind down=true />
                <button class="btn" type="button" data-kind="icon" aria-label=t(words::forms::remove) on:click=remove>
                    <Glyph icon=Icon::Close />
                </button>
                {move || relabelled.get().then(|| view! { <LabelField work kind id=label_id.clone() /> })}
            </fieldset>
        </li>
    }
}

/// The words above the field, in place of the usual ones.
#[component]
fn LabelField(work: FormWork, kind: FieldKind, id: String) -> impl IntoView {
    let value = Signal::derive(move || read(work, kind, |field| field.label.clone()).flatten().unwrap_or_default());
    let error = work.error_at(move || {
        let at = work.content.with(|content| content.fields.iter().position(|field| field.kind == kind));
        at.map_or_else(String::new, |at| format!("fields.{at}.label"))
    });
    let set = move |text: String| {
        let label = (!text.is_empty()).then_some(text);
        change(work, kind, |field| field.label.clone_from(&label));
    };
    view! {
        <TextField
            name=id
            label=Signal::derive(move || words::forms::label(lang()).to_owned())
            value
            on_type=Callback::new(set)
            on_leave=Callback::new(move |()| work.left(Part::Fields))
            error
        />
    }
}

/// Moves the field up or down by one, and keeps the focus.
#[component]
fn Move(work: FormWork, kind: FieldKind, down: bool) -> impl IntoView {
    let (icon, label): (_, fn(Lang) -> &'static str) =
        if down { (Icon::Down, words::forms::down) } else { (Icon::Up, words::forms::up) };
    let id = format!("{}-{}", if down { "down" } else { "up" }, kind.as_str());
    let at_end = move || {
        work.content.with(|content| {
            let end = if down { content.fields.last() } else { content.fields.first() };
            end.is_some_and(|field| field.kind == kind)
        })
    };
    let click = {
        let id = id.clone();
        move |_| {
            work.content.update(|content| moved(&mut content.fields, kind, down));
            spawn_local(focus(id.clone()));
        }
    };
    view! {
        <button
            class="btn"
            type="button"
            id=id
            data-kind="icon"
            aria-label=t(label)
            aria-disabled=move || at_end().then_some("true")
            on:click=click
        >
            <Glyph icon />
        </button>
    }
}

/// What could be asked for too.
#[component]
fn Others(work: FormWork, kinds: Memo<Vec<FieldKind>>) -> impl IntoView {
    let add = move |kind: FieldKind| {
        let on_click = Callback::new(move |()| {
            work.content.update(|content| content.fields.push(FormField { kind, required: false, label: None }));
            work.errors.update(|errors| errors.retain(|path| path != Part::Fields.path()));
        });
        view! { <Button kind=Kind::Secondary icon=Icon::Plus on_click>{t(kind_name(kind))}</Button> }
    };
    let others =
        move || kinds.with(|kinds| FieldKind::ALL.into_iter().filter(|kind| !kinds.contains(kind)).collect::<Vec<_>>());
    move || {
        let others = others();
        (!others.is_empty()).then(|| {
            view! {
                <div class="others">
                    <p class="hint">{t(words::forms::ask_too)}</p>
                    <div class="opts">{others.into_iter().map(add).collect_view()}</div>
                </div>
            }
        })
    }
}
