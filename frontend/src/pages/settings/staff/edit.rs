//! A person who is new, and one who is there.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use noren_api::staff::{StaffAccount, StaffProfile};
use noren_domain::staff::Role;

use super::parts::Parts;
use super::{StaffGate, StaffWork};
use crate::editor::FormWords;
use crate::pages::settings::editing::{Edit, New};
use crate::routes::Page;
use crate::session::use_masters;
use crate::words;

const NEW: FormWords =
    FormWords { title: words::staff::new, save: words::staff::create, failed: words::edit::not_saved };
const EDIT: FormWords =
    FormWords { title: words::staff::edit, save: words::common::save, failed: words::edit::not_saved };

#[component]
pub fn NewPersonPage() -> impl IntoView {
    view! {
        <main class="page form-pane">
            <StaffGate view=|| view! { <NewPerson /> }.into_any() />
        </main>
    }
}

/// It leads to the person's page, where the invitation is.
#[component]
fn NewPerson() -> impl IntoView {
    // Where there is one store, that is where they work.
    let masters = use_masters();
    let store_ids = match masters.open_stores(None).collect::<Vec<_>>().as_slice() {
        [only] => vec![only.id],
        _ => Vec::new(),
    };
    // Whoever EXTREME has already comes with their code.
    let code = use_query_map().with_untracked(|query| query.get("code")).unwrap_or_default();
    let [name, kana, mail] = [const { String::new() }; 3];
    let blank = StaffProfile { code, name, kana, mail, role: Role::Salesperson, store_ids };
    let on = |person: &StaffAccount| Page::Person(person.id);
    let body = |work: StaffWork| view! { <Parts work /> }.into_any();
    view! { <New words=NEW blank said=words::staff::created on body /> }
}

#[component]
pub fn EditPersonPage() -> impl IntoView {
    let edit = || {
        let body = |work: StaffWork, _: StaffAccount| view! { <Parts work /> }.into_any();
        view! { <Edit words=EDIT failed=words::staff::not_loaded body /> }.into_any()
    };
    view! {
        <main class="page form-pane">
            <StaffGate view=edit />
        </main>
    }
}
