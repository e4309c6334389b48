//! 外部連携コード: other systems and the addresses there, settled as one list in the order in which their buttons stand.

mod draft;
mod rows;

use leptos::prelude::*;
use noren_api::external_systems::ExternalSystemMaster;
use noren_domain::StaffId;
use serde_json::Value;

use self::draft::Draft;
use self::rows::Rows;
use super::editing::EditOf;
use super::gate::Gate;
use super::record::{Answer, Only, Record};
use super::work::Work;
use crate::api::Api;
use crate::drafts::DraftKey;
use crate::editor::FormWords;
use crate::routes::Page;
use crate::session::Session;
use crate::words;

/// The list in work.
type SystemWork = Work<Draft>;

const WORDS: FormWords =
    FormWords { title: words::external_systems::title, save: words::common::save, failed: words::edit::not_saved };

impl Record for ExternalSystemMaster {
    type Id = Only;
    type Content = Draft;

    const MEMBER: &'static str = "content";
    const LIST: Page = Page::Settings;
    const IN_MASTERS: bool = false;

    fn id(&self) -> Only {
        Only
    }

    fn version(&self) -> i64 {
        self.version
    }

    fn content(&self) -> Draft {
        Draft::of(&self.content)
    }

    fn draft(me: StaffId, _: Option<Only>) -> DraftKey {
        DraftKey::of_external_systems(me)
    }

    fn read(api: Api, _: Only) -> impl Future<Output = Answer<Self>> + 'static {
        api.get_external_system_master()
    }

    fn edit(api: Api, _: Only, version: i64, patch: Value) -> impl Future<Output = Answer<Self>> + 'static {
        api.edit_external_system_master(version, patch)
    }
}

#[component]
pub fn ExternalSystemsPage() -> impl IntoView {
    use words::external_systems as say;
    let edit = || {
        let body = |work, _: ExternalSystemMaster| view! { <Rows work /> }.into_any();
        view! { <EditOf id=Only words=WORDS failed=say::not_loaded body /> }.into_any()
    };
    view! {
        <main class="page form-pane">
            <Gate may=Session::administers title=say::title not_yours=say::not_yours view=edit />
        </main>
    }
}
