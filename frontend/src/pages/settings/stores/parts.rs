//! A store in its sections.

use leptos::prelude::*;
use noren_api::postal_codes::PostalPlace;

use super::StoreWork;
use super::content::Part;
use super::holidays::Holidays;
use super::hours::Hours;
use crate::pages::settings::fields::{Section, Text};
use crate::postal::PostalCode;
use crate::ui::field::Typing;
use crate::words;

const PHONE: Typing =
    Typing { kind: Some("tel"), inputmode: Some("tel"), autocomplete: None, enterkeyhint: None, placeholder: None };
const DIGITS: Typing =
    Typing { kind: None, inputmode: Some("numeric"), autocomplete: None, enterkeyhint: None, placeholder: None };

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
            <Address work />
        </Section>
        <Section title=say::hours>
            <Hours work />
        </Section>
        <Section title=say::holidays>
            <Holidays work />
        </Section>
    }
}

#[component]
fn Address(work: StoreWork) -> impl IntoView {
    let on_take = Callback::new(move |place: PostalPlace| {
        work.set(Part::Prefecture, place.prefecture);
        work.set(Part::City, place.city);
        work.set(Part::Town, place.town);
    });
    view! {
        <div class="fields">
            <PostalCode typed=work.text(Part::PostalCode) on_take>
                <Text work part=Part::PostalCode hint=words::form::postal_hint typing=DIGITS />
            </PostalCode>
            <Text work part=Part::Prefecture />
            <Text work part=Part::City />
            <Text work part=Part::Town />
            <Text work part=Part::Street />
            <div class="wide">
                <Text work part=Part::Building />
            </div>
        </div>
    }
}
