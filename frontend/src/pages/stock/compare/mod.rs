//! くらべる: up to four cars side by side, large enough to talk about across a table.

mod facts;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use noren_api::vehicles::{MOST_COMPARED, Vehicle};
use noren_domain::clock::japan_date;
use noren_domain::code::StockNumber;
use noren_domain::vehicle::StockStatus;

use self::facts::{Cell, Line, Praise, best_total, lines_of};
use super::lines::{self, Claim};
use super::linking::Sought;
use super::shot::{ClaimTag, Shot};
use super::stock_list::use_stock_list;
use super::tray::use_tray;
use crate::api::use_api;
use crate::live::use_live;
use crate::pages::customer_view::TurnButton;
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::button::{BackLink, Kind, LinkButton};
use crate::ui::clock::use_ticker;
use crate::ui::empty::Empty;
use crate::ui::heading::PageHeading;
use crate::ui::icon::{Glyph, Icon, Size};
use crate::ui::load::{Load, Loaded};
use crate::ui::notice::Notice;
use crate::ui::price::Price;
use crate::ui::skeleton::Skeleton;
use crate::words::{self, lang, t};

/// The cars that an address names, each once.
fn named(search: &str) -> Vec<StockNumber> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(search.trim_start_matches('?')).unwrap_or_default();
    let ids = pairs.into_iter().find(|(key, _)| key == "ids").map(|(_, ids)| ids).unwrap_or_default();
    let mut numbers: Vec<StockNumber> = Vec::new();
    for number in ids.split(',').filter_map(|number| number.parse().ok()) {
        if numbers.len() < MOST_COMPARED && !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers
}

#[component]
pub fn ComparePane() -> impl IntoView {
    let (api, location) = (use_api(), use_location());
    let numbers = Memo::new(move |_| location.search.with(|search| named(search)));
    let resource = LocalResource::new(move || {
        let numbers = numbers.get();
        async move { if numbers.is_empty() { Ok(Vec::new()) } else { api.compare_vehicles(numbers).await } }
    });
    use_live().on_news(move |news| {
        if news.all {
            resource.refetch();
        }
    });
    let different = RwSignal::new(false);
    let body = move |Loaded { value, .. }: Loaded<Vec<Vehicle>>| {
        view! { <Compared cars=value numbers different /> }.into_any()
    };
    view! {
        <article class="pane detail compare">
            <Head different />
            <Load
                resource
                failed=words::compare::not_loaded
                skeleton=|| view! { <div class="detail-body"><Skeleton lines=8 /></div> }
                view=body
            />
        </article>
    }
}

#[component]
fn Head(different: RwSignal<bool>) -> impl IntoView {
    let (list, sought) = (use_stock_list(), expect_context::<Sought>());
    let title = Signal::derive(move || words::compare::title(lang()).to_owned());
    view! {
        <header class="detail-head">
            <BackLink href=Signal::derive(move || list.back()) label=words::vehicle::back />
            <div class="grow"><PageHeading title /></div>
            <label class="chip">
                <input type="checkbox" role="switch" prop:checked=different on:change=move |_| different.update(|on| *on = !*on) />
                <span>{t(words::compare::different)}</span>
            </label>
            <TurnButton lead=sought.lead />
        </header>
    }
}

#[component]
fn Compared(cars: Signal<Vec<Vehicle>>, numbers: Memo<Vec<StockNumber>>, different: RwSignal<bool>) -> impl IntoView {
    let gone = Memo::new(move |_| cars.with(Vec::len) < numbers.with(Vec::len));
    let notice = move || {
        gone.get().then(|| view! { <Notice icon=Icon::Alert><p class="grow">{t(words::compare::gone)}</p></Notice> })
    };
    move || {
        if cars.with(Vec::is_empty) {
            return view! {
                <Empty icon=Icon::Compare title=Signal::derive(move || words::compare::none(lang()).to_owned())>
                    <LinkButton href=Page::Stock.href() kind=Kind::Primary icon=Icon::Car>{t(words::compare::to_stock)}</LinkButton>
                </Empty>
            }
            .into_any();
        }
        view! {
            <div class="scroll compare-body" role="region" tabindex="0" aria-label=t(words::compare::title)>
                {notice}
                <Table cars=cars.get() numbers different />
            </div>
        }
        .into_any()
    }
}

#[component]
fn Table(cars: Vec<Vehicle>, numbers: Memo<Vec<StockNumber>>, different: RwSignal<bool>) -> impl IntoView {
    let (masters, today) = (use_masters(), japan_date(use_ticker().get_untracked()));
    let best = best_total(&cars);
    let heads =
        cars.iter().enumerate().map(|(at, car)| view! { <Column car=car.clone() best=best.contains(&at) numbers /> });
    let heads = heads.collect_view();
    let count = cars.len();
    let rows = move || {
        let lang = lang();
        let rows = lines_of(&cars, today, |car| lines::store(&masters, car.store_id, &car.store_code, lang), lang);
        let shown = rows.into_iter().filter(|row| row.differs || !different.get());
        shown.map(row).collect_view()
    };
    view! {
        <table class="compare-table" data-count=count>
            <thead>
                <tr>
                    <td><span class="sr">{t(words::compare::what)}</span></td>
                    {heads}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <p class="t-meta t-2 compare-note">{t(words::compare::note)}</p>
    }
}

/// The head of a car's column: its picture, what it is called and what one pays.
#[component]
fn Column(car: Vehicle, best: bool, numbers: Memo<Vec<StockNumber>>) -> impl IntoView {
    let (me, now) = (use_masters().me.id, use_ticker().get_untracked());
    let (tray, navigate) = (use_tray(), use_navigate());
    let (known, number) = (car.identity.clone(), car.stock_number.clone());
    let name = lines::title("", &known.model_name, &known.grade);
    let label = name.clone();
    let claim = {
        // Who holds it stands on its own page; here the tablet may be turned at any moment.
        let status = if car.hold.is_some() && !car.status.is_sold() { StockStatus::Negotiating } else { car.status };
        move || Claim::of(status, None, me, now, lang()).map(|claim| view! { <ClaimTag claim /> })
    };
    let href = Page::vehicle(&number);
    let take_out = move |_| {
        tray.take_out(&number);
        let left: Vec<StockNumber> = numbers.get_untracked().into_iter().filter(|known| *known != number).collect();
        navigate(&Page::comparison(&left), NavigateOptions { replace: true, ..NavigateOptions::default() });
    };
    view! {
        <th scope="col">
            <a class="compare-car" href=href>
                <Shot src=car.photos.first().map(|photo| photo.large.clone()) body=car.build.body_type>{claim}</Shot>
                <span class="t-meta t-2">{known.maker.clone()}</span>
                <b class="t-lead">{name}</b>
            </a>
            <button
                class="btn compare-out"
                type="button"
                data-kind="icon"
                aria-label=move || words::compare::take_out(lang(), &label)
                on:click=take_out
            >
                <Glyph icon=Icon::Close size=Size::Small />
            </button>
            <p class="compare-total">
                <small class="t-2">{t(words::car::price)}</small>
                {best.then(|| view! { <Best praise=Praise::Lowest /> })}
                <Price amount=car.offer.advertised_total />
            </p>
        </th>
    }
}

#[component]
fn Best(praise: Praise) -> impl IntoView {
    view! { <span class="badge best" data-tone="ok">{t(praise.said())}</span> }
}

fn row(line: Line) -> impl IntoView {
    let cell = |Cell { text, below, best }: Cell| {
        view! {
            <td class="num" data-best=best.is_some().then_some("")>
                <span>{text.unwrap_or_else(|| "—".to_owned())}</span>
                " "
                {below.map(|below| view! { <small class="t-2">{below}</small> })}
                {best.map(|praise| view! { <Best praise /> })}
            </td>
        }
    };
    let mark = line.differs.then(|| view! { <span class="sr">{t(words::compare::differs)}</span> });
    view! {
        <tr data-differs=line.differs.then_some("")>
            <th scope="row"><span>{line.label}</span>{mark}</th>
            {line.cells.into_iter().map(cell).collect_view()}
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_four_cars_at_most_and_each_once() {
        let numbers = |search| named(search).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(numbers("?ids=S-2,S-1,S-2,在庫"), ["S-2", "S-1"]);
        assert_eq!(numbers("?lead=x&ids=S-1%2CS-2,S-3,S-4,S-5"), ["S-1", "S-2", "S-3", "S-4"]);
        assert_eq!(numbers(""), [""; 0]);
    }
}
