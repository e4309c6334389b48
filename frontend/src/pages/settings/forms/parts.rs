//! The parts of a form that are typed or chosen, in their sections.

use leptos::prelude::*;
use noren_domain::language::Language;

use super::FormWork;
use super::asked::AskedFields;
use super::content::Part;
use crate::pages::settings::content::Part as _;
use crate::pages::settings::fields::{Section, Select, Text, label};
use crate::session::use_masters;
use crate::ui::choice::{Choice, Choices};
use crate::ui::field::{Opt, Typing};
use crate::words::{self, Lang, lang};

const URL: Typing =
    Typing { kind: None, inputmode: Some("url"), autocomplete: None, enterkeyhint: None, placeholder: None };

/// Everything but the preview.
#[component]
pub fn Parts(work: FormWork) -> impl IntoView {
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
            <Text work part=Part::Origins hint=say::origins_hint rows=2 typing=URL />
        </Section>
    }
}

#[component]
fn StoreField(work: FormWork) -> impl IntoView {
    let masters = use_masters();
    let options = move || {
        let named = |store: &noren_api::stores::Store| Opt { value: store.id.to_string(), label: store.name.clone() };
        let chosen = work.content.with_untracked(|content| content.store_id);
        masters.open_stores(Some(chosen)).map(named).collect::<Vec<_>>()
    };
    view! { <Select work part=Part::Store options=Signal::derive(options) /> }
}

#[component]
fn SourceField(work: FormWork) -> impl IntoView {
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
fn Chips(work: FormWork, part: Part, choices: fn() -> Vec<Choice>) -> impl IntoView {
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
fn ActiveField(work: FormWork) -> impl IntoView {
    let choices =
        || vec![Choice::new("true", words::forms::open(lang())), Choice::new("false", words::forms::closed(lang()))];
    view! { <Chips work part=Part::Active choices /> }
}

#[component]
fn LanguageField(work: FormWork) -> impl IntoView {
    let choices = || {
        let own = |language: Language, name: Lang| Choice::new(language.as_str(), name.own_name());
        vec![own(Language::Ja, Lang::Ja), own(Language::En, Lang::En)]
    };
    view! { <Chips work part=Part::Language choices /> }
}
