//! The company in its sections.

use leptos::prelude::*;
use noren_domain::company::InvoiceNumber;

use super::CompanyWork;
use super::content::{Number, Part};
use crate::pages::settings::address::Address;
use crate::pages::settings::content::Part as _;
use crate::pages::settings::fields::{Section, Select, Text, label};
use crate::ui::field::{Opt, TextField, Typing};
use crate::words::{self, Lang, lang};

const PHONE: Typing =
    Typing { kind: Some("tel"), inputmode: Some("tel"), autocomplete: None, enterkeyhint: None, placeholder: None };
const NAME: Typing =
    Typing { kind: None, inputmode: None, autocomplete: Some("organization"), enterkeyhint: None, placeholder: None };

#[component]
pub fn Parts(work: CompanyWork) -> impl IntoView {
    use words::company as say;
    let languages = Signal::stored(
        Lang::ALL.map(|lang| Opt { value: lang.tag().to_owned(), label: lang.own_name().to_owned() }).to_vec(),
    );
    view! {
        <Section title=say::basics>
            <Text work part=Part::Name hint=say::name_hint required=true typing=NAME />
            <Text work part=Part::Kana />
            <Text work part=Part::TradeName hint=say::trade_name_hint />
            <Text work part=Part::Phone typing=PHONE />
            <InvoiceNumberField work />
        </Section>
        <Section title=words::field::address>
            <Address work part=Part::Address />
        </Section>
        <Section title=say::language>
            <Select work part=Part::Language options=languages hint=say::language_hint />
        </Section>
    }
}

/// Says while it is typed what the number is, and writes it in half width when it is left.
#[component]
fn InvoiceNumberField(work: CompanyWork) -> impl IntoView {
    let part = Part::InvoiceNumber;
    let typed = work.text(part);
    // What was wrong is no longer said once it is mended.
    let typing = move |text: String| {
        let mended = InvoiceNumber::parse(&text).is_ok();
        work.set(part, text);
        if mended {
            work.left(part);
        }
    };
    let leave = move |()| {
        if let Ok(number) = typed.with_untracked(|typed| InvoiceNumber::parse(typed)) {
            work.set(part, number.as_str().to_owned());
        }
        work.left(part);
    };
    view! {
        <TextField
            name=part.path()
            label=label(part)
            value=typed
            on_type=Callback::new(typing)
            on_leave=Callback::new(leave)
            typing=Typing { enterkeyhint: Some("next"), ..Typing::default() }
            hint=Signal::derive(move || Some(typed.with(|typed| Number::of(typed)).say(lang())))
            error=work.error(part)
        />
    }
}
