//! 店舗: where they are, how they are reached and when they are open.

mod closing;
mod content;
mod draft;
mod holidays;
mod hours;
mod list;
mod parts;

use leptos::prelude::*;
use noren_api::stores::{StoreDetail, StoreProfile};
use noren_domain::{StaffId, StoreId};
use serde_json::Value;

use self::closing::Closing;
pub use self::draft::Draft;
pub use self::list::StoresPage;
pub use self::parts::Parts;
use super::editing::{Edit, New};
use super::gate::Gate;
use super::listing::TraceLink;
use super::record::{Answer, Record};
use super::work::Work;
use crate::api::Api;
use crate::drafts::DraftKey;
use crate::editor::FormWords;
use crate::routes::Page;
use crate::session::Session;
use crate::words;

/// A store in work.
pub type StoreWork = Work<Draft>;

const NEW: FormWords =
    FormWords { title: words::stores::new, save: words::stores::create, failed: words::edit::not_saved };
const EDIT: FormWords =
    FormWords { title: words::stores::edit, save: words::common::save, failed: words::edit::not_saved };

impl Record for StoreDetail {
    type Id = StoreId;
    type Content = Draft;

    const MEMBER: &'static str = "profile";
    const LIST: Page = Page::Stores;
    const IN_MASTERS: bool = true;

    fn id(&self) -> StoreId {
        self.id
    }

    fn version(&self) -> i64 {
        self.version
    }

    fn content(&self) -> Draft {
        Draft::of(&self.profile)
    }

    fn draft(me: StaffId, id: Option<StoreId>) -> DraftKey {
        DraftKey::of_store(me, id)
    }

    fn read(api: Api, id: StoreId) -> impl Future<Output = Answer<Self>> + 'static {
        api.get_store(id)
    }

    fn create(api: Api, profile: StoreProfile, key: String) -> impl Future<Output = Answer<Self>> + 'static {
        api.create_store(profile, key)
    }

    fn edit(api: Api, id: StoreId, version: i64, patch: Value) -> impl Future<Output = Answer<Self>> + 'static {
        api.edit_store(id, version, patch)
    }
}

#[component]
fn StoreGate(view: fn() -> AnyView) -> impl IntoView {
    view! { <Gate may=Session::administers title=words::stores::title not_yours=words::stores::not_yours view /> }
}

#[component]
pub fn NewStorePage() -> impl IntoView {
    let new = || {
        let (on, body) = (|_: &StoreDetail| Page::Stores, |work| view! { <Parts work /> }.into_any());
        view! { <New words=NEW blank=Draft::default() said=words::stores::created on body /> }.into_any()
    };
    view! {
        <main class="page form-pane">
            <StoreGate view=new />
        </main>
    }
}

#[component]
pub fn EditStorePage() -> impl IntoView {
    let edit = || {
        let body = |work, store: StoreDetail| {
            let trace = Page::trace(&format!("store:{}", store.id));
            view! {
                <Parts work />
                <Closing store />
                <p><TraceLink href=trace /></p>
            }
            .into_any()
        };
        view! { <Edit words=EDIT failed=words::stores::not_loaded body /> }.into_any()
    };
    view! {
        <main class="page form-pane">
            <StoreGate view=edit />
        </main>
    }
}
