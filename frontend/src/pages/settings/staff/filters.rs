//! What narrows the list: words as one types, and three choices.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use noren_domain::staff::{Role, StaffStatus};

use super::content::ROLES;
use super::wanted::{Stay, Wanted, role_named};
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::field::Opt;
use crate::ui::search::SearchField;
use crate::words::{self, Lang, lang, role_name, t};

/// What is looked for. `Copy`, for the filters.
#[derive(Clone, Copy)]
pub struct Looking {
    pub wanted: Memo<Wanted>,
    pub go: Callback<Wanted>,
}

impl Looking {
    pub fn new() -> Self {
        let (location, navigate) = (use_location(), use_navigate());
        let wanted = Memo::new(move |_| location.search.with(|search| Wanted::parse(search)));
        let go = Callback::new(move |wanted: Wanted| {
            let search = wanted.search();
            let at = if search.is_empty() { String::new() } else { format!("?{search}") };
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate(&format!("{}{at}", Page::Staff.href()), options);
        });
        Self { wanted, go }
    }

    fn change(self, change: impl FnOnce(&mut Wanted)) {
        let mut wanted = self.wanted.get_untracked();
        change(&mut wanted);
        self.go.run(wanted);
    }
}

#[component]
pub fn Filters(
    looking: Looking,
    /// The field has its own text: while one types, the address comes after it.
    typed: RwSignal<String>,
) -> impl IntoView {
    let several = use_masters().stores.len() > 1;
    let on_type = Callback::new(move |words: String| looking.change(|wanted| wanted.words = words));
    view! {
        <div class="staff-filters" role="search">
            <SearchField name="q" label=words::staff::search hint=words::staff::search_hint typed on_type />
            {several.then(|| view! { <ByStore looking /> })}
            <ByRole looking />
            <ByStay looking />
        </div>
    }
}

#[component]
fn ByStore(looking: Looking) -> impl IntoView {
    let masters = use_masters();
    let options = Signal::derive(move || {
        let known = masters.stores.iter().map(|store| Opt { value: store.id.to_string(), label: store.name.clone() });
        with_all(words::staff::any_store, known)
    });
    let value =
        Signal::derive(move || looking.wanted.with(|wanted| wanted.store.map(|id| id.to_string()).unwrap_or_default()));
    let choose = Callback::new(move |id: String| looking.change(|wanted| wanted.store = id.parse().ok()));
    view! { <Narrow name="store" label=words::lead::store options value choose /> }
}

#[component]
fn ByRole(looking: Looking) -> impl IntoView {
    let option = |role: Role| Opt { value: role.as_str().to_owned(), label: role_name(role)(lang()).to_owned() };
    let options = Signal::derive(move || with_all(words::staff::any_role, ROLES.into_iter().map(option)));
    let value = Signal::derive(move || looking.wanted.with(|wanted| wanted.role.map_or("", Role::as_str).to_owned()));
    let choose = Callback::new(move |name: String| looking.change(|wanted| wanted.role = role_named(&name)));
    view! { <Narrow name="role" label=words::account::role options value choose /> }
}

#[component]
fn ByStay(looking: Looking) -> impl IntoView {
    let option = |stay: Stay| Opt { value: stay.as_str().to_owned(), label: stay_name(stay)(lang()).to_owned() };
    let options = Signal::derive(move || Stay::ALL.map(option).to_vec());
    let value = Signal::derive(move || looking.wanted.with(|wanted| wanted.stay.as_str().to_owned()));
    let choose = Callback::new(move |name: String| looking.change(|wanted| wanted.stay = Stay::named(&name)));
    view! { <Narrow name="status" label=words::staff::status options value choose /> }
}

fn with_all(all: fn(Lang) -> &'static str, known: impl Iterator<Item = Opt>) -> Vec<Opt> {
    std::iter::once(Opt { value: String::new(), label: all(lang()).to_owned() }).chain(known).collect()
}

fn stay_name(stay: Stay) -> fn(Lang) -> &'static str {
    match stay {
        Stay::Present => words::staff::present,
        Stay::Everybody => words::staff::any_status,
        Stay::Only(status) => status_name(status),
    }
}

pub fn status_name(status: StaffStatus) -> fn(Lang) -> &'static str {
    match status {
        StaffStatus::Active => words::staff::active,
        StaffStatus::Suspended => words::staff::suspended,
        StaffStatus::Retired => words::staff::retired,
    }
}

/// One filter: a chip that opens the device's own list.
#[component]
fn Narrow(
    name: &'static str,
    label: fn(Lang) -> &'static str,
    options: Signal<Vec<Opt>>,
    value: Signal<String>,
    choose: Callback<String>,
) -> impl IntoView {
    let option = move |Opt { value: own, label }: Opt| {
        let (same, selected) = (own.clone(), value.with_untracked(|value| *value == own));
        view! {
            <option value=own selected=selected prop:selected=move || value.with(|value| *value == same)>
                {label}
            </option>
        }
    };
    view! {
        <select
            class="chip"
            name=name
            aria-label=t(label)
            data-chosen=move || value.with(|value| !value.is_empty()).then_some("")
            on:change:target=move |ev| choose.run(ev.target().value())
        >
            {move || options.get().into_iter().map(option).collect_view()}
        </select>
    }
}
