//! The fields that the pages of the settings have in common.

use leptos::prelude::*;

use super::content::{Content, Part};
use super::work::Work;
use crate::ui::field::{Opt, SelectField, TextField, Typing};
use crate::words::{Lang, lang, t};

/// Some fields below a heading.
#[component]
pub fn Section(title: fn(Lang) -> &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="card form-section">
            <header><h2 class="as-card">{t(title)}</h2></header>
            <div class="body stack">{children()}</div>
        </section>
    }
}

pub fn label<P: Part>(part: P) -> Signal<String> {
    Signal::derive(move || part.label()(lang()).to_owned())
}

/// A part that is typed.
#[component]
pub fn Text<C: Content>(
    work: Work<C>,
    part: C::Part,
    #[prop(optional)] hint: Option<fn(Lang) -> &'static str>,
    #[prop(default = 1)] rows: u32,
    #[prop(optional)] required: bool,
    #[prop(optional)] typing: Typing,
) -> impl IntoView {
    view! {
        <TextField
            name=part.path()
            label=label(part)
            value=work.text(part)
            on_type=Callback::new(move |text| work.set(part, text))
            on_leave=Callback::new(move |()| work.left(part))
            typing=Typing { enterkeyhint: (rows == 1).then_some("next"), ..typing }
            hint=Signal::derive(move || Some(hint?(lang()).to_owned()))
            error=work.error(part)
            required=Signal::stored(required)
            rows
        />
    }
}

/// A part that is chosen from a list of the device.
#[component]
pub fn Select<C: Content>(
    work: Work<C>,
    part: C::Part,
    #[prop(into)] options: Signal<Vec<Opt>>,
    #[prop(optional)] hint: Option<fn(Lang) -> &'static str>,
) -> impl IntoView {
    let on_choose = Callback::new(move |value| {
        work.set(part, value);
        work.left(part);
    });
    view! {
        <SelectField
            name=part.path()
            label=label(part)
            options
            value=work.text(part)
            on_choose
            hint=Signal::derive(move || Some(hint?(lang()).to_owned()))
            error=work.error(part)
            required=Signal::stored(true)
        />
    }
}
