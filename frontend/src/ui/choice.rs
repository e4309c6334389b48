//! Choosing one of a few: native radio buttons that look like chips, so that arrow keys work by themselves.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::words::{self, t};

/// One choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub icon: Option<Icon>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), icon: None }
    }

    pub fn with(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }
}

/// A group of chips of which one is chosen.
#[component]
pub fn Choices(
    /// Unique on the page; also the path of the field, for its errors.
    #[prop(into)]
    name: String,
    #[prop(into)] legend: Signal<String>,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(into)] chosen: Signal<String>,
    on_choose: Callback<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] required: Signal<bool>,
    /// Whether choosing the chosen one again takes it back.
    #[prop(optional)]
    again: bool,
    /// What stands after the chips.
    #[prop(optional_no_strip)]
    end: Option<AnyView>,
) -> impl IntoView {
    let group = StoredValue::new(name.clone());
    let chip = move |choice: Choice| {
        let value = choice.value.clone();
        let is_chosen = move |value: &str| chosen.with(|chosen| chosen == value);
        let (same, checked) = (value.clone(), value.clone());
        // A browser says nothing of a radio button that was chosen before, but of the tap.
        let tapped = move |_| {
            if again && untrack(|| is_chosen(&same)) {
                on_choose.run(String::new());
            }
        };
        view! {
            <label class="chip">
                <input
                    type="radio"
                    name=group.get_value()
                    value=value.clone()
                    prop:checked=move || is_chosen(&checked)
                    on:click=tapped
                    on:change=move |_| on_choose.run(value.clone())
                />
                {choice.icon.map(|icon| view! { <Glyph icon /> })}
                <span>{choice.label}</span>
            </label>
        }
    };
    let chips = move || choices.get().into_iter().map(chip).collect_view();
    view! { <ChipGroup name legend error required>{chips} {end}</ChipGroup> }
}

/// A group of chips of which any are chosen, each by a tap of its own.
#[component]
pub fn Toggles(
    #[prop(into)] name: String,
    #[prop(into)] legend: Signal<String>,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    /// Whether the choice with this value is among them.
    is_chosen: Callback<String, bool>,
    on_toggle: Callback<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let chip = move |choice: Choice| {
        let (value, same) = (choice.value.clone(), choice.value.clone());
        view! {
            <label class="chip">
                <input
                    type="checkbox"
                    value=choice.value
                    prop:checked=move || is_chosen.run(same.clone())
                    on:change=move |_| on_toggle.run(value.clone())
                />
                {choice.icon.map(|icon| view! { <Glyph icon /> })}
                <span>{choice.label}</span>
            </label>
        }
    };
    let chips = move || choices.get().into_iter().map(chip).collect_view();
    view! { <ChipGroup name legend error>{chips}</ChipGroup> }
}

/// What stands around chips: their name above, what is wrong with them below.
#[component]
fn ChipGroup(
    name: String,
    legend: Signal<String>,
    error: Signal<Option<String>>,
    #[prop(optional)] required: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let name = StoredValue::new(name);
    view! {
        <fieldset
            class="choices"
            id=move || name.get_value()
            data-state=move || error.with(Option::is_some).then_some("error")
            aria-describedby=move || error.with(Option::is_some).then(|| format!("{}-error", name.get_value()))
        >
            <legend class="label">
                {legend}
                {move || {
                    required.get().then(|| view! { <span class="required" aria-hidden="true">{t(words::form::required)}</span> })
                }}
            </legend>
            <div class="opts">{children()}</div>
            {move || {
                error.get().map(|text| view! { <p class="error" id=format!("{}-error", name.get_value())>{text}</p> })
            }}
        </fieldset>
    }
}
