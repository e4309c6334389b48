//! 反響元: where leads come from, settled as one list in the order in which people choose from it.

mod draft;
mod rows;

use std::str::FromStr;

use leptos::prelude::*;
use noren_api::lead_sources::{LeadSourceList, LeadSourceMaster};
use noren_domain::StaffId;
use serde_json::Value;

use self::draft::Draft;
use self::rows::Rows;
use super::editing::EditOf;
use super::gate::Gate;
use super::record::{Answer, Record};
use super::work::Work;
use crate::api::{Api, ApiError};
use crate::drafts::DraftKey;
use crate::editor::FormWords;
use crate::routes::Page;
use crate::session::Session;
use crate::words;

/// The list in work.
type SourceWork = Work<Draft>;

const WORDS: FormWords =
    FormWords { title: words::sources::title, save: words::common::save, failed: words::edit::not_saved };

/// There is one list, so nothing tells it from others.
#[derive(Clone, Copy, PartialEq)]
pub struct Only;

impl FromStr for Only {
    type Err = std::convert::Infallible;

    fn from_str(_: &str) -> Result<Self, Self::Err> {
        Ok(Self)
    }
}

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

    /// The list is always there.
    async fn create(_: Api, _: LeadSourceList, _: String) -> Answer<Self> {
        Err(ApiError::Unexpected { request_id: None })
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
