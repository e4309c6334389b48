//! What stands around every page: rail or bottom bar, and what is said of the whole app.

mod arrivals;
mod called;
mod extreme;
mod finder;
mod link;
mod newer;
mod waiting;
mod ways;

use futures_util::join;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

use self::arrivals::Arrivals;
use self::called::follow_calls;
use self::extreme::{ExtremeAge, ExtremeNotice};
use self::finder::{Finder, FinderBar};
use self::link::LinkMark;
use self::newer::NewerMark;
use self::waiting::WaitingMark;
use self::ways::{BottomBar, Rail};
use crate::api::{Api, ApiError, use_api};
use crate::boot;
use crate::calls::Calls;
use crate::holds::MyHolds;
use crate::live::use_live;
use crate::routes::Page;
use crate::session::{Counts, FreshMasters, Held, Masters, Session, SharedMasters, resume};
use crate::ui::effect::effect;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::words;

/// Rail or bottom bar, and the page. The small lists are loaded once here.
#[component]
pub fn Shell() -> impl IntoView {
    let (api, live, session) = (use_api(), use_live(), expect_context::<RwSignal<Session>>());
    boot::ask(boot::KEEP);
    let counts = Counts::load(api, live);
    provide_context(counts);
    provide_context(Calls::new());
    provide_context(Finder::new());
    let held = Held::load(api, live);
    provide_context(held);
    provide_context(ExtremeAge::load(api, live));
    live.on_news(move |news| {
        if news.is_about_leads() {
            counts.0.refetch();
        }
        if news.is_about_submissions() {
            held.refetch();
        }
    });
    let me = session.with_untracked(|session| match session {
        Session::In(me) => Some(me.clone()),
        _ => None,
    });
    let holds = MyHolds::new(me.as_ref().map(|me| me.id));
    provide_context(holds);
    holds.follow();
    let masters = LocalResource::new(move || {
        let me = me.clone();
        async move {
            match me {
                Some(me) => join!(Masters::load(api, me), live.greeted()).0,
                None => Err(ApiError::Unexpected { request_id: None }),
            }
        }
    });
    let page = move |Loaded { value, .. }: Loaded<SharedMasters>| {
        if value.with_untracked(|masters| masters.remembered) {
            begin_anew(api, session);
        }
        provide_context(FreshMasters::new(value.get_untracked()));
        follow_calls();
        view! {
            <FinderBar />
            <Outlet />
            <Arrivals />
        }
        .into_any()
    };
    let frame = || {
        view! {
            <main class="page plain">
                <Skeleton lines=6 />
            </main>
        }
    };
    view! {
        <div class="app">
            <Rail />
            <div class="page-frame">
                <NewerMark />
                <LinkMark />
                <WaitingMark />
                <ExtremeNotice />
                <Load resource=masters failed=words::shell::not_loaded skeleton=frame view=page />
            </div>
            <BottomBar />
        </div>
    }
}

/// The app began with what this device remembers. Once the server answers it begins anew, so that every name is known;
/// but a form is left alone.
fn begin_anew(api: Api, session: RwSignal<Session>) {
    let (live, pathname) = (use_live(), use_location().pathname);
    effect(move || {
        let writes = pathname.with(|path| Page::at(path)).is_some_and(Page::is_form);
        if live.down_since().is_none() && !writes {
            session.set(Session::Unknown);
            spawn_local(resume(api, session));
        }
    });
}
