//! One look at somebody's data: a line, and whose data it was below it.

use leptos::prelude::*;
use leptos_router::components::A;
use noren_api::access_events::{AccessCustomer, AccessEvent, AccessFilter, AccessSubject};
use noren_domain::access::AccessKind;
use noren_domain::{AccessEventId, LeadId};

use super::{narrow, said};
use crate::agent;
use crate::api::use_api;
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::badge::Badge;
use crate::ui::date;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::words::{self, lang, t};

#[component]
pub fn Look(look: AccessEvent) -> impl IntoView {
    let masters = use_masters();
    let AccessEvent { id, at, actor, actor_name, device, kind, seen, subjects, customers, unattended, request_id } =
        look;
    let who = {
        let actor = actor.clone();
        move || {
            let name = said::actor(&actor, actor_name.as_deref(), &masters, lang());
            name.unwrap_or_else(|| words::lead::someone(lang()).to_owned())
        }
    };
    let by = AccessFilter { actor: Some(actor), ..AccessFilter::default() };
    let device = device.map(|device| {
        view! { <p class="t-meta t-2">{move || agent::called(&device, words::common::dot(lang())).unwrap_or_else(|| device.clone())}</p> }
    });
    // A list of one says no more than the name does.
    let whose = match (subjects.as_slice(), customers.as_slice()) {
        ([AccessSubject { name: Some(name), .. }], []) | ([], [AccessCustomer { name: Some(name), .. }])
            if seen == 1 =>
        {
            Some(name.clone())
        }
        _ => None,
    };
    let count = move || match &whose {
        Some(name) => name.clone(),
        None => words::audit::seen(lang(), seen),
    };
    let opened = RwSignal::new(false);
    let all = (subjects.len() + customers.len()) as u64 >= seen || kind == AccessKind::Export;
    let people = move || {
        opened.get().then(|| {
            if all {
                view! { <People kind subjects=subjects.clone() customers=customers.clone() /> }.into_any()
            } else {
                view! { <Everybody id /> }.into_any()
            }
        })
    };
    view! {
        <li>
            <details class="card audit-entry" on:toggle=move |_| opened.set(true)>
                <summary>
                    <Glyph icon=said::kind_icon(kind) />
                    <span class="grow">
                        <b>{t(said::kind(kind))}</b>
                        <span class="audit-about">{count}</span>
                        <small class="t-2">{who}</small>
                    </span>
                    {unattended.then(|| view! { <Badge>{t(words::audit::unattended)}</Badge> })}
                    <time class="nowrap t-meta t-2 num" datetime=date::machine(at)>{date::time(at)}</time>
                    <Glyph icon=Icon::Down />
                </summary>
                <div class="body stack">
                    {people}
                    {device}
                    <p class="line audit-on" data-wrap>
                        <A href=narrow::at(Page::AccessEvents, &by) attr:class="btn" attr:data-kind="quiet">
                            {t(words::audit::looks_of)}
                        </A>
                    </p>
                    {request_id.map(|id| {
                        view! { <p class="audit-proof t-3">{move || words::common::request_id(lang(), &id)}</p> }
                    })}
                </div>
            </details>
        </li>
    }
}

/// All that were seen, who come when somebody wants to know.
#[component]
fn Everybody(id: AccessEventId) -> impl IntoView {
    let api = use_api();
    let resource = LocalResource::new(move || api.get_access_event(id));
    let body = move |Loaded { value, .. }: Loaded<AccessEvent>| {
        let AccessEvent { kind, subjects, customers, .. } = value.get_untracked();
        view! { <People kind subjects customers /> }.into_any()
    };
    view! {
        <Load resource failed=words::audit::looks_not_loaded skeleton=|| view! { <Skeleton lines=3 /> } view=body />
    }
}

/// Each with the way to them, and to who else has looked at them.
#[component]
fn People(kind: AccessKind, subjects: Vec<AccessSubject>, customers: Vec<AccessCustomer>) -> impl IntoView {
    let is_lead = kind != AccessKind::FormSubmission;
    let person = move |AccessSubject { id, name, erased }: AccessSubject| {
        let others = narrow::at(Page::AccessEvents, &AccessFilter { subject_id: Some(id), ..AccessFilter::default() });
        let gone = if is_lead { words::audit::gone } else { words::audit::submission };
        let name = name.or_else(|| erased.then(|| words::lead::erased(lang()).to_owned()));
        let shown = match name.filter(|_| is_lead) {
            Some(name) => view! { <A href=Page::Lead(LeadId(id)).href() attr:class="grow">{name}</A> }.into_any(),
            None => view! { <span class="grow t-2">{t(gone)}</span> }.into_any(),
        };
        view! {
            <li class="line">
                {shown}
                <A href=others attr:class="btn" attr:data-kind="quiet">{t(words::audit::looks_at)}</A>
            </li>
        }
    };
    let customer = |AccessCustomer { customer_code, name }: AccessCustomer| {
        let filter = AccessFilter { customer_code: Some(customer_code.clone()), ..AccessFilter::default() };
        let others = narrow::at(Page::AccessEvents, &filter);
        let shown = name.unwrap_or_else(|| customer_code.to_string());
        view! {
            <li class="line">
                <A href=Page::customer(&customer_code) attr:class="grow">{shown}</A>
                <A href=others attr:class="btn" attr:data-kind="quiet">{t(words::audit::looks_at)}</A>
            </li>
        }
    };
    view! {
        <ul class="audit-people">
            {subjects.into_iter().map(person).collect_view()}
            {customers.into_iter().map(customer).collect_view()}
        </ul>
    }
}
