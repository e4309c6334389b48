//! 由来: where a value that EXTREME masters is from, and how old it is. Shape and words say it before the colour does.

use leptos::prelude::*;
use noren_api::extreme::Origin;
use noren_domain::sync::{Freshness, Way};

use super::clock::use_ticker;
use super::date;
use crate::words::{self, lang};

/// `EXTREME・2分前`: ● asked just now, ○ from a copy, ◇ old. `ファイル・3時間前` where EXTREME can only write files: nobody asks it.
#[component]
pub fn OriginMark(origin: Origin) -> impl IntoView {
    let Origin { freshness, as_of, way } = origin;
    let ticker = use_ticker();
    let said = move || {
        let lang = lang();
        let Some(as_of) = as_of else { return words::origin::never(lang).to_owned() };
        let age = date::age(ticker.get() - as_of, lang);
        match (freshness, way) {
            (Freshness::Old, _) => words::origin::old(lang, age),
            (_, Way::File) => words::origin::file(lang, age),
            (Freshness::Live | Freshness::Copy, _) => words::origin::fresh(lang, age),
        }
    };
    view! { <span class="origin" data-freshness=freshness.as_str()>{said}</span> }
}
