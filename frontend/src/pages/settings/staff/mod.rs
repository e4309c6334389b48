//! スタッフ: who works for the dealer, what they may do, and how they come in and go.

mod content;
mod edit;
mod filters;
mod list;
mod mailed;
mod moves;
mod parts;
mod person;
mod retire;
mod slip;
mod wanted;

use leptos::prelude::*;
use noren_api::staff::{StaffAccount, StaffProfile};
use noren_domain::StaffId;
use serde_json::Value;

pub use self::content::{Part, ROLES};
pub use self::edit::{EditPersonPage, NewPersonPage};
pub use self::list::StaffPage;
pub use self::person::PersonPage;
pub use self::slip::SlipPaper;
use super::gate::Gate;
use super::record::{Answer, Record};
use super::work::Work;
use crate::api::Api;
use crate::drafts::DraftKey;
use crate::routes::Page;
use crate::session::Session;
use crate::words;

/// A person in work.
pub type StaffWork = Work<StaffProfile>;

impl Record for StaffAccount {
    type Id = StaffId;
    type Content = StaffProfile;

    const MEMBER: &'static str = "profile";
    const LIST: Page = Page::Staff;
    const IN_MASTERS: bool = true;

    fn id(&self) -> StaffId {
        self.id
    }

    fn version(&self) -> i64 {
        self.version
    }

    fn content(&self) -> StaffProfile {
        self.profile.clone()
    }

    fn shown_at(id: StaffId) -> Page {
        Page::Person(id)
    }

    fn draft(me: StaffId, id: Option<StaffId>) -> DraftKey {
        DraftKey::of_staff(me, id)
    }

    fn read(api: Api, id: StaffId) -> impl Future<Output = Answer<Self>> + 'static {
        api.get_staff(id)
    }

    fn create(api: Api, content: StaffProfile, key: String) -> impl Future<Output = Answer<Self>> + 'static {
        api.create_staff(content, key)
    }

    fn edit(api: Api, id: StaffId, version: i64, patch: Value) -> impl Future<Output = Answer<Self>> + 'static {
        api.edit_staff(id, version, patch)
    }
}

#[component]
fn StaffGate(view: fn() -> AnyView) -> impl IntoView {
    view! { <Gate may=Session::administers title=words::staff::title not_yours=words::staff::not_yours view /> }
}
