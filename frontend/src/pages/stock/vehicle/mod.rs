//! 車両: one car with everything that is known of it.

mod chart;
pub mod equipment;
mod gallery;
mod history;
mod hold;
mod interested;
mod link;
mod price;
pub mod specs;
mod whom;

use leptos::prelude::*;
use noren_api::vehicles::Vehicle;
use noren_domain::external_system::Subject;
use noren_domain::sync::Freshness;

use self::gallery::Gallery;
use self::history::{CostCard, HistoryCard};
use self::hold::{HoldAction, HoldCard, Line};
use self::interested::{Interested, InterestedCard};
use self::link::{LikeAction, LinkAction};
use self::price::PriceCard;
use self::specs::SpecCard;
use super::linking::Sought;
use super::stock_list::use_stock_list;
use super::tray::{CompareToggle, Picked};
use super::{Chosen, lines};
use crate::api::{ApiError, use_api};
use crate::live::use_live;
use crate::pages::customer_view::TurnButton;
use crate::pages::elsewhere::Elsewhere;
use crate::pages::not_found::NothingHere;
use crate::recent;
use crate::session::{is_turned, use_masters};
use crate::ui::button::BackLink;
use crate::ui::clock::use_ticker;
use crate::ui::copied::copy_text;
use crate::ui::date;
use crate::ui::effect::effect;
use crate::ui::failure::FailureNotice;
use crate::ui::heading::PageHeading;
use crate::ui::icon::{Glyph, Icon, Size};
use crate::ui::load::{Load, Loaded};
use crate::ui::notice::Notice;
use crate::ui::origin::OriginMark;
use crate::ui::skeleton::Skeleton;
use crate::ui::toast::use_toasts;
use crate::words::{self, lang, t};

/// A car on the screen.
pub type Shown = Signal<Vehicle>;

#[component]
pub fn VehiclePane() -> impl IntoView {
    let Chosen(number) = expect_context();
    let (api, me) = (use_api(), use_masters().me.id);
    let asked = number.clone();
    let resource = LocalResource::new(move || api.get_vehicle(asked.clone()));
    // Who else wants it and who has it is no customer's to know, and is not asked for then.
    if !is_turned() {
        provide_context(Interested::of(number.clone()));
        let line = Line::of(number.clone());
        provide_context(line);
        // EXTREME is asked anew about the car that it concerns, and not about every car that somebody claims.
        line.on_turn(move || resource.refetch());
    }
    let missing = Memo::new(move |_| resource.with(|seen| matches!(seen, Some(Err(error)) if error.status() == 404)));
    effect(move || {
        if missing.get() {
            recent::drop(me, &number);
        }
    });
    use_live().on_news(move |news| {
        if news.all {
            resource.refetch();
        }
    });
    let body = move |loaded| view! { <VehicleBody loaded resource /> }.into_any();
    move || {
        if missing.get() {
            return view! { <NothingHere /> }.into_any();
        }
        view! {
            <article class="pane detail vehicle">
                <Load
                    resource
                    failed=words::vehicle::not_loaded
                    skeleton=|| view! { <VehicleSkeleton /> }
                    view=body
                />
            </article>
        }
        .into_any()
    }
}

#[component]
fn VehicleSkeleton() -> impl IntoView {
    view! {
        <div class="detail-head">
            <Back />
        </div>
        <div class="detail-body">
            <div class="skeleton skeleton-photo"></div>
            <Skeleton lines=6 />
        </div>
    }
}

#[component]
fn VehicleBody(loaded: Loaded<Vehicle>, resource: LocalResource<Result<Vehicle, ApiError>>) -> impl IntoView {
    let car: Shown = loaded.value;
    view! {
        <VehicleHead car />
        <div class="scroll vehicle-body">
            <Staleness loaded resource />
            <div class="vehicle-left">
                <Gallery car />
                <SpecCard car />
                <HistoryCard car />
            </div>
            <div class="vehicle-right">
                <PriceCard car />
                {(!is_turned()).then(|| view! { <OfTheHouse car /> })}
            </div>
        </div>
        <Foot car />
    }
}

/// What the house knows of it, and no customer.
#[component]
fn OfTheHouse(car: Shown) -> impl IntoView {
    let subject = Subject::Vehicle(car.with_untracked(|car| car.stock_number.clone()));
    view! {
        <HoldCard car />
        <InterestedCard />
        <CostCard car />
        <Elsewhere subject />
    }
}

/// What can be done with the car: whom it is for; while they look themselves, whether they like it.
#[component]
fn Foot(car: Shown) -> impl IntoView {
    if is_turned() {
        let sought = expect_context::<Sought>();
        return sought
            .lead
            .get_untracked()
            .map(|lead| view! { <footer class="actions"><LikeAction car lead /></footer> })
            .into_any();
    }
    view! {
        <footer class="actions">
            <Age car />
            <span class="push"></span>
            <HoldAction car />
            <LinkAction car />
        </footer>
    }
    .into_any()
}

#[component]
fn Back() -> impl IntoView {
    let list = use_stock_list();
    view! {
        <BackLink href=Signal::derive(move || list.back()) label=words::vehicle::back />
    }
}

#[component]
fn VehicleHead(car: Shown) -> impl IntoView {
    let (me, toasts, sought) = (use_masters().me.id, use_toasts(), expect_context::<Sought>());
    let title = Memo::new(move |_| {
        car.with(|car| {
            let known = &car.identity;
            lines::title("", &known.model_name, &known.grade)
        })
    });
    let whole = Memo::new(move |_| {
        car.with(|car| lines::title(&car.identity.maker, &car.identity.model_name, &car.identity.grade))
    });
    // What a customer looks at across the table is not what the person looked at.
    let noted = !is_turned();
    effect(move || {
        if noted {
            recent::note(me, car.with_untracked(|car| car.stock_number.clone()), whole.get());
        }
    });
    let number = Memo::new(move |_| car.with(|car| car.stock_number.to_string()));
    let copy = move |_| {
        let number = number.get_untracked();
        if window().is_secure_context() {
            copy_text(toasts, &number);
        } else {
            toasts.say(number);
        }
    };
    let place = move || {
        let masters = use_masters();
        car.with(|car| {
            let store = lines::store(&masters, car.store_id, &car.store_code, lang());
            [car.identity.maker.clone(), store].join(words::common::dot(lang()))
        })
    };
    view! {
        <header class="detail-head">
            <Back />
            <div class="grow">
                <p class="t-meta t-3 clip">{place}</p>
                <PageHeading title>{title}</PageHeading>
            </div>
            {(!is_turned()).then(|| view! {
                <button
                    class="btn stock-number num"
                    type="button"
                    data-kind="quiet"
                    on:click=copy
                >
                    <span class="sr">{t(words::vehicle::copy_number)}" "</span>
                    <span>{number}</span>
                    <Glyph icon=Icon::Copy size=Size::Small />
                </button>
            })}
            <CompareToggle car=Picked::of(&car.get_untracked()) />
            <TurnButton lead=sought.lead />
        </header>
    }
}

/// Says so where what is shown is old, or could not be fetched again.
#[component]
fn Staleness(loaded: Loaded<Vehicle>, resource: LocalResource<Result<Vehicle, ApiError>>) -> impl IntoView {
    let (ticker, turned) = (use_ticker(), is_turned());
    let retry = Callback::new(move |()| resource.refetch());
    let failed = move || {
        loaded.failure.get().map(|failure| {
            view! { <FailureNotice failure=Signal::stored(failure) title=words::vehicle::not_refreshed retry /> }
        })
    };
    let old = move || {
        let origin = loaded.value.with(|car| car.origin);
        let as_of = origin.as_of.filter(|_| origin.freshness == Freshness::Old)?;
        let age = date::age(ticker.get() - as_of, lang());
        let said = if turned { words::customer_view::old(lang(), age) } else { words::vehicle::old(lang(), age) };
        Some(view! {
            <Notice icon=Icon::Clock>
                <p class="grow">{said}</p>
            </Notice>
        })
    };
    view! { <div role="status" class="vehicle-notices">{failed} {old}</div> }
}

#[component]
fn Age(car: Shown) -> impl IntoView {
    let origin = Memo::new(move |_| car.with(|car| car.origin));
    move || {
        let origin = origin.get();
        view! { <OriginMark origin /> }
    }
}
