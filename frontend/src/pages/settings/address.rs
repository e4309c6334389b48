//! An address among the parts of something that is settled: its parts, and its fields with what a postal code offers.

use leptos::prelude::*;
use noren_api::leads::Address as Typed;
use noren_api::postal_codes::PostalPlace;

use super::content::Content;
use super::fields::Text;
use super::work::Work;
use crate::postal::PostalCode;
use crate::ui::field::Typing;
use crate::words::{self, Lang};

const DIGITS: Typing =
    Typing { kind: None, inputmode: Some("numeric"), autocomplete: None, enterkeyhint: None, placeholder: None };

/// In the order in which it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AddressPart {
    PostalCode,
    Prefecture,
    City,
    Town,
    Street,
    Building,
}

impl AddressPart {
    pub fn place(self, address: &mut Typed) -> &mut Option<String> {
        match self {
            Self::PostalCode => &mut address.postal_code,
            Self::Prefecture => &mut address.prefecture,
            Self::City => &mut address.city,
            Self::Town => &mut address.town,
            Self::Street => &mut address.street,
            Self::Building => &mut address.building,
        }
    }

    pub fn path(self) -> &'static str {
        match self {
            Self::PostalCode => "address.postal_code",
            Self::Prefecture => "address.prefecture",
            Self::City => "address.city",
            Self::Town => "address.town",
            Self::Street => "address.street",
            Self::Building => "address.building",
        }
    }

    pub fn label(self) -> fn(Lang) -> &'static str {
        use words::field;
        match self {
            Self::PostalCode => field::postal_code,
            Self::Prefecture => field::prefecture,
            Self::City => field::city,
            Self::Town => field::town,
            Self::Street => field::street,
            Self::Building => field::building,
        }
    }
}

/// The fields of an address.
#[component]
pub fn Address<C: Content>(
    work: Work<C>,
    /// Which part of the content a part of the address is.
    part: fn(AddressPart) -> C::Part,
) -> impl IntoView {
    let on_take = Callback::new(move |place: PostalPlace| {
        work.set(part(AddressPart::Prefecture), place.prefecture);
        work.set(part(AddressPart::City), place.city);
        work.set(part(AddressPart::Town), place.town);
    });
    let code = part(AddressPart::PostalCode);
    view! {
        <div class="fields">
            <PostalCode typed=work.text(code) on_take>
                <Text work part=code hint=words::form::postal_hint typing=DIGITS />
            </PostalCode>
            <Text work part=part(AddressPart::Prefecture) />
            <Text work part=part(AddressPart::City) />
            <Text work part=part(AddressPart::Town) />
            <Text work part=part(AddressPart::Street) />
            <div class="wide">
                <Text work part=part(AddressPart::Building) />
            </div>
        </div>
    }
}
