//! 会社: what its papers and its pages say of it.

mod content;
mod logo;
mod parts;

use std::convert::Infallible;
use std::str::FromStr;

use leptos::prelude::*;
use noren_api::company::{Company, CompanyProfile};
use noren_domain::StaffId;
use serde_json::Value;

pub use self::logo::LogoCard;
pub use self::parts::Parts;
use super::editing::EditOf;
use super::gate::Gate;
use super::record::{Answer, Record};
use super::work::Work;
use crate::api::Api;
use crate::drafts::DraftKey;
use crate::editor::FormWords;
use crate::routes::Page;
use crate::session::Session;
use crate::words;

/// The company in work.
pub type CompanyWork = Work<CompanyProfile>;

/// The id of what there is one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TheOne;

impl FromStr for TheOne {
    type Err = Infallible;

    fn from_str(_: &str) -> Result<Self, Infallible> {
        Ok(Self)
    }
}

const WORDS: FormWords =
    FormWords { title: words::company::title, save: words::common::save, failed: words::edit::not_saved };

impl Record for Company {
    type Id = TheOne;
    type Content = CompanyProfile;

    const MEMBER: &'static str = "profile";
    const LIST: Page = Page::Settings;

    fn id(&self) -> TheOne {
        TheOne
    }

    fn version(&self) -> i64 {
        self.version
    }

    fn content(&self) -> CompanyProfile {
        self.profile.clone()
    }

    fn draft(me: StaffId, _: Option<TheOne>) -> DraftKey {
        DraftKey::of_company(me)
    }

    fn read(api: Api, _: TheOne) -> impl Future<Output = Answer<Self>> + 'static {
        api.get_company()
    }

    fn edit(api: Api, _: TheOne, version: i64, patch: Value) -> impl Future<Output = Answer<Self>> + 'static {
        api.edit_company(version, patch)
    }
}

#[component]
pub fn CompanyPage() -> impl IntoView {
    let edit = || {
        let body = |work: CompanyWork, company: Company| {
            view! {
                <Parts work />
                <LogoCard work logo=company.logo />
            }
            .into_any()
        };
        view! { <EditOf id=TheOne words=WORDS failed=words::company::not_loaded body /> }.into_any()
    };
    view! {
        <main class="page form-pane">
            <Gate may=Session::administers title=words::company::title not_yours=words::company::not_yours view=edit />
        </main>
    }
}
