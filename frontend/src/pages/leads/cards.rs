//! What is known of a lead: its marks, the note, the wanted car, how to reach the customer.

use leptos::prelude::*;
use noren_api::leads::PhoneNumber;

use super::actions::AssignButton;
use super::detail::use_lead_view;
use super::{lines, tags};
use crate::session::use_masters;
use crate::ui::badge::{self, Badge};
use crate::ui::date;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::yen;
use crate::words::{self, lang, t};

/// Status, source, temperature, store, tags and who is in charge.
#[component]
pub fn Marks() -> impl IntoView {
    let view = use_lead_view();
    let (lead, kept) = (view.lead, view.is_kept());
    let badges = move || {
        let masters = use_masters();
        let (code, warmth, status, store) =
            lead.with(|lead| (lead.profile.source_code.clone(), lead.profile.temperature, lead.status, lead.store_id));
        let erased = (!kept.get()).then(|| view! { <Badge tone=badge::Tone::Warn>{t(words::lead::erased)}</Badge> });
        let tags = lead.with(|lead| tags::chips(&lead.profile.tag_ids));
        let source = masters.source_name(&code, lang());
        let warmth = warmth.map(|known| words::lead::warmth(lang(), lines::temperature(known)(lang())));
        let store = (masters.stores.len() > 1).then(|| masters.store_name(store).to_owned());
        view! {
            {erased}
            <Badge tone=lines::status_tone(status)>{t(lines::status(status))}</Badge>
            <Badge tone=badge::Tone::Line icon=lines::source_icon(&code)>{source}</Badge>
            {warmth.map(|warmth| view! { <Badge tone=badge::Tone::Line>{warmth}</Badge> })}
            {store.map(|store| view! { <Badge tone=badge::Tone::Line>{store}</Badge> })}
            {tags}
        }
    };
    let assigned_label =
        move || lead.with(|lead| lead.assignee_id.map(|_| format!("{} ", words::lead::assignee(lang()))));
    let assignee = move || {
        let masters = use_masters();
        lead.with(|lead| masters.assignee_name(lead.assignee_id, lang()))
    };
    view! {
        <div class="line marks" data-wrap="">
            {badges}
            <span class="line push">
                <span class="t-meta t-2">{assigned_label} <b>{assignee}</b></span>
                <AssignButton />
            </span>
        </div>
    }
}

#[component]
pub fn NoteCard() -> impl IntoView {
    let lead = use_lead_view().lead;
    move || {
        let note = lead.with(|lead| lead.profile.note.clone())?;
        Some(view! {
            <section class="card">
                <header><h2 class="as-card">{t(words::field::note)}</h2></header>
                <p class="body note">{note}</p>
            </section>
        })
    }
}

#[component]
pub fn CarCard() -> impl IntoView {
    let lead = use_lead_view().lead;
    let car = Memo::new(move |_| lead.with(|lead| lead.profile.wanted_car.clone()));
    let body = move || {
        let car = car.get();
        let name = [car.maker.clone(), car.model.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let facts = [
            (words::field::model as fn(_) -> _, Some(name).filter(|name| !name.is_empty())),
            (words::field::body_type, car.body_type),
            (words::field::budget, car.budget.map(|budget| yen::brief(budget, lang()))),
            (words::field::timing, car.timing),
        ];
        let facts: Vec<_> = facts.into_iter().filter_map(|(label, text)| Some((label, text?))).collect();
        if facts.is_empty() {
            return view! { <p class="t-2">{t(words::lead::no_wish)}</p> }.into_any();
        }
        let fact = |(label, text)| view! { <dt>{t(label)}</dt> <dd class="num amount">{text}</dd> };
        view! { <dl class="facts">{facts.into_iter().map(fact).collect_view()}</dl> }.into_any()
    };
    view! {
        <section class="card">
            <header>
                <Glyph icon=Icon::Car />
                <h2 class="as-card">{t(words::lead::wanted_car)}</h2>
            </header>
            <div class="body">{body}</div>
        </section>
    }
}

#[component]
pub fn ContactCard() -> impl IntoView {
    let lead = use_lead_view().lead;
    let phone = |number: PhoneNumber| {
        view! { <a class="contact num" href=format!("tel:{}", number.digits)>{number.display}</a> }
    };
    let body = move || {
        let (numbers, mails, address) = lead.with(|lead| {
            (lead.phone_numbers.clone(), lead.profile.mails.clone(), lines::address(&lead.profile.address))
        });
        if numbers.is_empty() && mails.is_empty() && address.is_empty() {
            return view! { <p class="t-2">{t(words::lead::no_contact)}</p> }.into_any();
        }
        let fact = |label: fn(_) -> _, content: AnyView| view! { <dt>{t(label)}</dt> <dd>{content}</dd> };
        let numbers = (!numbers.is_empty())
            .then(|| fact(words::field::phones, numbers.into_iter().map(phone).collect_view().into_any()));
        let mails = (!mails.is_empty())
            .then(|| fact(words::field::mails, mails.iter().map(|mail| mail_link(mail)).collect_view().into_any()));
        let lines =
            address.iter().map(|line| view! { <span class="address-line">{line.clone()}</span> }).collect_view();
        let address = (!address.is_empty()).then(|| fact(words::field::address, lines.into_any()));
        view! { <dl class="facts">{numbers} {mails} {address}</dl> }.into_any()
    };
    view! {
        <section class="card">
            <header>
                <Glyph icon=Icon::Phone />
                <h2 class="as-card">{t(words::lead::contact)}</h2>
            </header>
            <div class="body">{body}</div>
        </section>
    }
}

/// A mail address breaks before its `@` if it must break at all.
fn mail_link(mail: &str) -> impl IntoView + use<> {
    let (person, place) = mail.split_at(mail.find('@').unwrap_or(mail.len()));
    let (person, place) = (person.to_owned(), place.to_owned());
    view! { <a class="contact mail" href=format!("mailto:{mail}")><span>{person} <wbr /> {place}</span></a> }
}

/// When the customer asked, and when we first answered.
#[component]
pub fn Received() -> impl IntoView {
    let lead = use_lead_view().lead;
    let received = move || words::lead::received(lang(), date::long(lead.with(|lead| lead.received_at), lang()));
    let responded = move || {
        let at = lead.with(|lead| lead.first_responded_at)?;
        Some(view! { <br /> {words::lead::responded(lang(), date::long(at, lang()))} })
    };
    view! { <p class="t-meta t-3 received">{received} {responded}</p> }
}
