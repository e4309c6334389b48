//! The full form of a new lead.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;
use noren_domain::StoreId;

use super::form::ProfileForm;
use super::opening::{Acts, Opening};
use crate::editor::{FormPage, FormWords};
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::field::{Opt, SelectField, TextField};
use crate::words::{self, lang};

const WORDS: FormWords =
    FormWords { title: words::new_lead::title, save: words::new_lead::save, failed: words::new_lead::not_saved };

/// A new lead with all its fields.
#[component]
pub fn NewPage() -> impl IntoView {
    let (opening, was_kept) = Opening::begin(&use_masters());
    view! { <FullForm opening was_kept /> }
}

/// A lead that waits to be sent, to be mended.
#[component]
pub fn MendPage() -> impl IntoView {
    // Once: whatever comes after the page is not for it to follow.
    let request = use_params_map().with_untracked(|params| params.get("request")).unwrap_or_default();
    match Opening::mend(&use_masters(), request) {
        Some(opening) => view! { <FullForm opening /> }.into_any(),
        // It was sent meanwhile, or discarded.
        None => {
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            view! { <Redirect path=Page::Queue.href() options /> }.into_any()
        }
    }
}

#[component]
fn FullForm(opening: Opening, #[prop(optional)] was_kept: bool) -> impl IntoView {
    let Acts { back, sending, send, restored, on_drop } = opening.acts(use_masters(), was_kept);
    view! {
        <div class="pane form-pane">
            <FormPage words=WORDS back sending send restored on_drop>
                <ProfileForm form=opening.form>
                    <OpeningFields opening />
                </ProfileForm>
            </FormPage>
        </div>
    }
}

/// What the customer said, and where the lead belongs.
#[component]
fn OpeningFields(opening: Opening) -> impl IntoView {
    let masters = use_masters();
    let stores = {
        let masters = masters.clone();
        move || {
            let named =
                masters.open_stores(None).map(|store| Opt { value: store.id.to_string(), label: store.name.clone() });
            named.collect::<Vec<_>>()
        }
    };
    let assignees = move || {
        let store = opening.store.with(|store| store.parse::<StoreId>().ok());
        let colleagues = store.map(|store| masters.colleagues_of(store)).unwrap_or_default();
        let named = colleagues.into_iter().map(|staff| Opt { value: staff.id.to_string(), label: staff.name.clone() });
        let nobody = Opt { value: String::new(), label: words::lead::nobody(lang()).to_owned() };
        std::iter::once(nobody).chain(named).collect::<Vec<_>>()
    };
    let assignees = Memo::new(move |_| assignees());
    // Whoever does not work at the chosen store is not offered and not sent.
    let assignee = Signal::derive(move || {
        let chosen = opening.assignee.get();
        if assignees.with(|offered| offered.iter().any(|offer| offer.value == chosen)) { chosen } else { String::new() }
    });
    let choose_store = Callback::new(move |id: String| {
        opening.store.set(id);
        opening.assignee.set(assignee.get_untracked());
    });
    view! {
            <SelectField
                name="store_id"
                label=Signal::derive(move || words::lead::store(lang()).to_owned())
                options=Signal::derive(stores)
                value=opening.store
                on_choose=choose_store
                error=opening.form.error("store_id")
            />
            <SelectField
                name="assignee_id"
                label=Signal::derive(move || words::lead::assignee(lang()).to_owned())
                options=assignees
                value=assignee
                on_choose=Callback::new(move |id| opening.assignee.set(id))
                error=opening.form.error("assignee_id")
            />
            <TextField
                name="inquiry"
                label=Signal::derive(move || words::new_lead::inquiry(lang()).to_owned())
                value=opening.inquiry
                on_type=Callback::new(move |text| opening.inquiry.set(text))
                hint=Signal::derive(move || Some(words::new_lead::inquiry_hint(lang()).to_owned()))
                error=opening.form.error("inquiry")
                rows=4
            />
    }
}
