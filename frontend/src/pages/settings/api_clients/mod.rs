//! API連携: the keys of integrators, what they may do, and how they end.

mod acts;
mod client;
mod content;
mod issued;
mod list;
mod parts;

use leptos::prelude::*;
use noren_api::api_clients::{ApiClient, ApiClientProfile};
use noren_domain::{ApiClientId, StaffId};
use serde_json::Value;

pub use self::client::ApiClientPage;
use self::content::Draft;
pub use self::list::ApiClientsPage;
use self::parts::Parts;
use super::editing::{Edit, New};
use super::gate::Gate;
use super::record::{Answer, Record};
use super::work::Work;
use crate::api::Api;
use crate::drafts::DraftKey;
use crate::editor::FormWords;
use crate::routes::Page;
use crate::session::{Session, use_masters};
use crate::ui::clock;
use crate::words;

/// A key in work.
type ClientWork = Work<Draft>;

const NEW: FormWords =
    FormWords { title: words::api_clients::new, save: words::api_clients::create, failed: words::edit::not_saved };
const EDIT: FormWords =
    FormWords { title: words::api_clients::edit, save: words::common::save, failed: words::edit::not_saved };

impl Record for ApiClient {
    type Id = ApiClientId;
    type Content = Draft;

    const MEMBER: &'static str = "profile";
    const LIST: Page = Page::ApiClients;

    fn id(&self) -> ApiClientId {
        self.id
    }

    fn version(&self) -> i64 {
        self.version
    }

    fn content(&self) -> Draft {
        Draft::of(&self.profile)
    }

    fn shown_at(id: ApiClientId) -> Page {
        Page::ApiClient(id)
    }

    fn draft(me: StaffId, id: Option<ApiClientId>) -> DraftKey {
        DraftKey::of_api_client(me, id)
    }

    fn read(api: Api, id: ApiClientId) -> impl Future<Output = Answer<Self>> + 'static {
        api.get_api_client(id)
    }

    /// The page that it leads to shows the secret.
    async fn create(api: Api, profile: ApiClientProfile, key: String) -> Answer<Self> {
        let issued = api.create_api_client(profile, key).await?;
        issued::hold(issued.client.id, issued.key);
        Ok(issued.client)
    }

    fn edit(api: Api, id: ApiClientId, version: i64, patch: Value) -> impl Future<Output = Answer<Self>> + 'static {
        api.edit_api_client(id, version, patch)
    }
}

#[component]
fn ClientGate(view: fn() -> AnyView) -> impl IntoView {
    view! { <Gate may=Session::administers title=words::api_clients::title not_yours=words::api_clients::not_yours view /> }
}

#[component]
pub fn NewApiClientPage() -> impl IntoView {
    let new = || {
        // Where there is one store, that is where it works.
        let store_ids = match use_masters().stores.as_slice() {
            [only] => vec![only.id],
            _ => Vec::new(),
        };
        let blank = Draft::blank(store_ids, clock::now());
        let (on, body) = (|client: &ApiClient| Page::ApiClient(client.id), |work| view! { <Parts work /> }.into_any());
        view! { <New words=NEW blank said=words::api_clients::created on body /> }.into_any()
    };
    view! {
        <main class="page form-pane">
            <ClientGate view=new />
        </main>
    }
}

#[component]
pub fn EditApiClientPage() -> impl IntoView {
    let edit = || {
        let body = |work, _: ApiClient| view! { <Parts work /> }.into_any();
        view! { <Edit words=EDIT failed=words::api_clients::not_loaded body /> }.into_any()
    };
    view! {
        <main class="page form-pane">
            <ClientGate view=edit />
        </main>
    }
}
