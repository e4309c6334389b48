//! 仕様: every field of the car in the words of a dealer, in groups.

use chrono::NaiveDate;
use leptos::prelude::*;
use noren_api::vehicles::Vehicle;
use noren_domain::clock::japan_date;
use noren_domain::vehicle::{
    DriveType, InspectionDue, OdometerStatus, PrivateBusiness, RecycleStatus, Transmission, Usage, UsedAs, Warranty,
};

use super::super::lines;
use super::{Shown, equipment};
use crate::session::use_masters;
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::yen::{self, grouped};
use crate::words::{self, Lang, lang, t};

type Label = fn(Lang) -> &'static str;

/// A field and what stands in it; below it what that means today.
pub struct Fact {
    pub label: Label,
    pub text: String,
    pub below: Option<String>,
}

impl Fact {
    fn of(label: Label, text: Option<String>) -> Option<Self> {
        Some(Self { label, text: text.filter(|text| !text.is_empty())?, below: None })
    }
}

struct Group {
    name: Label,
    facts: Vec<Fact>,
}

#[component]
pub fn SpecCard(car: Shown) -> impl IntoView {
    let masters = use_masters();
    let store = StoredValue::new(move |car: &Vehicle| lines::store(&masters, car.store_id, &car.store_code, lang()));
    let today = japan_date(use_ticker().get_untracked());
    let groups = move || {
        let groups = car.with(|car| {
            let store = store.with_value(|store| store(car));
            groups_of(car, today, store, lang())
        });
        groups.into_iter().filter(|group| !group.facts.is_empty()).map(group).collect_view()
    };
    let text = move |label: Label, read: fn(&Vehicle) -> Option<String>| {
        move || {
            car.with(read).map(|text| {
                view! {
                    <h3 class="spec-name">{t(label)}</h3>
                    <p class="note">{text}</p>
                }
            })
        }
    };
    let comment = text(words::vehicle::comment, |car| car.offer.comment.clone());
    let note = text(words::vehicle::condition_note, |car| car.history.condition_note.clone());
    let extras = move || {
        let names = car.with(|car| equipment::named(&car.build.equipment_codes, lang()));
        if names.is_empty() {
            return view! { <p class="t-2">{t(words::vehicle::no_equipment)}</p> }.into_any();
        }
        let name = |name: String| view! { <li class="badge">{name}</li> };
        view! { <ul class="equipment">{names.into_iter().map(name).collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="card specs">
            <header><h2 class="as-card">{t(words::vehicle::specs)}</h2></header>
            <div class="body">
                {comment}
                {note}
                {groups}
                <h3 class="spec-name">{t(words::vehicle::equipment)}</h3>
                {extras}
            </div>
        </section>
    }
}

/// Every field, without its groups.
pub fn facts(car: &Vehicle, today: NaiveDate, store: String, lang: Lang) -> Vec<Fact> {
    groups_of(car, today, store, lang).into_iter().flat_map(|group| group.facts).collect()
}

fn groups_of(car: &Vehicle, today: NaiveDate, store: String, lang: Lang) -> [Group; 4] {
    [registration(car, today, lang), running(car, lang), machine(car, lang), trade(car, store, lang)]
}

fn group(group: Group) -> impl IntoView {
    let fact = |fact: Fact| {
        view! {
            <div>
                <dt>{t(fact.label)}</dt>
                <dd class="num">{fact.text}{fact.below.map(|below| view! { <small class="t-2">{below}</small> })}</dd>
            </div>
        }
    };
    view! {
        <h3 class="spec-name">{t(group.name)}</h3>
        <dl class="spec-facts">{group.facts.into_iter().map(fact).collect_view()}</dl>
    }
}

fn registration(car: &Vehicle, today: NaiveDate, lang: Lang) -> Group {
    let (known, history) = (&car.identity, &car.history);
    let is_kei = known.registration_number.is_none() && matches!(car.build.displacement_cc, Some(1..=660));
    let first = known.first_registration.map(|first| {
        let era = date::era(first.year, first.month, lang);
        match first.month {
            Some(month) => words::spec::month(lang, era, month, first.year),
            None => words::spec::only_year(lang, era, first.year),
        }
    });
    let expiry =
        Fact::of(words::spec::inspection_expiry, history.inspection_expiry.map(|day| date::whole_day(day, lang)));
    let due = history.inspection_expiry.map(|day| match InspectionDue::of(day, today) {
        InspectionDue::Months(months) => words::spec::left_months(lang, months),
        InspectionDue::Window(days) => words::spec::left_days(lang, days),
        InspectionDue::Expired => words::spec::expired(lang).to_owned(),
    });
    let status = lines::inspection_status(history.inspection_status);
    let marks = [known_text(car.build.type_designation_no.as_ref()), known_text(car.build.category_no.as_ref())];
    let marks = Some(marks.into_iter().flatten().collect::<Vec<_>>().join(" / "));
    let facts = [
        Fact::of(if is_kei { words::spec::first_inspection } else { words::spec::first_registration }, first),
        expiry.map(|fact| Fact { below: due, ..fact }),
        Fact::of(words::spec::inspection_status, Some(status(lang).to_owned())),
        Fact::of(words::spec::plate, known.registration_number.as_ref().map(ToString::to_string)),
        Fact::of(words::spec::model_code, known.model_code.clone()),
        Fact::of(words::spec::chassis, known.chassis_number.clone()),
        Fact::of(words::spec::designation, marks),
    ];
    Group { name: words::spec::registration, facts: facts.into_iter().flatten().collect() }
}

fn known_text(text: Option<&String>) -> Option<String> {
    text.cloned()
}

fn running(car: &Vehicle, lang: Lang) -> Group {
    let history = &car.history;
    let kilometres = |km: u32| words::car::km(lang, grouped(u64::from(km)));
    let shown = match history.odometer_status {
        OdometerStatus::Actual => words::spec_word::actual,
        OdometerStatus::Replaced => words::spec_word::replaced,
        OdometerStatus::Tampered => words::spec_word::tampered,
        OdometerStatus::Doubtful => words::spec_word::doubtful,
    };
    let before = history.odometer_before_replacement_km.map(|km| words::spec::before_replacement(lang, kilometres(km)));
    let below = [Some(shown(lang).to_owned()), before].into_iter().flatten().collect::<Vec<_>>();
    let odometer = Fact::of(words::spec::odometer, Some(kilometres(history.odometer_km)));
    let repair = if history.repair_history { words::spec::repair_yes } else { words::spec::repair_no };
    let used = history.used_as.map(|used| match used {
        UsedAs::Private => words::spec_word::private(lang),
        UsedAs::Rental => words::spec_word::rental(lang),
        UsedAs::Business => words::spec_word::used_business(lang),
    });
    let owners = history.owner_count.map(|count| match count {
        1 => words::spec::one_owner(lang).to_owned(),
        count => words::spec::owner_count(lang, count),
    });
    let book = history.record_book.map(|book| if book { words::spec::yes(lang) } else { words::spec::no(lang) });
    let grades = history.auction_grade.as_ref().map(|grade| match (&history.interior_grade, &history.exterior_grade) {
        (Some(inside), Some(outside)) => words::spec::grades_of(lang, inside, outside, grade),
        _ => grade.clone(),
    });
    let facts = [
        odometer.map(|fact| Fact { below: Some(below.join(words::common::dot(lang))), ..fact }),
        Fact::of(words::spec::repair, Some(repair(lang).to_owned())),
        Fact::of(words::spec::used_as, used.map(str::to_owned)),
        Fact::of(words::spec::owners, owners),
        Fact::of(words::spec::record_book, book.map(str::to_owned)),
        Fact::of(words::spec::grades, grades),
    ];
    Group { name: words::spec::running, facts: facts.into_iter().flatten().collect() }
}

fn machine(car: &Vehicle, lang: Lang) -> Group {
    let build = &car.build;
    let body = lines::body_type(build.body_type)(lang);
    let body = build.doors.map_or(body.to_owned(), |doors| words::spec::doors(lang, body, doors));
    let color = match &build.color_code {
        Some(code) => words::spec::color_code(lang, code, &build.body_color),
        None => build.body_color.clone(),
    };
    let gearbox = build.transmission.map(|gearbox| {
        let name = match gearbox {
            Transmission::At => words::spec_word::at(lang),
            Transmission::Cvt => words::spec_word::cvt(lang),
            Transmission::Mt => words::spec_word::mt(lang),
            Transmission::Dct => words::spec_word::dct(lang),
            Transmission::Amt => words::spec_word::amt(lang),
        };
        build.gears.map_or(name.to_owned(), |gears| words::spec::gears(lang, name, gears))
    });
    let volume = build.displacement_cc.map(|cc| words::spec::cc(lang, grouped(u64::from(cc))));
    let engine = [build.engine_model.clone(), volume].into_iter().flatten().collect::<Vec<_>>();
    let size = build
        .length_mm
        .zip(build.width_mm)
        .zip(build.height_mm)
        .map(|((length, width), height)| words::spec::size_mm(lang, height, length, width));
    let kilograms = |kg: u32| words::spec::kg(lang, grouped(u64::from(kg)));
    let usage =
        [build.usage.map(|known| usage(known)(lang)), build.private_business.map(|known| business(known)(lang))];
    let facts = [
        Fact::of(words::spec::body, Some(body)),
        Fact::of(words::spec::color, Some(color)),
        Fact::of(words::spec::fuel, build.fuel_type.map(|known| lines::fuel(known)(lang).to_owned())),
        Fact::of(words::spec::engine, Some(engine.join(words::common::dot(lang)))),
        Fact::of(words::spec::drive, build.drive_type.map(|known| drive(known)(lang).to_owned())),
        Fact::of(words::spec::gearbox, gearbox),
        Fact::of(words::spec::seats, build.seating_capacity.map(|count| words::spec::seat_count(lang, count))),
        Fact::of(words::spec::size, size),
        Fact::of(words::spec::weight, build.vehicle_weight_kg.map(kilograms)),
        Fact::of(words::spec::gross_weight, build.gross_weight_kg.map(kilograms)),
        Fact::of(
            words::spec::usage,
            Some(usage.into_iter().flatten().collect::<Vec<_>>().join(words::common::dot(lang))),
        ),
    ];
    Group { name: words::spec::machine, facts: facts.into_iter().flatten().collect() }
}

fn drive(drive: DriveType) -> Label {
    match drive {
        DriveType::Ff => words::spec_word::ff,
        DriveType::Fr => words::spec_word::fr,
        DriveType::Mr => words::spec_word::mr,
        DriveType::Rr => words::spec_word::rr,
        DriveType::FourWheel => words::spec_word::four_wheel,
    }
}

fn usage(usage: Usage) -> Label {
    match usage {
        Usage::Passenger => words::spec_word::passenger,
        Usage::Cargo => words::spec_word::cargo,
        Usage::Special => words::spec_word::special,
    }
}

fn business(business: PrivateBusiness) -> Label {
    match business {
        PrivateBusiness::Private => words::spec_word::private,
        PrivateBusiness::Business => words::spec_word::business,
    }
}

fn trade(car: &Vehicle, store: String, lang: Lang) -> Group {
    let offer = &car.offer;
    let service = if offer.maintenance_included { words::spec::maintenance_yes } else { words::spec::maintenance_no };
    let recycle = offer.recycle_status.map(|status| {
        let said = match status {
            RecycleStatus::Paid => words::spec_word::recycle_paid(lang),
            RecycleStatus::Unpaid => words::spec_word::recycle_unpaid(lang),
            RecycleStatus::Separate => words::spec_word::recycle_separate(lang),
            RecycleStatus::Exempt => words::spec_word::recycle_exempt(lang),
        };
        offer
            .recycle_deposit
            .map_or(said.to_owned(), |amount| words::spec::recycle_of(lang, yen::brief(amount, lang), said))
    });
    let facts = [
        Fact::of(words::spec::condition, Some(lines::condition(car.condition)(lang).to_owned())),
        Fact::of(words::spec::store, Some(store)),
        Fact::of(words::spec::warranty, Some(warranty(offer.warranty, lang))),
        Fact::of(words::spec::maintenance, Some(service(lang).to_owned())),
        Fact::of(words::spec::recycle, recycle),
        Fact::of(words::spec::purchased_on, offer.purchased_on.map(date::day)),
        Fact::of(words::spec::listed_on, offer.listed_on.map(date::day)),
        Fact::of(words::spec::sold_on, offer.sold_on.map(date::day)),
    ];
    Group { name: words::spec::trade, facts: facts.into_iter().flatten().collect() }
}

fn warranty(warranty: Option<Warranty>, lang: Lang) -> String {
    let Some(Warranty { months, distance_km }) = warranty else { return words::spec::no_warranty(lang).to_owned() };
    let time =
        months.map_or(words::spec::warranty_open(lang).to_owned(), |months| words::spec::warranty_months(lang, months));
    let distance = match distance_km {
        Some(km) => words::spec::warranty_km(lang, words::car::km(lang, grouped(u64::from(km)))),
        None => words::spec::warranty_any(lang).to_owned(),
    };
    [time, distance].join(words::common::dot(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warranty_says_for_how_long_and_how_far() {
        let said = |months, distance_km| warranty(Some(Warranty { months, distance_km }), Lang::Ja);
        assert_eq!(said(Some(12), None), "12か月・距離無制限");
        assert_eq!(said(None, Some(10_000)), "期間の定めなし・10,000kmまで");
        assert_eq!(warranty(None, Lang::Ja), "保証なし");
    }
}
