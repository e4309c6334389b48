//! A second factor, of whom it is for and has one: a link alone opens no such account.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use noren_api::second_factors::SecondFactorWanted;

use super::Joining;
use crate::pages::factor::SecondStep;
use crate::routes::Page;

#[component]
pub fn Second(joining: Joining, wanted: SecondFactorWanted) -> impl IntoView {
    let navigate = use_navigate();
    let on_back = Callback::new(move |()| {
        joining.inside.set(false);
        joining.begin_again();
    });
    let on_done = Callback::new(move |()| {
        navigate(&Page::Leads.href(), NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
    view! { <SecondStep wanted on_back on_done /> }
}
