//! What EXTREME keeps of a customer's cars: 購入, 整備・鈑金・修理, 車検. Each card says once how old it is.

use leptos::prelude::*;
use noren_api::PageQuery;
use noren_api::customers::{Inspection, MaintenanceRecord, Purchase, RecordPage};
use noren_domain::code::CustomerCode;
use noren_domain::customer::MaintenanceLine;

use super::lines;
use crate::api::{ApiError, use_api};
use crate::ui::badge::{Badge, Tone};
use crate::ui::date;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::load::{Load, Loaded};
use crate::ui::origin::OriginMark;
use crate::ui::skeleton::Skeleton;
use crate::ui::yen;
use crate::words::{self, Lang, lang, t};

/// How many records a card shows; the newest tell what one wants to know at the counter.
const SHOWN: u64 = 50;

#[component]
pub fn Cars(code: CustomerCode) -> impl IntoView {
    let api = use_api();
    let page = || PageQuery { after: None, limit: Some(SHOWN) };
    let (one, two, three) = (code.clone(), code.clone(), code);
    let bought = LocalResource::new(move || api.list_purchases(one.clone(), page()));
    let work = LocalResource::new(move || api.list_maintenance(two.clone(), page()));
    let done = LocalResource::new(move || api.list_inspections(three.clone(), page()));
    view! {
        <Records head=(Icon::Car, words::customer::purchases) none=words::customer::no_purchases resource=bought row=purchase />
        <Records head=(Icon::Wrench, words::customer::works) none=words::customer::no_works resource=work row=maintenance />
        <Records head=(Icon::Clock, words::customer::inspections) none=words::customer::no_inspections resource=done row=inspected />
    }
}

/// A card of records with its age.
#[component]
fn Records<T: Clone + PartialEq + Send + Sync + 'static>(
    head: (Icon, fn(Lang) -> &'static str),
    none: fn(Lang) -> &'static str,
    resource: LocalResource<Result<RecordPage<T>, ApiError>>,
    row: fn(T) -> AnyView,
) -> impl IntoView {
    let (icon, name) = head;
    let body = move |Loaded { value, .. }: Loaded<RecordPage<T>>| {
        let rows = move || {
            let page = value.get();
            let more =
                page.next.is_some().then(|| view! { <p class="t-meta t-3">{t(words::customer::newest_only)}</p> });
            if page.items.is_empty() {
                return view! { <p class="t-2">{t(none)}</p> }.into_any();
            }
            view! {
                <ul class="records">{page.items.into_iter().map(row).collect_view()}</ul>
                {more}
            }
            .into_any()
        };
        view! {
            <p class="records-age">
                {move || {
                    let origin = value.with(|page| page.origin);
                    view! { <OriginMark origin /> }
                }}
            </p>
            {rows}
        }
        .into_any()
    };
    view! {
        <section class="card records-card">
            <header>
                <Glyph icon />
                <h2 class="as-card">{t(name)}</h2>
            </header>
            <div class="body">
                <Load resource failed=words::customer::records_not_loaded skeleton=|| view! { <Skeleton lines=3 /> } view=body />
            </div>
        </section>
    }
}

fn purchase(bought: Purchase) -> AnyView {
    let Purchase { car, grade, inspection_expiry, due, purchased_on: on, owned_until: had, .. } = bought;
    let (total, payment, end) = (bought.total, bought.payment, bought.payments_end_on);
    let name = format!("{} {grade}", lines::car(&car)).trim_end().to_owned();
    let due = inspection_expiry.zip(due).map(|(expiry, due)| {
        let said = move || words::customer::inspection_on(lang(), date::day(expiry), lines::due(due, lang()));
        view! { <p><span class="due" data-urgency=lines::urgency(due)>{said}</span></p> }
    });
    let paid = move || {
        let total = total.map(|total| yen::brief(total, lang()));
        let how = payment.map(|payment| lines::payment(payment)(lang()).to_owned());
        let until = end.map(|day| words::customer::paid_until(lang(), date::day(day)));
        [total, how, until].into_iter().flatten().collect::<Vec<_>>().join("・")
    };
    let plate = lines::plate(&car).map(|plate| format!("・{plate}"));
    let past = had.map(|day| {
        view! { <Badge tone=Tone::Plain>{move || words::customer::had_until(lang(), date::day(day))}</Badge> }
    });
    view! {
        <li data-past=had.is_some().then_some("")>
            <p class="line" data-wrap>
                <b class="grow">{name}</b>
                {past}
            </p>
            <p class="t-meta t-2 num">{move || words::customer::bought_on(lang(), date::day(on))} {plate}</p>
            <p class="t-meta t-2 num">{paid}</p>
            {due}
        </li>
    }
    .into_any()
}

fn maintenance(work: MaintenanceRecord) -> AnyView {
    let MaintenanceRecord {
        kind,
        received_on,
        completed_on,
        odometer_km,
        summary,
        lines: parts,
        total,
        car,
        staff_name,
        ..
    } = work;
    let day = completed_on.unwrap_or(received_on);
    let facts = move || {
        let distance = odometer_km.map(|km| words::customer::km(lang(), yen::grouped(u64::from(km))));
        [Some(lines::car(&car)), distance, staff_name.clone()].into_iter().flatten().collect::<Vec<_>>().join("・")
    };
    let line = |MaintenanceLine { text, labor, parts }: MaintenanceLine| {
        let amounts =
            move || words::customer::labor_and_parts(lang(), yen::brief(labor, lang()), yen::brief(parts, lang()));
        view! { <li class="line" data-wrap><span class="grow">{text}</span> <span class="num t-2">{amounts}</span></li> }
    };
    let lines = (!parts.is_empty()).then(|| {
        view! {
            <details>
                <summary>{t(words::customer::work_lines)}</summary>
                <ul class="work-lines t-meta">{parts.into_iter().map(line).collect_view()}</ul>
            </details>
        }
    });
    view! {
        <li>
            <p class="line" data-wrap>
                <Badge tone=Tone::Line>{t(lines::work(kind))}</Badge>
                <b class="grow">{summary}</b>
                <span class="num nowrap">{move || total.map(|total| yen::brief(total, lang()))}</span>
            </p>
            <p class="t-meta t-2 num">{date::day(day)} "・" {facts}</p>
            {lines}
        </li>
    }
    .into_any()
}

fn inspected(done: Inspection) -> AnyView {
    let Inspection { kind, performed_on, expiry, odometer_km, total, car, .. } = done;
    let facts = move || {
        let distance = odometer_km.map(|km| words::customer::km(lang(), yen::grouped(u64::from(km))));
        let until = expiry.map(|day| words::customer::valid_until(lang(), date::day(day)));
        [Some(lines::car(&car)), distance, until].into_iter().flatten().collect::<Vec<_>>().join("・")
    };
    view! {
        <li>
            <p class="line" data-wrap>
                <Badge tone=Tone::Line>{t(lines::inspected(kind))}</Badge>
                <b class="grow num">{date::day(performed_on)}</b>
                <span class="num nowrap">{move || total.map(|total| yen::brief(total, lang()))}</span>
            </p>
            <p class="t-meta t-2 num">{facts}</p>
        </li>
    }
    .into_any()
}
