//! What the answers and the reasons are called.

use noren_domain::form::{Input, Suspicion};

use crate::words::{self, Lang};

pub fn input(input: Input) -> fn(Lang) -> &'static str {
    use words::field as say;
    match input {
        Input::Name => say::name,
        Input::Kana => say::kana,
        Input::Company => say::company,
        Input::Phone => say::phones,
        Input::Mail => say::mails,
        Input::PostalCode => say::postal_code,
        Input::Prefecture => say::prefecture,
        Input::City => say::city,
        Input::Town => say::town,
        Input::Street => say::street,
        Input::Building => say::building,
        Input::Maker => say::maker,
        Input::Model => say::model,
        Input::BodyType => say::body_type,
        Input::Budget => say::budget,
        Input::Timing => say::timing,
        Input::Message => words::form_part::message,
    }
}

/// Why a person has to look at it.
pub fn suspicion(suspicion: Suspicion) -> fn(Lang) -> &'static str {
    use words::suspicion as say;
    match suspicion {
        Suspicion::Honeypot => say::honeypot,
        Suspicion::TooFast => say::too_fast,
        Suspicion::NoPage => say::no_page,
        Suspicion::Flood => say::flood,
        Suspicion::Links => say::links,
    }
}
