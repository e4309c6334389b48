//! タグ: the words by which leads are marked, settled as one list in the order in which people choose from it.

mod draft;
mod rows;

use leptos::prelude::*;
use noren_api::tags::TagMaster;
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
type TagWork = Work<Draft>;

const WORDS: FormWords =
    FormWords { title: words::tags::title, save: words::common::save, failed: words::edit::not_saved };

impl Record for TagMaster {
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
        DraftKey::of_tags(me)
    }

    fn read(api: Api, _: Only) -> impl Future<Output = Answer<Self>> + 'static {
        api.get_tag_master()
    }

    fn edit(api: Api, _: Only, version: i64, patch: Value) -> impl Future<Output = Answer<Self>> + 'static {
        api.edit_tag_master(version, patch)
    }
}

#[component]
pub fn TagsPage() -> impl IntoView {
    let edit = || {
        let body = |work, _: TagMaster| view! { <Rows work /> }.into_any();
        view! { <EditOf id=Only words=WORDS failed=words::tags::not_loaded body /> }.into_any()
    };
    view! {
        <main class="page form-pane">
            <Gate may=Session::administers title=words::tags::title not_yours=words::tags::not_yours view=edit />
        </main>
    }
}
