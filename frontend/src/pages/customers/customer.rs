//! The page of one customer: what EXTREME has, to be read; what Noren knows, to go on from.

use leptos::prelude::*;
use noren_api::customers::Customer;
use noren_api::leads::PhoneNumber;
use noren_domain::code::CustomerCode;
use noren_domain::external_system::Subject;

use super::cars::Cars;
use super::correct::Corrections;
use super::lines;
use super::together::Together;
use crate::api::{ApiError, use_api};
use crate::pages::elsewhere::Elsewhere;
use crate::pages::leads::lines as lead_lines;
use crate::pages::not_found::NothingHere;
use crate::routes::Page;
use crate::session::{Session, use_masters};
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{BackLink, Kind, LinkButton};
use crate::ui::date;
use crate::ui::failure::FailureNotice;
use crate::ui::heading::PageHeading;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::load::{Load, Loaded};
use crate::ui::origin::OriginMark;
use crate::ui::skeleton::Skeleton;
use crate::words::{self, lang, t};

type Seen = LocalResource<Result<Customer, ApiError>>;

#[component]
pub fn CustomerPage(code: CustomerCode) -> impl IntoView {
    let api = use_api();
    let resource = LocalResource::new(move || api.get_customer(code.clone()));
    let missing = move || resource.with(|seen| matches!(seen, Some(Err(error)) if error.status() == 404));
    let missing = Memo::new(move |_| missing());
    let body = move |loaded| view! { <Body loaded resource /> }.into_any();
    move || {
        if missing.get() {
            return view! { <main class="page"><NothingHere /></main> }.into_any();
        }
        view! {
            <main class="page plain customer">
                <Load
                    resource
                    failed=words::customer::one_not_loaded
                    skeleton=|| view! { <Skeleton lines=8 /> }
                    view=body
                />
            </main>
        }
        .into_any()
    }
}

#[component]
fn Body(loaded: Loaded<Customer>, resource: Seen) -> impl IntoView {
    let Loaded { value: customer, failure } = loaded;
    let retry = Callback::new(move |()| resource.refetch());
    let stale = move || {
        failure.get().map(|failure| {
            view! { <FailureNotice failure=Signal::stored(failure) title=words::customer::not_refreshed retry /> }
        })
    };
    // Of another customer, into whom this one was merged, the rest is asked by the code that they have now.
    let code = customer.with_untracked(|customer| customer.customer_code.clone());
    view! {
        <Head customer />
        {stale}
        <Next customer />
        <div class="customer-two">
            <div class="stack">
                <Cars code=code.clone() />
                <Together code=code.clone() />
            </div>
            <div class="stack">
                <Known customer />
                <Elsewhere subject=Subject::Customer(code.clone()) />
                <Corrections code=code.clone() customer />
                <Traces code />
            </div>
        </div>
    }
}

#[component]
fn Head(customer: Signal<Customer>) -> impl IntoView {
    let title = Signal::derive(move || {
        customer.with(|customer| format!("{} {}", customer.name, lines::title(customer.kind)(lang())))
    });
    let above = move || {
        customer.with(|customer| {
            [customer.kana.clone(), Some(customer.customer_code.to_string())]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("・")
        })
    };
    view! {
        <header class="line customer-head">
            <BackLink href=Page::Customers.href() label=words::customer::back />
            <div class="grow">
                <p class="kana t-3 clip num">{above}</p>
                <PageHeading title>
                    <span>{move || customer.with(|customer| customer.name.clone())}</span>
                    " "
                    <small>{move || customer.with(|customer| lines::title(customer.kind)(lang()))}</small>
                </PageHeading>
            </div>
        </header>
    }
}

/// The next 車検, before everything else: it is why one calls.
#[component]
fn Next(customer: Signal<Customer>) -> impl IntoView {
    move || {
        let next = customer.with(|customer| customer.next_inspection.clone());
        let Some(next) = next else {
            return view! { <p class="next-inspection t-2" data-urgency="plain">{t(words::customer::no_inspection)}</p> }
                .into_any();
        };
        let car = [Some(lines::car(&next.car)), lines::plate(&next.car)].into_iter().flatten();
        let car = car.collect::<Vec<_>>().join("・");
        view! {
            <section class="next-inspection" data-urgency=lines::urgency(next.due) aria-label=t(words::customer::next_inspection)>
                <p class="t-meta">{t(words::customer::next_inspection)}</p>
                <p class="line" data-wrap>
                    <b class="next-due num">{lines::due(next.due, lang())}</b>
                    <span class="num nowrap">{date::day(next.expiry)}</span>
                </p>
                <p class="t-meta">{car}</p>
            </section>
        }
        .into_any()
    }
}

#[component]
fn Known(customer: Signal<Customer>) -> impl IntoView {
    let fact = |label: fn(_) -> _, content: AnyView| view! { <dt>{t(label)}</dt> <dd>{content}</dd> }.into_any();
    let phone = |number: PhoneNumber| {
        let digits = number.digits;
        if digits.is_empty() {
            return view! { <span class="num">{number.display}</span> }.into_any();
        }
        view! { <a class="contact num" href=format!("tel:{digits}")>{number.display}</a> }.into_any()
    };
    let body = move || {
        let Customer { kind, contact_name, birthday, phone_numbers, mails, address, .. } = customer.get();
        let Customer { store_code, store_id, staff_code, staff_name, since, .. } = customer.get();
        let phones = (!phone_numbers.is_empty())
            .then(|| fact(words::customer::phone, phone_numbers.into_iter().map(phone).collect_view().into_any()));
        let mail = |mail: String| view! { <a class="contact mail" href=format!("mailto:{mail}")>{mail.clone()}</a> };
        let mails = (!mails.is_empty())
            .then(|| fact(words::customer::mail, mails.into_iter().map(mail).collect_view().into_any()));
        let address = lead_lines::address(&address);
        let address = (!address.is_empty()).then(|| {
            let lines = address.into_iter().map(|line| view! { <span class="address-line">{line}</span> });
            fact(words::customer::address, lines.collect_view().into_any())
        });
        let plain = |label: fn(_) -> _, text: Option<String>| text.map(|text| fact(label, text.into_any()));
        let store = store_id.map_or(store_code.to_string(), |id| use_masters().store_name(id).to_owned());
        let store = if store.is_empty() { store_code.to_string() } else { store };
        view! {
            <p class="line" data-wrap>
                <Badge tone=Tone::Line>{t(kind_name(kind))}</Badge>
            </p>
            <dl class="facts">
                {plain(words::customer::contact_name, contact_name)}
                {phones}
                {mails}
                {address}
                {plain(words::customer::birthday, birthday.map(date::day))}
                {plain(words::customer::store, Some(store))}
                {plain(words::customer::staff, staff_name.or(staff_code.map(|code| code.to_string())))}
                {plain(words::customer::since, Some(date::day(since)))}
            </dl>
        }
    };
    let origin = move || {
        let origin = customer.with(|customer| customer.origin);
        view! { <OriginMark origin /> }
    };
    view! {
        <section class="card">
            <header>
                <Glyph icon=Icon::Known />
                <h2 class="as-card">{t(words::customer::known)}</h2>
            </header>
            <div class="body stack">
                <p class="records-age">{origin}</p>
                {body}
            </div>
        </section>
    }
}

fn kind_name(kind: noren_domain::customer::CustomerKind) -> fn(words::Lang) -> &'static str {
    match kind {
        noren_domain::customer::CustomerKind::Person => words::customer::person,
        noren_domain::customer::CustomerKind::Organization => words::customer::organization,
    }
}

/// For administrators: who looked at the customer.
#[component]
fn Traces(code: CustomerCode) -> impl IntoView {
    let session = expect_context::<RwSignal<Session>>();
    session.with_untracked(Session::administers).then(|| {
        let looks = format!("{}?customer_code={code}", Page::AccessEvents.href());
        view! {
            <p class="line" data-wrap>
                <LinkButton href=looks kind=Kind::Quiet icon=Icon::Known>{t(words::audit::looks)}</LinkButton>
            </p>
        }
    })
}
