//! 既存のお客様: whom of EXTREME's customers the lead may be, and why. Nobody is joined before a person says so.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use noren_api::customers::{CustomerMatch, CustomerMatches, CustomerRow, LinkTo};
use noren_domain::code::CustomerCode;

use super::actions::Hands;
use super::detail::use_lead_view;
use crate::api::{ApiError, use_api};
use crate::pages::customers::lines;
use crate::routes::Page;
use crate::ui::button::{Button, Kind};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::later::{Draw, Later};
use crate::ui::origin::OriginMark;
use crate::words::{self, lang, lang_untracked, t};

/// How many are shown; who is less likely is found by the search.
const SHOWN: usize = 3;

#[component]
pub fn CustomerCard() -> impl IntoView {
    #[wasm_split(lead_cars, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn card() -> Result<Draw, SplitLoaderError> {
        Ok(|| Inside().into_any())
    }
    // Most leads are nobody's customer, so that nothing holds the place.
    view! { <Later code=|| Box::pin(card()) class="plain" lines=0 /> }
}

#[component]
fn Inside() -> impl IntoView {
    let (api, view) = (use_api(), use_lead_view());
    let id = view.lead.with_untracked(|lead| lead.id);
    let matches = LocalResource::new(move || {
        view.changed();
        api.find_matches(id)
    });
    let known = Memo::new(move |last: Option<&Option<CustomerMatches>>| match matches.get() {
        Some(Ok(matches)) => Some(matches),
        _ => last.cloned().flatten(),
    });
    move || {
        let CustomerMatches { linked, items, elsewhere, origin } = known.get()?;
        let code = view.lead.with(|lead| lead.customer_code.clone());
        let inside = match (linked, code) {
            (Some(customer), _) => view! { <Linked customer /> }.into_any(),
            (None, Some(code)) => view! { <Gone code /> }.into_any(),
            (None, None) if items.is_empty() && elsewhere == 0 => return None,
            (None, None) => view! { <Suggested items elsewhere /> }.into_any(),
        };
        Some(view! {
            <section class="card">
                <header>
                    <Glyph icon=Icon::Known />
                    <h2 class="as-card">{t(words::customer::existing)}</h2>
                </header>
                <div class="body stack">
                    <p class="records-age"><OriginMark origin /></p>
                    {inside}
                </div>
            </section>
        })
    }
}

/// Whether the viewer may say who it is.
fn may_say() -> Memo<bool> {
    let lead = use_lead_view().lead;
    Memo::new(move |_| lead.with(|lead| lead.allowed.edit))
}

#[component]
fn Linked(customer: CustomerRow) -> impl IntoView {
    let (hands, may) = (Hands::take(), may_say());
    let next = customer.next_inspection.clone().map(|next| {
        let urgency = lines::urgency(next.due);
        view! { <p><span class="due" data-urgency=urgency>{move || lines::inspection(&next, lang())}</span></p> }
    });
    let (kind, code) = (customer.kind, customer.customer_code.clone());
    let name = StoredValue::new(lines::called(&customer, lang_untracked()));
    let off = Callback::new({
        let code = code.clone();
        move |()| say(hands, None, Some(code.clone()), name.get_value())
    });
    view! {
        <div>
            <a class="contact" href=Page::customer(&code)>
                <span>{customer.name} " " <small>{t(lines::title(kind))}</small></span>
            </a>
            {next}
        </div>
        {move || {
            may.get().then(|| view! { <p><Button kind=Kind::Quiet on_click=off>{t(words::customer::unlink)}</Button></p> })
        }}
    }
}

/// EXTREME has the customer no longer, or the viewer may not see them.
#[component]
fn Gone(code: CustomerCode) -> impl IntoView {
    let (hands, may) = (Hands::take(), may_say());
    let shown = code.to_string();
    let off = Callback::new(move |()| say(hands, None, Some(code.clone()), code.to_string()));
    view! {
        <p class="t-2">{move || words::customer::gone(lang(), &shown)}</p>
        {move || {
            may.get().then(|| view! { <p><Button kind=Kind::Quiet on_click=off>{t(words::customer::unlink)}</Button></p> })
        }}
    }
}

#[component]
fn Suggested(items: Vec<CustomerMatch>, elsewhere: u64) -> impl IntoView {
    let others = (elsewhere > 0).then(|| {
        view! { <p class="t-meta t-3">{move || words::customer::matches_elsewhere(lang(), elsewhere)}</p> }
    });
    let one = |found: CustomerMatch| view! { <Suggestion found /> };
    view! {
        <ul>{items.into_iter().take(SHOWN).map(one).collect_view()}</ul>
        {others}
    }
}

#[component]
fn Suggestion(found: CustomerMatch) -> impl IntoView {
    let (hands, may) = (Hands::take(), may_say());
    let CustomerMatch { customer, reasons, .. } = found;
    let (kind, code) = (customer.kind, customer.customer_code.clone());
    let known: Vec<String> = [customer.kana.clone(), customer.phone.clone()].into_iter().flatten().collect();
    let name = StoredValue::new(lines::called(&customer, lang_untracked()));
    let link = Callback::new({
        let code = code.clone();
        move |()| say(hands, Some(code.clone()), None, name.get_value())
    });
    view! {
        <li class="match">
            <a class="contact" href=Page::customer(&code)>
                <span>{customer.name} " " <small>{t(lines::title(kind))}</small></span>
            </a>
            <p class="t-meta t-2 num">{known.join("・")}</p>
            <p class="t-meta">{move || lines::why(&reasons, lang())}</p>
            {move || {
                may.get().then(|| {
                    view! { <p><Button kind=Kind::Soft icon=Icon::Known on_click=link>{t(words::customer::link)}</Button></p> }
                })
            }}
        </li>
    }
}

/// Says whom the lead is, or that they are somebody else after all, and offers the way back.
fn say(hands: Hands, to: Option<CustomerCode>, from: Option<CustomerCode>, name: String) {
    spawn_local(async move {
        if put(hands, to.clone()).await.is_err() {
            return hands.toasts.say(words::customer::not_linked(lang_untracked()));
        }
        let lang = lang_untracked();
        let said =
            if to.is_some() { words::customer::linked(lang, name) } else { words::customer::unlinked(lang, name) };
        hands.toasts.say_with_undo(said, move || {
            let from = from.clone();
            spawn_local(async move {
                if put(hands, from).await.is_err() {
                    hands.toasts.say(words::customer::not_linked(lang_untracked()));
                }
            });
        });
    });
}

async fn put(hands: Hands, to: Option<CustomerCode>) -> Result<(), ApiError> {
    let lead = hands.lead();
    let put = match to {
        Some(customer_code) => hands.api.link_customer(lead.id, lead.version, LinkTo { customer_code }).await,
        None => hands.api.unlink_customer(lead.id, lead.version).await,
    };
    hands.refetch(lead.id);
    put.map(drop)
}
