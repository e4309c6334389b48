//! Norenでのやりとり: the leads that are this customer, with the way to each.

use leptos::prelude::*;
use noren_api::customers::{CustomerLead, CustomerTimeline};
use noren_domain::code::CustomerCode;

use crate::api::use_api;
use crate::live::use_live;
use crate::pages::leads::{history, lines};
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::badge::Badge;
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::words::{self, lang, t};

#[component]
pub fn Together(code: CustomerCode) -> impl IntoView {
    let api = use_api();
    let resource = LocalResource::new(move || api.get_customer_timeline(code.clone()));
    use_live().on_news(move |news| {
        if news.is_about_leads() {
            resource.refetch();
        }
    });
    let body = move |Loaded { value, .. }: Loaded<CustomerTimeline>| {
        let rows = move || {
            let CustomerTimeline { items, elsewhere } = value.get();
            let empty = (items.is_empty() && elsewhere == 0)
                .then(|| view! { <p class="t-2">{t(words::customer::no_leads)}</p> });
            let others = (elsewhere > 0).then(
                || view! { <p class="t-meta t-3">{move || words::customer::leads_elsewhere(lang(), elsewhere)}</p> },
            );
            view! {
                {empty}
                <ul class="records">{items.into_iter().map(|lead| view! { <OneLead lead /> }).collect_view()}</ul>
                {others}
            }
        };
        rows.into_any()
    };
    view! {
        <section class="card">
            <header>
                <Glyph icon=Icon::Leads />
                <h2 class="as-card">{t(words::customer::together)}</h2>
            </header>
            <div class="body">
                <Load resource failed=words::customer::leads_not_loaded skeleton=|| view! { <Skeleton lines=2 /> } view=body />
            </div>
        </section>
    }
}

#[component]
fn OneLead(lead: CustomerLead) -> impl IntoView {
    let masters = use_masters();
    let CustomerLead { lead_id, status, received_at, assignee_id, entries, .. } = lead;
    let when = move || date::short(received_at, use_ticker().get_untracked(), lang());
    let who = {
        let masters = masters.clone();
        move || masters.assignee_name(assignee_id, lang())
    };
    let entry = move |entry: noren_api::leads::TimelineEntry| {
        let masters = masters.clone();
        let at = entry.at;
        let said = move || history::title_of(&entry.event, &masters, lang());
        view! {
            <li class="line t-meta t-2">
                <span class="grow clip">{said}</span>
                <time class="nowrap t-3" datetime=date::machine(at)>{move || date::brief(at, use_ticker().get_untracked(), lang())}</time>
            </li>
        }
    };
    view! {
        <li>
            <p class="line" data-wrap>
                <Badge tone=lines::status_tone(status)>{t(lines::status(status))}</Badge>
                <a class="grow contact" href=Page::Lead(lead_id).href()>{move || words::customer::lead_of(lang(), when())}</a>
                <span class="t-meta t-2">{who}</span>
            </p>
            <ul>{entries.into_iter().map(entry).collect_view()}</ul>
        </li>
    }
}
