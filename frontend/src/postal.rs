//! The postal code offers the places it stands for; one tap fills the address.

use leptos::prelude::*;
use noren_api::postal_codes::PostalPlace;
use noren_domain::contact::postal_code;

use crate::api::use_api;
use crate::words::{self, t};

/// What is known of a postal code.
#[derive(Clone, Debug, PartialEq)]
enum Places {
    NotAsked,
    Found(Vec<PostalPlace>),
    Unknown,
    Failed,
}

/// The field of the postal code with what it offers.
#[component]
pub fn PostalCode(
    typed: Signal<String>,
    on_take: Callback<PostalPlace>,
    /// The field.
    children: Children,
) -> impl IntoView {
    let api = use_api();
    let code = Memo::new(move |_| typed.with(|typed| postal_code(typed).ok()));
    // What stood there when the form opened is not looked up: its address is filled in already.
    let opened_with = code.get_untracked();
    let places = LocalResource::new(move || {
        let asked = code.get().filter(|code| opened_with.as_ref() != Some(code));
        async move {
            let Some(code) = asked else { return Places::NotAsked };
            match api.find_places(&code).await {
                Ok(items) if items.is_empty() => Places::Unknown,
                Ok(items) => Places::Found(items),
                Err(_) => Places::Failed,
            }
        }
    });
    let taken = RwSignal::new(None::<String>);
    let offer = move |place: PostalPlace| {
        let words = format!("{}{}{}", place.prefecture, place.city, place.town);
        let take = move |_| {
            taken.set(Some(place.postal_code.clone()));
            on_take.run(place.clone());
        };
        view! {
            <li>
                <button class="chip" type="button" on:click=take>{words}</button>
            </li>
        }
    };
    let offers = move || match places.get() {
        Some(Places::Found(items)) if taken.get() != code.get() => {
            view! { <ul class="places">{items.into_iter().map(offer).collect_view()}</ul> }.into_any()
        }
        Some(Places::Unknown) => view! { <p class="hint">{t(words::form::no_place)}</p> }.into_any(),
        Some(Places::Failed) => view! { <p class="hint">{t(words::form::places_failed)}</p> }.into_any(),
        _ => ().into_any(),
    };
    view! {
        <div class="wide postal">
            {children()}
            <div role="status" aria-live="polite">{offers}</div>
        </div>
    }
}
