//! A field: label above, hint below, and an error that says how to mend it. The typed text always stays.

use leptos::html;
use leptos::prelude::*;

use super::effect::effect;
use super::icon::{Glyph, Icon, Size};
use crate::words::{self, t};

/// What a keyboard and a browser should know of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Typing {
    pub kind: Option<&'static str>,
    pub inputmode: Option<&'static str>,
    pub autocomplete: Option<&'static str>,
    pub enterkeyhint: Option<&'static str>,
    pub placeholder: Option<&'static str>,
}

/// A text field, one line or several.
#[component]
pub fn TextField(
    /// Unique on the page, such as `phones.1`; errors name it.
    #[prop(into)]
    name: String,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    on_type: Callback<String>,
    #[prop(optional, into)] on_leave: Option<Callback<()>>,
    #[prop(optional)] typing: Typing,
    #[prop(optional, into)] hint: Signal<Option<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] required: Signal<bool>,
    /// More than one makes a text area.
    #[prop(default = 1)]
    rows: u32,
    /// Instead of the kind in `typing`, where it changes.
    #[prop(optional, into)]
    kind: Option<Signal<&'static str>>,
    /// What stands at the end of the line inside the field: a unit, a switch.
    #[prop(optional_no_strip)]
    end: Option<AnyView>,
) -> impl IntoView {
    let described = {
        let name = name.clone();
        move || {
            let error = error.with(Option::is_some).then(|| format!("{name}-error"));
            let hint = hint.with(Option::is_some).then(|| format!("{name}-hint"));
            error.or(hint)
        }
    };
    let invalid = move || error.with(Option::is_some).then_some("true");
    let leave = move |_| {
        if let Some(on_leave) = on_leave {
            on_leave.run(());
        }
    };
    let control = if rows > 1 {
        view! {
            <textarea
                id=name.clone()
                name=name.clone()
                class="input"
                rows=rows
                aria-required=move || required.get().then_some("true")
                aria-invalid=invalid
                aria-describedby=described
                enterkeyhint=typing.enterkeyhint
                prop:value=value
                on:input:target=move |ev| on_type.run(ev.target().value())
                on:blur=leave
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                id=name.clone()
                name=name.clone()
                class="input"
                type=move || kind.map_or(typing.kind.unwrap_or("text"), |kind| kind.get())
                inputmode=typing.inputmode
                autocomplete=typing.autocomplete.unwrap_or("off")
                enterkeyhint=typing.enterkeyhint
                placeholder=typing.placeholder
                aria-required=move || required.get().then_some("true")
                aria-invalid=invalid
                aria-describedby=described
                prop:value=value
                on:input:target=move |ev| on_type.run(ev.target().value())
                on:blur=leave
            />
        }
        .into_any()
    };
    let control = match end {
        Some(end) => view! { <div class="input-line">{control} {end}</div> }.into_any(),
        None => control,
    };
    view! { <FieldFrame name label hint error required>{control}</FieldFrame> }
}

/// One choice of a drop-down.
#[derive(Clone, Debug, PartialEq)]
pub struct Opt {
    pub value: String,
    pub label: String,
}

/// A drop-down of the device.
#[component]
pub fn SelectField(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] options: Signal<Vec<Opt>>,
    #[prop(into)] value: Signal<String>,
    on_choose: Callback<String>,
    #[prop(optional, into)] hint: Signal<Option<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] required: Signal<bool>,
) -> impl IntoView {
    let select = NodeRef::<html::Select>::new();
    // The options and the value may come in either order; the browser keeps a value only if its option is there.
    effect(move || {
        let (value, _) = (value.get(), options.get());
        if let Some(select) = select.get() {
            select.set_value(&value);
        }
    });
    let option = move |option: Opt| {
        let selected = value.with_untracked(|value| *value == option.value);
        view! {
            <option value=option.value selected=selected>
                {option.label}
            </option>
        }
    };
    let described = {
        let name = name.clone();
        move || error.with(Option::is_some).then(|| format!("{name}-error"))
    };
    view! {
        <FieldFrame name=name.clone() label hint error required>
            <select
                id=name.clone()
                name=name
                class="input"
                node_ref=select
                aria-required=move || required.get().then_some("true")
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                on:change:target=move |ev| on_choose.run(ev.target().value())
            >
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
        </FieldFrame>
    }
}

/// What stands around a control, whose id is the field's name.
#[component]
pub fn FieldFrame(
    name: String,
    label: Signal<String>,
    hint: Signal<Option<String>>,
    error: Signal<Option<String>>,
    required: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let error_id = format!("{name}-error");
    let hint_id = format!("{name}-hint");
    view! {
        <div class="field" data-state=move || error.with(Option::is_some).then_some("error")>
            <div class="label-line">
                <label for=name>{label}</label>
                // The field itself says it to a screen reader.
                {move || {
                    required.get().then(|| view! { <span class="required" aria-hidden="true">{t(words::form::required)}</span> })
                }}
            </div>
            {children()}
            {move || {
                error
                    .get()
                    .map(|text| {
                        view! {
                            <p class="error" id=error_id.clone()>
                                <Glyph icon=Icon::Alert size=Size::Small />
                                <span>{text}</span>
                            </p>
                        }
                    })
            }}
            {move || hint.get().filter(|_| error.with(Option::is_none)).map(|text| view! { <p class="hint" id=hint_id.clone()>{text}</p> })}
        </div>
    }
}
