//! 由来: where a value that EXTREME masters is from, and how old it is. Shape and words say it before the colour does.

use leptos::prelude::*;
use noren_domain::Timestamp;
use noren_domain::sync::Freshness;

use super::clock::use_ticker;
use super::date;
use crate::words::{self, lang};

/// `EXTREME・2分前`: ● asked just now, ○ from a copy, ◇ old.
#[component]
pub fn OriginMark(freshness: Freshness, as_of: Option<Timestamp>) -> impl IntoView {
    let ticker = use_ticker();
    let said = move || {
        let lang = lang();
        let Some(as_of) = as_of else { return words::origin::never(lang).to_owned() };
        let age = date::age(ticker.get() - as_of, lang);
        match freshness {
            Freshness::Live | Freshness::Copy => words::origin::fresh(lang, age),
            Freshness::Old => words::origin::old(lang, age),
        }
    };
    view! { <span class="origin" data-freshness=freshness.as_str()>{said}</span> }
}
