//! Whom a car is for: a lead that is chosen, found as everywhere else.

use leptos::prelude::*;
use noren_domain::LeadId;

use crate::api::use_api;
use crate::lead_search::{Lack, LeadSearch};
use crate::pages::leads::lines;
use crate::recent;
use crate::session::use_masters;
use crate::ui::search::SearchField;
use crate::words::{self, Lang, lang};

/// Somebody to choose.
struct Pick {
    id: LeadId,
    name: String,
    told: String,
}

/// The leads looked at lately, or those that fit what is typed.
#[component]
pub fn LeadPicker(
    /// What is asked.
    label: fn(Lang) -> &'static str,
    on_pick: Callback<(LeadId, String)>,
) -> impl IntoView {
    let (api, search, me) = (use_api(), LeadSearch::new(), use_masters().me.id);
    let viewed = StoredValue::new(recent::of::<LeadId>(me));
    let idle = Memo::new(move |_| search.words().is_empty());
    let picks = move || {
        if idle.get() {
            let pick = |viewed: recent::Viewed<LeadId>| Pick { id: viewed.id, name: viewed.name, told: String::new() };
            return viewed.get_value().into_iter().map(pick).collect::<Vec<_>>();
        }
        let lang = lang();
        search.with_rows(|rows| {
            let pick = |row: &noren_api::leads::LeadRow| Pick {
                id: row.id,
                name: lines::called(row.name.as_deref(), row.company.as_deref(), lang).to_string(),
                told: [
                    lines::status(row.status)(lang).to_owned(),
                    lines::wish(&row.wanted_car, lang).join(words::common::dot(lang)),
                ]
                .join(words::common::dot(lang)),
            };
            rows.iter().map(pick).collect()
        })
    };
    let row = move |Pick { id, name, told }: Pick| {
        let whom = name.clone();
        view! {
            <li>
                <button class="pick" type="button" on:click=move |_| on_pick.run((id, whom.clone()))>
                    <b class="clip">{name}</b>
                    <small class="t-2 clip">{told}</small>
                </button>
            </li>
        }
    };
    let said = move || {
        if idle.get() {
            let some = viewed.with_value(|viewed| !viewed.is_empty());
            return some.then(|| words::wanted::recent(lang()).to_owned());
        }
        search.lack().map(|lack| match lack {
            Lack::Nobody => words::wanted::nobody(lang(), search.words()),
            Lack::Failed => words::wanted::search_failed(lang()).to_owned(),
        })
    };
    view! {
        <SearchField
            name="whom"
            label
            hint=words::wanted::whom_hint
            typed=search.typed
            on_type=Callback::new(move |typed| search.search(api, typed))
        />
        <p role="status" class="t-meta t-2">{said}</p>
        <ul class="picks">{move || picks().into_iter().map(row).collect_view()}</ul>
    }
}
