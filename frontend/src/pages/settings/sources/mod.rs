//! 反響元: where leads come from, settled as one list in the order in which people choose from it.

mod draft;
mod rows;

use leptos::prelude::*;
use noren_api::lead_sources::LeadSourceMaster;
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
type SourceWork = Work<Draft>;

const WORDS: FormWords =
    FormWords { title: words::sources::title, save: words::common::save, failed: words::edit::not_saved };

impl Record for LeadSourceMaster {
    type Id = Only;
    type Content = Draft;

    const MEMBER: &'static str = "content";
    const LIST: Page = Page::Settings;
    const IN_MASTERS: bool = true;

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
        DraftKey::of_sources(me)
    }

    fn read(api: Api, _: Only) -> impl Future<Output = Answer<Self>> + 'static {
        api.get_lead_source_master()
    }

    fn edit(api: Api, _: Only, version: i64, patch: Value) -> impl Future<Output = Answer<Self>> + 'static {
        api.edit_lead_source_master(version, patch)
    }
}

#[component]
pub fn SourcesPage() -> impl IntoView {
    let edit = || {
        let body = |work, _: LeadSourceMaster| view! { <Rows work /> }.into_any();
        view! { <EditOf id=Only words=WORDS failed=words::sources::not_loaded body /> }.into_any()
    };
    view! {
        <main class="page form-pane">
            <Gate may=Session::administers title=words::sources::title not_yours=words::sources::not_yours view=edit />
        </main>
    }
}
