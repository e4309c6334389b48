//! One entry of the audit: a line, and what changed below it.

use leptos::prelude::*;
use leptos_router::components::A;
use noren_api::audit_events::{AuditChange, AuditEvent, AuditFilter};

use super::{narrow, said};
use crate::routes::Page;
use crate::session::{SharedMasters, use_masters};
use crate::ui::date;
use crate::ui::icon::{Glyph, Icon};
use crate::words::{self, lang, t};

#[component]
pub fn Entry(event: AuditEvent) -> impl IntoView {
    let masters = use_masters();
    let AuditEvent { at, action, subject, subject_name, actor, actor_name, chain, .. } = event.clone();
    let title = {
        let action = action.clone();
        move || said::action(&action, lang())
    };
    let who = {
        let (masters, actor) = (masters.clone(), actor.clone());
        move || {
            let name = said::actor(&actor, actor_name.as_deref(), &masters, lang());
            name.unwrap_or_else(|| words::lead::someone(lang()).to_owned())
        }
    };
    let place = {
        let masters = masters.clone();
        move || said::chain(&chain, &masters, lang())
    };
    // Whoever signs in is named already.
    let about = subject_name.filter(|_| subject != actor);
    view! {
        <li>
            <details class="card audit-entry">
                <summary>
                    <Glyph icon=said::area_icon(&action) />
                    <span class="grow">
                        <b>{title}</b>
                        {about.map(|name| view! { <span class="audit-about">{name}</span> })}
                        <small class="t-2">{who}" "{t(words::common::dot)}" "{place}</small>
                    </span>
                    <time class="nowrap t-meta t-2 num" datetime=date::machine(at)>{date::time(at)}</time>
                    <Glyph icon=Icon::Down />
                </summary>
                <div class="body stack">
                    <Changes event=event.clone() masters />
                    <Ways event />
                </div>
            </details>
        </li>
    }
}

#[component]
fn Changes(event: AuditEvent, masters: SharedMasters) -> impl IntoView {
    let AuditEvent { subject, changes, .. } = event;
    if changes.is_empty() {
        return view! { <p class="t-2">{t(words::audit::no_fields)}</p> }.into_any();
    }
    let change = |change: AuditChange| {
        let (subject, field) = (subject.clone(), change.field.clone());
        let masters = masters.clone();
        view! {
            <dt>{move || said::field(&subject, &field, lang())}</dt>
            <dd>{move || values(&change, &masters)}</dd>
        }
    };
    view! { <dl class="facts audit-changes">{changes.into_iter().map(change).collect_view()}</dl> }.into_any()
}

/// Before and after; a screen reader is told which is which.
fn values(change: &AuditChange, masters: &SharedMasters) -> AnyView {
    let AuditChange { field, before, after, erased } = change;
    if *erased {
        return view! { <span class="t-2">{words::audit::erased(lang())}</span> }.into_any();
    }
    let read = |value: &Option<String>| match value {
        Some(value) if !value.is_empty() => said::value(field, value, masters, lang()),
        _ => words::common::empty(lang()).to_owned(),
    };
    let old = before.as_ref().map(|_| {
        view! {
            <span class="sr">{words::audit::before(lang())}</span>
            <del>{read(before)}</del>
            <span aria-hidden="true">" → "</span>
        }
    });
    view! {
        {old}
        <span class="sr">{words::audit::after(lang())}</span>
        <b>{read(after)}</b>
    }
    .into_any()
}

/// The ways on from an entry, and what support and auditors name it by.
#[component]
fn Ways(event: AuditEvent) -> impl IntoView {
    let AuditEvent { actor, subject, chain, sequence, request_id, hash, .. } = event;
    let by = AuditFilter { actor: Some(actor), ..AuditFilter::default() };
    let about = AuditFilter { subject: Some(subject.clone()), ..AuditFilter::default() };
    let there = shown_at(&subject).map(|page| {
        view! { <A href=page.href() attr:class="btn" attr:data-kind="quiet">{t(words::common::open)}</A> }
    });
    view! {
        <p class="line audit-on" data-wrap>
            {there}
            <A href=narrow::at(Page::Audit, &about) attr:class="btn" attr:data-kind="quiet">{t(words::audit::of_subject)}</A>
            <A href=narrow::at(Page::Audit, &by) attr:class="btn" attr:data-kind="quiet">{t(words::audit::of_actor)}</A>
        </p>
        <p class="audit-proof t-3">
            {move || words::audit::place(lang(), &chain, sequence)}
            " "
            {request_id.map(|id| move || words::common::request_id(lang(), &id))}
            <br />
            {hash}
        </p>
    }
}

/// Where a subject has a page of its own.
fn shown_at(subject: &str) -> Option<Page> {
    let (kind, id) = subject.split_once(':')?;
    match kind {
        "lead" => id.parse().ok().map(Page::Lead),
        "staff" => id.parse().ok().map(Page::Person),
        "store" => id.parse().ok().map(Page::Store),
        "form" => id.parse().ok().map(Page::Form),
        _ => None,
    }
}
