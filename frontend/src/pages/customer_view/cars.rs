//! The cars that a customer has chosen, large enough to talk about across a table.

use leptos::prelude::*;
use leptos_router::components::Redirect;
use noren_api::vehicles::{VehicleRow, WantedVehicle, WantedVehicles};
use noren_domain::LeadId;
use noren_domain::code::StockNumber;

use super::Viewed;
use crate::api::use_api;
use crate::live::use_live;
use crate::pages::leads::lines as people;
use crate::pages::stock::lines;
use crate::pages::stock::shot::Shot;
use crate::routes::Page;
use crate::session::Session;
use crate::ui::button::{Kind, LinkButton, Size};
use crate::ui::empty::Empty;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::price::Price;
use crate::ui::skeleton::Skeleton;
use crate::words::{self, lang, t};

/// Nothing but a way elsewhere where the screen is not turned to anybody.
#[component]
pub fn ChosenCars() -> impl IntoView {
    let turned = expect_context::<RwSignal<Session>>().with_untracked(Session::turned);
    match (turned.and_then(|view| view.lead_id), use_context::<Viewed>()) {
        (Some(lead), Some(viewed)) => view! { <CarsOf lead viewed /> }.into_any(),
        (_, Some(_)) => view! { <Redirect path=Page::Stock.href() /> }.into_any(),
        (_, None) => view! { <Redirect path=Page::Leads.href() /> }.into_any(),
    }
}

#[component]
fn CarsOf(lead: LeadId, viewed: Viewed) -> impl IntoView {
    let api = use_api();
    let wanted = LocalResource::new(move || api.list_wanted_vehicles(lead));
    use_live().on_news(move |news| {
        if news.is_about(lead) {
            wanted.refetch();
        }
    });
    let title = Signal::derive(move || match &viewed.0 {
        Some(lead) => {
            let called = people::called(lead.name.as_deref(), lead.company.as_deref(), lang());
            words::customer_view::cars_of(lang(), called)
        }
        None => words::customer_view::chosen(lang()).to_owned(),
    });
    let body = move |Loaded { value, .. }: Loaded<WantedVehicles>| view! { <Cars wanted=value /> }.into_any();
    view! {
        <main class="page chosen-cars scroll">
            <PageHeading title />
            <Load
                resource=wanted
                failed=words::wanted::not_loaded
                skeleton=|| view! { <Skeleton lines=6 /> }
                view=body
            />
        </main>
    }
}

#[component]
fn Cars(wanted: Signal<WantedVehicles>) -> impl IntoView {
    let cars = Memo::new(move |_| {
        let of = |wanted: WantedVehicle| wanted.vehicle;
        wanted.get().items.into_iter().filter_map(of).collect::<Vec<VehicleRow>>()
    });
    let numbers =
        move || cars.with(|cars| cars.iter().map(|car| car.stock_number.clone()).collect::<Vec<StockNumber>>());
    let ways = move || {
        let several = cars.with(|cars| cars.len() > 1);
        several.then(|| {
            let href = Signal::derive(move || Page::comparison(&numbers()));
            view! { <LinkButton href kind=Kind::Primary size=Size::Large icon=Icon::Compare>{t(words::compare::title)}</LinkButton> }
        })
    };
    move || {
        if cars.with(Vec::is_empty) {
            return view! {
                <Empty icon=Icon::Car title=Signal::derive(move || words::customer_view::none(lang()).to_owned())>
                    <LinkButton href=Page::Stock.href() kind=Kind::Primary icon=Icon::Car>{t(words::customer_view::stock)}</LinkButton>
                </Empty>
            }
            .into_any();
        }
        view! {
            <ul class="chosen">{cars.get().into_iter().map(|car| view! { <Card car /> }).collect_view()}</ul>
            <p class="line">
                <span class="push"></span>
                {ways}
            </p>
        }
        .into_any()
    }
}

#[component]
fn Card(car: VehicleRow) -> impl IntoView {
    let facts = {
        let car = car.clone();
        move || {
            let lang = lang();
            [
                lines::year(&car, lang),
                lines::distance(car.odometer_km, lang),
                lines::inspection(car.inspection_expiry, car.inspection_status, lang),
            ]
            .join(words::common::dot(lang))
        }
    };
    view! {
        <li class="card car">
            <a class="car-link" href=Page::vehicle(&car.stock_number)>
                <Shot src=car.photo.as_ref().map(|photo| photo.large.clone()) body=car.body_type />
                <span class="car-words">
                    <span class="mk t-2 clip">{car.maker.clone()}</span>
                    <b class="t-lead">{car.model_name.clone()}" "{car.grade.clone()}</b>
                    <span class="price-line">
                        <small class="t-2">{t(words::car::price)}</small>
                        <Price amount=car.advertised_total />
                    </span>
                    <span class="t-2 num">{facts}</span>
                </span>
            </a>
        </li>
    }
}
