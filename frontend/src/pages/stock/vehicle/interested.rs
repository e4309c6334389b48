//! 気になっている方: which leads the car is linked to.

use leptos::prelude::*;
use noren_api::vehicles::{InterestedLead, InterestedLeads};
use noren_domain::code::StockNumber;

use crate::api::{ApiError, use_api};
use crate::live::use_live;
use crate::pages::leads::lines;
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::badge::Badge;
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::gauge::Gauge;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::words::{self, lang, t};

/// Who is interested. `Copy`, in the context of the car's page.
#[derive(Clone, Copy)]
pub struct Interested(pub LocalResource<Result<InterestedLeads, ApiError>>);

impl Interested {
    pub fn of(number: StockNumber) -> Self {
        let api = use_api();
        let leads = LocalResource::new(move || api.list_interested_leads(number.clone()));
        use_live().on_news(move |news| {
            if news.is_about_leads() {
                leads.refetch();
            }
        });
        Self(leads)
    }
}

#[component]
pub fn InterestedCard() -> impl IntoView {
    let Interested(leads) = expect_context();
    let count = move || {
        let all = leads.get()?.ok().map(|leads| leads.items.len() as u64 + leads.elsewhere)?;
        (all > 0).then(|| words::vehicle::interested_count(lang(), all))
    };
    let body = move |Loaded { value, .. }: Loaded<InterestedLeads>| {
        let rows = move || {
            let leads = value.get();
            if leads.items.is_empty() && leads.elsewhere == 0 {
                return view! { <p class="t-2 body">{t(words::vehicle::interested_none)}</p> }.into_any();
            }
            let elsewhere = (leads.elsewhere > 0).then(|| {
                view! { <p class="t-2 t-meta body">{words::vehicle::elsewhere(lang(), leads.elsewhere)}</p> }
            });
            view! {
                <ul class="interested">{leads.items.iter().map(row).collect_view()}</ul>
                {elsewhere}
            }
            .into_any()
        };
        rows.into_any()
    };
    view! {
        <section class="card">
            <header>
                <h2 class="as-card">{t(words::vehicle::interested)}</h2>
                <span class="push num t-2">{count}</span>
            </header>
            <Load resource=leads failed=words::vehicle::interested_failed skeleton=|| view! { <div class="body"><Skeleton lines=2 /></div> } view=body />
        </section>
    }
}

fn row(lead: &InterestedLead) -> impl IntoView + use<> {
    let (masters, now) = (use_masters(), use_ticker().get_untracked());
    let (id, status) = (lead.lead_id, lead.status);
    let called = lines::called(lead.name.as_deref(), lead.company.as_deref(), lang());
    let assignee =
        lead.assignee_id.and_then(|id| masters.staff_name(id)).map(|name| lines::family_name(name).to_owned());
    let since = words::vehicle::since(lang(), date::short(lead.since, now, lang()));
    let told = [Some(since), assignee].into_iter().flatten().collect::<Vec<_>>().join(words::common::dot(lang()));
    let warmth = lead
        .temperature
        .map(|known| view! { <Gauge level=lines::warmth(known)>{t(lines::temperature(known))}</Gauge> });
    view! {
        <li>
            <a href=Page::Lead(id).href()>
                <span class="grow">
                    <b class="clip">{called.to_string()}</b>
                    <small class="t-2 clip num">{told}</small>
                </span>
                {warmth}
                <Badge tone=lines::status_tone(status)>{t(lines::status(status))}</Badge>
            </a>
        </li>
    }
}
