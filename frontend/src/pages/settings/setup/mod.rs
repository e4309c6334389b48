//! はじめての設定: from an empty house to one where people work, step by step. How far it came is the server's to know, so it goes on
//! after a reload and on any screen.

mod company;
mod done;
mod form;
mod founder;
mod people;
mod step;
mod store;

use futures_util::future::try_join;
use leptos::prelude::*;
use noren_api::company::Company;
use noren_domain::company::SetupStep;

use self::company::CompanyStep;
use self::done::Done;
use self::form::FormStep;
use self::founder::Founder;
use self::people::PeopleStep;
use self::store::StoreStep;
use super::gate::Gate;
use crate::api::{Api, ApiError, use_api};
use crate::session::{FreshMasters, Masters, Session, SharedMasters};
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::words;

/// The first run as it stands. `Copy`, so that every step holds it.
#[derive(Clone, Copy)]
pub struct Run {
    api: Api,
    /// Counts up when it is to be read anew.
    turn: RwSignal<u32>,
}

impl Run {
    /// Goes on to a step, or to the end.
    async fn go(self, to: Option<SetupStep>) -> Result<(), ApiError> {
        self.api.set_setup_step(to).await?;
        // The page may be gone by then.
        self.turn.try_update(|turn| *turn += 1);
        Ok(())
    }
}

/// Who looks at the page.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    Unknown,
    Nobody,
    Somebody,
}

#[component]
pub fn SetupPage() -> impl IntoView {
    let session = expect_context::<RwSignal<Session>>();
    let who = Memo::new(move |_| match session.get() {
        // Of whom a second factor is asked, that page stands in this one's place.
        Session::Unknown | Session::Enrolling(_) => Who::Unknown,
        Session::Out | Session::Unreachable(_) => Who::Nobody,
        Session::In(_) => Who::Somebody,
    });
    move || match who.get() {
        Who::Unknown => view! { <Skeleton lines=6 /> }.into_any(),
        Who::Nobody => view! { <Founder /> }.into_any(),
        Who::Somebody => view! {
            <main class="page form-pane setup">
                <Gate
                    may=Session::administers
                    title=words::setup::title
                    not_yours=words::setup::not_yours
                    view=|| view! { <Steps /> }.into_any()
                />
            </main>
        }
        .into_any(),
    }
}

#[component]
fn Steps() -> impl IntoView {
    let (api, session) = (use_api(), expect_context::<RwSignal<Session>>());
    let run = Run { api, turn: RwSignal::new(0) };
    let resource = LocalResource::new(move || {
        run.turn.track();
        let me = session.with_untracked(|session| if let Session::In(me) = session { Some(me.clone()) } else { None });
        async move {
            let me = me.ok_or(ApiError::Unexpected { request_id: None })?;
            try_join(Masters::load(api, me), api.get_company()).await
        }
    });
    let view = move |Loaded { value, .. }: Loaded<(SharedMasters, Company)>| {
        let step = move || {
            let (masters, company) = value.get();
            provide_context(FreshMasters::new(masters));
            match company.setup_step {
                Some(SetupStep::Company) => view! { <CompanyStep run company /> }.into_any(),
                Some(SetupStep::Store) => view! { <StoreStep run /> }.into_any(),
                Some(SetupStep::Staff) => view! { <PeopleStep run /> }.into_any(),
                Some(SetupStep::Form) => view! { <FormStep run /> }.into_any(),
                None => view! { <Done /> }.into_any(),
            }
        };
        step.into_any()
    };
    view! { <Load resource failed=words::setup::not_loaded skeleton=|| view! { <Skeleton lines=8 /> } view /> }
}
