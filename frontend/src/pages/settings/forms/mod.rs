//! 問い合わせフォーム: what the public fills in, on its own page and on other sites.

mod asked;
mod content;
mod edit;
mod list;
mod new;
mod parts;
mod preview;
mod share;

use leptos::prelude::*;
use noren_api::forms::{Form, FormContent};
use noren_domain::{FormId, StaffId};
use serde_json::Value;

pub use self::edit::EditFormPage;
pub use self::list::FormsPage;
pub use self::new::{NewFormPage, blank};
pub use self::share::Share;
use super::gate::Gate;
use super::record::{Answer, Record};
use super::work::Work;
use crate::api::Api;
use crate::drafts::DraftKey;
use crate::routes::Page;
use crate::session::Session;
use crate::words;

/// A form in work.
type FormWork = Work<FormContent>;

impl Record for Form {
    type Id = FormId;
    type Content = FormContent;

    const MEMBER: &'static str = "content";
    const LIST: Page = Page::Forms;

    fn id(&self) -> FormId {
        self.id
    }

    fn version(&self) -> i64 {
        self.version
    }

    fn content(&self) -> FormContent {
        self.content.clone()
    }

    fn draft(me: StaffId, id: Option<FormId>) -> DraftKey {
        DraftKey::of_form(me, id)
    }

    fn read(api: Api, id: FormId) -> impl Future<Output = Answer<Self>> + 'static {
        api.get_form(id)
    }

    fn create(api: Api, content: FormContent, key: String) -> impl Future<Output = Answer<Self>> + 'static {
        api.create_form(content, key)
    }

    fn edit(api: Api, id: FormId, version: i64, patch: Value) -> impl Future<Output = Answer<Self>> + 'static {
        api.edit_form(id, version, patch)
    }
}

#[component]
fn FormGate(view: fn() -> AnyView) -> impl IntoView {
    view! { <Gate may=Session::settles_forms title=words::forms::title not_yours=words::forms::not_yours view /> }
}
