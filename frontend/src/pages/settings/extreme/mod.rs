//! EXTREME連携: whether it works, what needs a person, and how each kind of record fares.

mod conflict;
mod deliveries;
mod files;
mod head;
mod manual;
mod needs;
mod said;
mod streams;

use leptos::prelude::*;
use noren_api::extreme::ExtremeStatus;

use self::deliveries::Deliveries;
pub use self::files::{ExtremeColumnsPage, ExtremeFilePage};
use self::files::{FileReports, Files};
use self::head::{Head, NotConfigured};
use self::manual::ManualEntries;
use self::needs::Needs;
use self::streams::Streams;
use super::gate::Gate;
use super::listing::ListHead;
use crate::api::{ApiError, use_api};
use crate::session::Session;
use crate::ui::clock::use_ticker;
use crate::ui::failure::FailureNotice;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::SkeletonRows;
use crate::words;

/// How many seconds lie between two looks while the page is open.
const EVERY: i64 = 10;

type Status = LocalResource<Result<ExtremeStatus, ApiError>>;

#[component]
pub fn ExtremePage() -> impl IntoView {
    view! {
        <main class="page settings-list">
            <Gate
                may=Session::settles_forms
                title=words::extreme::title
                not_yours=words::extreme::not_yours
                view=|| view! { <Link /> }.into_any()
            />
        </main>
    }
}

#[component]
fn Link() -> impl IntoView {
    let (api, ticker) = (use_api(), use_ticker());
    let round = Memo::new(move |_| ticker.get().timestamp() / EVERY);
    let status: Status = LocalResource::new(move || {
        round.track();
        api.get_extreme_status()
    });
    let body = move |loaded: Loaded<ExtremeStatus>| view! { <Whole loaded status /> }.into_any();
    view! {
        <ListHead title=words::extreme::title />
        // Focusable by itself: while a round goes on, its one button cannot be pressed.
        <div class="scroll settings-body extreme-body" tabindex="0">
            <Load
                resource=status
                failed=words::extreme::not_loaded
                skeleton=|| view! { <SkeletonRows rows=5 /> }
                view=body
            />
        </div>
    }
}

#[component]
fn Whole(loaded: Loaded<ExtremeStatus>, status: Status) -> impl IntoView {
    let Loaded { value, failure } = loaded;
    let old = move || {
        let failure = Signal::stored(failure.get()?);
        Some(view! { <FailureNotice failure title=words::extreme::not_loaded /> })
    };
    let administers = expect_context::<RwSignal<Session>>().with_untracked(Session::administers);
    let is_configured = Memo::new(move |_| value.with(|status| status.connection.is_some()));
    let has_files = Memo::new(move |_| value.with(|status| !status.streams.is_empty()));
    let on_news = Callback::new(move |()| status.refetch());
    let files = move || administers.then(|| view! { <Files on_taken=on_news /> });
    let body = move || match (is_configured.get(), has_files.get()) {
        (true, _) => view! {
            <Head status=value />
            {administers.then(|| view! { <Deliveries /> })}
            <Needs status=value on_settled=on_news />
            <Streams status=value on_asked=on_news />
            {administers.then(|| view! { <FileReports /> })}
        }
        .into_any(),
        (false, true) => view! {
            {files}
            <ManualEntries />
            <Needs status=value on_settled=on_news />
            <Streams status=value on_asked=on_news />
        }
        .into_any(),
        (false, false) => view! {
            <NotConfigured />
            {files}
        }
        .into_any(),
    };
    view! {
        {old}
        {body}
    }
}
