//! 気になる車: the cars that the lead is linked to, as they stand now, and the way to more.

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use noren_api::vehicles::{WantedVehicle, WantedVehicles};
use noren_domain::LeadId;

use super::detail::{LeadView, use_lead_view};
use crate::api::{ApiError, use_api};
use crate::live::use_live;
use crate::pages::stock::lines::{self, Claim};
use crate::pages::stock::linking::Linking;
use crate::pages::stock::query::StockQuery;
use crate::pages::stock::shot::{ClaimTag, Shot};
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::button::{Kind, LinkButton};
use crate::ui::clock::use_ticker;
use crate::ui::effect::on_change;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::later::{Draw, Later};
use crate::ui::load::{Load, Loaded};
use crate::ui::origin::OriginMark;
use crate::ui::price::Price;
use crate::ui::skeleton::Skeleton;
use crate::words::{self, lang, t};

type Wanted = LocalResource<Result<WantedVehicles, ApiError>>;

#[component]
pub fn WantedCard() -> impl IntoView {
    #[wasm_split(lead_cars, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn wanted() -> Result<Draw, SplitLoaderError> {
        Ok(|| Inside().into_any())
    }
    view! {
        <section class="card wanted">
            <header>
                <Glyph icon=Icon::Link />
                <h2 class="as-card">{t(words::wanted::title)}</h2>
            </header>
            <Later code=|| Box::pin(wanted()) class="body" lines=2 />
        </section>
    }
}

#[component]
fn Inside() -> impl IntoView {
    let (api, view) = (use_api(), use_lead_view());
    let id = view.lead.with_untracked(|lead| lead.id);
    let wanted: Wanted = LocalResource::new(move || api.list_wanted_vehicles(id));
    on_change(move || view.changed(), move || wanted.refetch());
    use_live().on_news(move |news| {
        if news.holds && !news.is_about(id) {
            wanted.refetch();
        }
    });
    let may_edit = Memo::new(move |_| view.lead.with(|lead| lead.allowed.edit));
    let href = Signal::derive(move || view.lead.with(|lead| StockQuery::wished(id, &lead.profile.wanted_car)));
    let body = move |Loaded { value, .. }: Loaded<WantedVehicles>| {
        let rows = move || {
            let cars = value.get().items;
            if cars.is_empty() {
                return view! { <p class="t-2">{t(words::wanted::none)}</p> }.into_any();
            }
            let row = move |car| view! { <Row car id view wanted may_edit /> };
            let origin = value.with(|wanted| wanted.origin);
            view! {
                <ul class="wanted-cars">{cars.into_iter().map(row).collect_view()}</ul>
                <OriginMark origin />
            }
            .into_any()
        };
        rows.into_any()
    };
    view! {
        <div class="body">
            <Load resource=wanted failed=words::wanted::not_loaded skeleton=|| view! { <Skeleton lines=2 /> } view=body />
            {move || {
                may_edit.get().then(|| {
                    view! { <LinkButton kind=Kind::Secondary icon=Icon::Search href>{t(words::wanted::search)}</LinkButton> }
                })
            }}
        </div>
    }
}

#[component]
fn Row(car: WantedVehicle, id: LeadId, view: LeadView, wanted: Wanted, may_edit: Memo<bool>) -> impl IntoView {
    let (me, now, linking) = (use_masters().me.id, use_ticker().get_untracked(), Linking::new());
    let WantedVehicle { stock_number, vehicle, .. } = car;
    let name = vehicle.as_ref().map_or_else(|| stock_number.to_string(), lines::row_title);
    let shown = match &vehicle {
        Some(row) => {
            let claim =
                Claim::of(row.status, row.hold.as_ref(), me, now, lang()).map(|claim| view! { <ClaimTag claim /> });
            let sold =
                row.status.is_sold().then(|| view! { <small class="sold-said">{t(words::wanted::sold)}</small> });
            view! {
                <a class="wanted-car" href=Page::vehicle(&stock_number)>
                    <Shot src=row.photo.as_ref().map(|photo| photo.small.clone()) body=row.body_type />
                    <span class="grow">
                        {claim}
                        <b>{name.clone()}</b>
                        <Price amount=row.advertised_total />
                        {sold}
                    </span>
                </a>
            }
            .into_any()
        }
        None => view! {
            <span class="wanted-car">
                <span class="grow">
                    <b>{name.clone()}</b>
                    <small class="t-2">{t(words::car::gone)}</small>
                </span>
            </span>
        }
        .into_any(),
    };
    let unlink_label = {
        let name = name.clone();
        move || words::wanted::unlink(lang(), &name)
    };
    let unlink = move || {
        let done = move |_| {
            wanted.refetch();
            view.refetch();
        };
        linking.unlink(id, stock_number.clone(), name.clone(), done);
    };
    let unlink = StoredValue::new(unlink);
    let end = move || {
        let label = unlink_label.clone();
        may_edit.get().then(|| {
            view! {
                <button class="btn" type="button" data-kind="icon" aria-label=label on:click=move |_| unlink.with_value(|unlink| unlink())>
                    <Glyph icon=Icon::Close />
                </button>
            }
        })
    };
    view! { <li>{shown} {end}</li> }
}
