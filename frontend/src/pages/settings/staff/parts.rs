//! The parts of a person that are typed or chosen.

use leptos::prelude::*;
use noren_api::stores::Store;
use noren_domain::StoreId;
use noren_domain::staff::Role;

use super::StaffWork;
use super::content::{Part, ROLES, make_home, toggle};
use crate::pages::settings::content::Part as _;
use crate::pages::settings::fields::{Section, Text, label};
use crate::session::use_masters;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, Kind};
use crate::ui::field::Typing;
use crate::words::{self, Lang, lang, role_name, t};

const CODE: Typing =
    Typing { kind: None, inputmode: None, autocomplete: Some("off"), enterkeyhint: None, placeholder: None };
const MAIL: Typing = Typing { inputmode: Some("email"), ..CODE };

#[component]
pub fn Parts(work: StaffWork) -> impl IntoView {
    use words::staff as say;
    view! {
        <Section title=say::profile>
            <Text work part=Part::Name required=true />
            <Text work part=Part::Kana required=true />
            <Text work part=Part::Code hint=say::code_hint required=true typing=CODE />
            <Text work part=Part::Mail hint=say::mail_hint required=true typing=MAIL />
        </Section>
        <div class="stack form-section">
            <Section title=words::staff_part::role>
                <RoleField work />
            </Section>
            <Section title=words::staff_part::stores>
                <StoresField work />
            </Section>
        </div>
    }
}

fn may(role: Role) -> fn(Lang) -> &'static str {
    match role {
        Role::Manager => words::staff::may_manage,
        Role::Administrator => words::staff::may_administrate,
        Role::Salesperson | Role::ApiClient => words::staff::may_sell,
    }
}

/// Each role with what it may do, because that is what one chooses by.
#[component]
fn RoleField(work: StaffWork) -> impl IntoView {
    let chosen = work.text(Part::Role);
    let choice = move |role: Role| {
        let value = role.as_str();
        view! {
            <label class="chip option">
                <input
                    type="radio"
                    name=Part::Role.path()
                    value=value
                    prop:checked=move || chosen.with(|chosen| chosen == value)
                    on:change=move |_| work.set(Part::Role, value.to_owned())
                />
                <span>
                    <b>{t(role_name(role))}</b>
                    <small>{t(may(role))}</small>
                </span>
            </label>
        }
    };
    let known = work.base.with_value(|(version, _)| version.is_some());
    view! {
        <fieldset class="choices" id=Part::Role.path()>
            <legend class="sr">{label(Part::Role)}</legend>
            <div class="options">{ROLES.map(choice).collect_view()}</div>
            {known.then(|| view! { <p class="hint">{t(words::staff::role_hint)}</p> })}
        </fieldset>
    }
}

/// The stores with check marks; the first is the home.
#[component]
fn StoresField(work: StaffWork) -> impl IntoView {
    let error = work.error(Part::Stores);
    let error_id = format!("{}-error", Part::Stores.path());
    let described = {
        let id = error_id.clone();
        move || error.with(Option::is_some).then(|| id.clone())
    };
    let works_at = work.content.with_untracked(|person| person.store_ids.clone());
    let masters = use_masters();
    let open = masters.stores.iter().filter(|store| !store.closed || works_at.contains(&store.id));
    let rows = open.map(|store| view! { <StoreRow work store=store.clone() /> }).collect_view();
    view! {
        <fieldset
            class="choices"
            id=Part::Stores.path()
            data-state=move || error.with(Option::is_some).then_some("error")
            aria-describedby=described
        >
            <legend class="sr">{label(Part::Stores)}</legend>
            <ul class="options">{rows}</ul>
            {move || error.get().map(|text| view! { <p class="error" id=error_id.clone()>{text}</p> })}
            <p class="hint">{t(words::staff::stores_hint)}</p>
        </fieldset>
    }
}

#[component]
fn StoreRow(work: StaffWork, store: Store) -> impl IntoView {
    let Store { id, name, .. } = store;
    let change = move |change: fn(&mut Vec<StoreId>, StoreId)| {
        work.content.update(|person| change(&mut person.store_ids, id));
        work.left(Part::Stores);
    };
    let at = Memo::new(move |_| work.content.with(|person| person.store_ids.iter().position(|store| *store == id)));
    let called = name.clone();
    let home = move || match at.get() {
        None => ().into_any(),
        Some(0) => view! { <Badge tone=Tone::Accent>{t(words::staff::home)}</Badge> }.into_any(),
        Some(_) => {
            let name = called.clone();
            let on_click = Callback::new(move |()| change(make_home));
            view! {
                <Button kind=Kind::Quiet on_click>
                    <span aria-hidden="true">{t(words::staff::make_home)}</span>
                    <span class="sr">{move || words::staff::make_home_of(lang(), &name)}</span>
                </Button>
            }
            .into_any()
        }
    };
    view! {
        <li class="store-choice">
            <label class="chip option">
                <input
                    type="checkbox"
                    name=Part::Stores.path()
                    value=id.to_string()
                    prop:checked=move || at.get().is_some()
                    on:change=move |_| change(toggle)
                />
                <b>{name}</b>
            </label>
            {home}
        </li>
    }
}
