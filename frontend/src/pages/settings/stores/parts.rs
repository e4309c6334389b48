//! A store in its sections.

use leptos::prelude::*;

use super::StoreWork;
use super::content::Part;
use super::holidays::Holidays;
use super::hours::Hours;
use crate::pages::settings::address::Address;
use crate::pages::settings::fields::{Section, Text};
use crate::ui::field::Typing;
use crate::words;

const PHONE: Typing =
    Typing { kind: Some("tel"), inputmode: Some("tel"), autocomplete: None, enterkeyhint: None, placeholder: None };

#[component]
pub fn Parts(work: StoreWork) -> impl IntoView {
    use words::store as say;
    view! {
        <Section title=say::basics>
            <Text work part=Part::Name required=true />
            <Text work part=Part::Code hint=say::code_hint required=true />
            <Text work part=Part::Phone typing=PHONE />
        </Section>
        <Section title=words::field::address>
            <Address work part=Part::Address />
        </Section>
        <Section title=say::hours>
            <Hours work />
        </Section>
        <Section title=say::holidays>
            <Holidays work />
        </Section>
    }
}
