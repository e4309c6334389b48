//! The cars to lay side by side: up to four, kept on this device for a day like what a person looked at.

use leptos::prelude::*;
use noren_api::vehicles::{MOST_COMPARED, Vehicle, VehicleRow};
use noren_domain::StaffId;
use noren_domain::code::StockNumber;
use noren_domain::vehicle::BodyType;

use super::lines;
use super::shot::Shot;
use crate::device;
use crate::routes::Page;
use crate::ui::button::{Button, Kind, LinkButton};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::toast::use_toasts;
use crate::words::{self, lang, lang_untracked, t};

/// A car as the tray shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picked {
    pub number: StockNumber,
    body: BodyType,
    photo: Option<String>,
    pub name: String,
}

impl Picked {
    pub fn of_row(row: &VehicleRow) -> Self {
        let photo = row.photo.as_ref().map(|photo| photo.small.clone());
        Self { number: row.stock_number.clone(), body: row.body_type, photo, name: lines::row_title(row) }
    }

    pub fn of(car: &Vehicle) -> Self {
        let (known, photo) = (&car.identity, car.photos.first().map(|photo| photo.small.clone()));
        let name = lines::title(&known.maker, &known.model_name, &known.grade);
        Self { number: car.stock_number.clone(), body: car.build.body_type, photo, name }
    }

    fn written(&self) -> String {
        let Self { number, body, photo, name } = self;
        format!("{number} {} {} {name}", body.as_str(), photo.as_deref().unwrap_or("-"))
    }

    fn read(line: &str) -> Option<Self> {
        let mut parts = line.splitn(4, ' ');
        let (number, body) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let photo = Some(parts.next()?).filter(|photo| *photo != "-").map(str::to_owned);
        Some(Self { number, body, photo, name: parts.next()?.to_owned() })
    }
}

/// The tray. `Copy`, in the context of the stock.
#[derive(Clone, Copy)]
pub struct Tray {
    staff: StaffId,
    picked: RwSignal<Vec<Picked>>,
}

pub fn use_tray() -> Tray {
    expect_context()
}

impl Tray {
    /// As it was left on this device.
    pub fn kept(staff: StaffId) -> Self {
        let text = device::kept_draft(&key(staff)).unwrap_or_default();
        let picked = text.lines().filter_map(Picked::read).take(MOST_COMPARED).collect();
        Self { staff, picked: RwSignal::new(picked) }
    }

    pub fn has(self, number: &StockNumber) -> bool {
        self.picked.with(|picked| picked.iter().any(|car| car.number == *number))
    }

    /// Puts a car in, or takes it out; whether there was room.
    fn toggle(self, car: Picked) -> bool {
        let mut cars = self.picked.get_untracked();
        match cars.iter().position(|known| known.number == car.number) {
            Some(at) => drop(cars.remove(at)),
            None if cars.len() < MOST_COMPARED => cars.push(car),
            None => return false,
        }
        self.keep(cars);
        true
    }

    pub fn take_out(self, number: &StockNumber) {
        let cars = self.picked.get_untracked().into_iter().filter(|car| car.number != *number);
        self.keep(cars.collect());
    }

    fn keep(self, cars: Vec<Picked>) {
        let lines: Vec<String> = cars.iter().map(Picked::written).collect();
        device::keep_draft(&key(self.staff), &lines.join("\n"));
        self.picked.set(cars);
    }
}

fn key(staff: StaffId) -> String {
    format!("{}compare.{staff}", device::DRAFTS)
}

/// At a car: puts it into the tray, or takes it out.
#[component]
pub fn CompareToggle(car: Picked) -> impl IntoView {
    let (tray, toasts) = (use_tray(), use_toasts());
    let name = car.name.clone();
    let car = StoredValue::new(car);
    let chosen = Memo::new(move |_| car.with_value(|car| tray.has(&car.number)));
    let toggle = move |_| {
        if !tray.toggle(car.get_value()) {
            toasts.say(words::compare::full(lang_untracked(), MOST_COMPARED));
        }
    };
    view! {
        <button
            class="btn compare-toggle"
            type="button"
            data-kind="icon"
            aria-label=move || words::compare::pick(lang(), &name)
            aria-pressed=move || if chosen.get() { "true" } else { "false" }
            on:click=toggle
        >
            {move || view! { <Glyph icon=if chosen.get() { Icon::Check } else { Icon::Compare } /> }}
        </button>
    }
}

/// Over the foot of the stock, while something is in it.
#[component]
pub fn TrayBar() -> impl IntoView {
    let tray = use_tray();
    let count = Memo::new(move |_| tray.picked.with(Vec::len));
    let some = Memo::new(move |_| count.get() > 0);
    let clear = Callback::new(move |()| tray.keep(Vec::new()));
    let slot = move |car: Picked| {
        let (number, label) = (car.number.clone(), car.name.clone());
        view! {
            <li>
                <button type="button" aria-label=move || words::compare::take_out(lang(), &label) on:click=move |_| tray.take_out(&number)>
                    <Shot src=car.photo body=car.body />
                </button>
            </li>
        }
    };
    let slots = move || {
        let cars = tray.picked.get();
        let empty = MOST_COMPARED - cars.len().min(MOST_COMPARED);
        view! {
            {cars.into_iter().map(slot).collect_view()}
            {(0..empty).map(|_| view! { <li class="slot" aria-hidden="true"></li> }).collect_view()}
        }
    };
    let href = Signal::derive(move || {
        let numbers: Vec<StockNumber> = tray.picked.with(|cars| cars.iter().map(|car| car.number.clone()).collect());
        Page::comparison(&numbers)
    });
    let main = move || {
        if count.get() > 1 {
            view! { <LinkButton href kind=Kind::Primary icon=Icon::Compare>{t(words::compare::title)}</LinkButton> }
                .into_any()
        } else {
            view! { <span class="t-meta t-2 tray-hint">{t(words::compare::one_more)}</span> }.into_any()
        }
    };
    move || {
        some.get().then(|| {
            view! {
                <section class="tray" aria-label=t(words::compare::title)>
                    <span class="nowrap num" role="status">{move || words::compare::chosen(lang(), count.get())}</span>
                    <ul>{slots}</ul>
                    <Button kind=Kind::Quiet on_click=clear>{t(words::compare::stop)}</Button>
                    {main}
                </section>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_car_is_read_back_from_the_device_as_it_was_put_in() {
        let car = |photo: Option<&str>| Picked {
            number: "S-01042".parse().unwrap(),
            body: BodyType::Suv,
            photo: photo.map(str::to_owned),
            name: "トヨタ ハリアー ハイブリッド Z".into(),
        };
        for car in [car(Some("/photos/ab12")), car(None)] {
            assert_eq!(Picked::read(&car.written()), Some(car));
        }
        for nonsense in ["", "S-1", "S-1 boat - x", "在庫 suv - x"] {
            assert_eq!(Picked::read(nonsense), None, "{nonsense}");
        }
    }
}
