//! The parts of a form that are typed or chosen, in their sections.

use leptos::prelude::*;
use noren_domain::form::FormLanguage;

use super::asked::AskedFields;
use super::content::Part;
use super::work::Work;
use crate::session::use_masters;
use crate::ui::choice::{Choice, Choices};
use crate::ui::field::{Opt, SelectField, TextField, Typing};
use crate::words::{self, Lang, lang, t};

/// Everything but the preview.
#[component]
pub fn Parts(work: Work) -> impl IntoView {
    use words::forms as say;
    view! {
        <Section title=say::basics>
            <Text work part=Part::Name hint=say::name_hint required=true />
            <StoreField work />
            <SourceField work />
            <ActiveField work />
        </Section>
        <Section title=say::page>
            <LanguageField work />
            <Text work part=Part::Title required=true />
            <Text work part=Part::Intro rows=3 />
            <AskedFields work />
            <Text work part=Part::Consent hint=say::consent_hint rows=4 />
            <Text work part=Part::Thanks hint=say::thanks_hint rows=2 />
        </Section>
        <Section title=say::sites>
            <Text work part=Part::Origins hint=say::origins_hint rows=2 inputmode="url" />
        </Section>
    }
}

#[component]
fn Section(title: fn(Lang) -> &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="card form-section">
            <header><h2 class="as-card">{t(title)}</h2></header>
            <div class="body stack">{children()}</div>
        </section>
    }
}

fn label(part: Part) -> Signal<String> {
    Signal::derive(move || part.label()(lang()).to_owned())
}

#[component]
fn Text(
    work: Work,
    part: Part,
    #[prop(optional)] hint: Option<fn(Lang) -> &'static str>,
    #[prop(default = 1)] rows: u32,
    #[prop(optional)] required: bool,
    #[prop(optional)] inputmode: Option<&'static str>,
) -> impl IntoView {
    view! {
        <TextField
            name=part.path()
            label=label(part)
            value=work.text(part)
            on_type=Callback::new(move |text| work.set(part, text))
            on_leave=Callback::new(move |()| work.left(part))
            typing=Typing { inputmode, enterkeyhint: (rows == 1).then_some("next"), ..Typing::default() }
            hint=Signal::derive(move || Some(hint?(lang()).to_owned()))
            error=work.error(part)
            required=Signal::stored(required)
            rows
        />
    }
}

#[component]
fn Select(work: Work, part: Part, #[prop(into)] options: Signal<Vec<Opt>>) -> impl IntoView {
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
            error=work.error(part)
            required=Signal::stored(true)
        />
    }
}

#[component]
fn StoreField(work: Work) -> impl IntoView {
    let masters = use_masters();
    let options = move || {
        let named = |store: &noren_api::stores::Store| Opt { value: store.id.to_string(), label: store.name.clone() };
        masters.stores.iter().map(named).collect::<Vec<_>>()
    };
    view! { <Select work part=Part::Store options=Signal::derive(options) /> }
}

#[component]
fn SourceField(work: Work) -> impl IntoView {
    let masters = use_masters();
    let options = move || {
        let chosen = work.text(Part::Source).get();
        let usable = masters.sources.iter().filter(|source| source.active || source.code.0 == chosen);
        let named = usable
            .map(|source| Opt { value: source.code.0.clone(), label: masters.source_name(&source.code.0, lang()) });
        let none = Opt { value: String::new(), label: words::form::choose(lang()).to_owned() };
        std::iter::once(none).chain(named).collect::<Vec<_>>()
    };
    view! { <Select work part=Part::Source options=Signal::derive(options) /> }
}

#[component]
fn Chips(work: Work, part: Part, choices: fn() -> Vec<Choice>) -> impl IntoView {
    view! {
        <Choices
            name=part.path()
            legend=label(part)
            choices=Signal::derive(choices)
            chosen=work.text(part)
            on_choose=Callback::new(move |value| work.set(part, value))
        />
    }
}

#[component]
fn ActiveField(work: Work) -> impl IntoView {
    let choices =
        || vec![Choice::new("true", words::forms::open(lang())), Choice::new("false", words::forms::closed(lang()))];
    view! { <Chips work part=Part::Active choices /> }
}

#[component]
fn LanguageField(work: Work) -> impl IntoView {
    let choices = || {
        let own = |language: FormLanguage, name: Lang| Choice::new(language.as_str(), name.own_name());
        vec![own(FormLanguage::Ja, Lang::Ja), own(FormLanguage::En, Lang::En)]
    };
    view! { <Chips work part=Part::Language choices /> }
}
