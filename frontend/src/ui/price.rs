//! A price as it stands on the tag: the figure large, the unit small on the same line.

use leptos::prelude::*;
use noren_domain::Yen;

use super::yen;
use crate::words::{self, lang, t};

/// A figure of more characters than this is set smaller.
const LONG: usize = 9;

#[component]
pub fn Price(amount: Option<Yen>) -> impl IntoView {
    move || {
        let Some(amount) = amount else {
            return view! { <span class="money" data-long="">{t(words::car::price_unknown)}</span> }.into_any();
        };
        let (figure, unit) = yen::tag(amount, lang());
        let long = (figure.chars().count() > LONG).then_some("");
        view! {
            <span class="money" data-long=long>
                {figure}
                <small>{unit}</small>
            </span>
        }
        .into_any()
    }
}
