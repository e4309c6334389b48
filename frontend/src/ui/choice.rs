//! Choosing one of a few: native radio buttons that look like chips, so that arrow keys work by themselves.

use leptos::prelude::*;

/// One choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
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
) -> impl IntoView {
    let name = StoredValue::new(name);
    let chip = move |choice: Choice| {
        let value = choice.value.clone();
        let checked = {
            let value = value.clone();
            move || chosen.with(|chosen| *chosen == value)
        };
        view! {
            <label class="chip">
                <input
                    type="radio"
                    name=name.get_value()
                    value=value.clone()
                    prop:checked=checked
                    on:change=move |_| on_choose.run(value.clone())
                />
                <span>{choice.label}</span>
            </label>
        }
    };
    view! {
        <fieldset
            class="choices"
            id=move || name.get_value()
            data-state=move || error.with(Option::is_some).then_some("error")
            aria-describedby=move || error.with(Option::is_some).then(|| format!("{}-error", name.get_value()))
        >
            <legend class="label">{legend}</legend>
            <div class="opts">{move || choices.get().into_iter().map(chip).collect_view()}</div>
            {move || {
                error.get().map(|text| view! { <p class="error" id=format!("{}-error", name.get_value())>{text}</p> })
            }}
        </fieldset>
    }
}
