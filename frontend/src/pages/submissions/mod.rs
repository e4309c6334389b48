//! 確認待ち: what was sent through a form and looks as if no person had sent it. A person decides.

mod card;
mod words_of;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use noren_api::forms::{Submission, SubmissionFilter};
use noren_domain::form::SubmissionState;

use self::card::SubmissionCard;
use crate::api::use_api;
use crate::live::use_live;
use crate::paging::{Appending, Ask, First, Pager};
use crate::session::use_held;
use crate::ui::button::{Button, Kind};
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::later::{Draw, Later};
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::SkeletonRows;
use crate::words::{self, lang, t};

#[component]
pub fn Submissions() -> impl IntoView {
    #[wasm_split(submissions, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn submissions_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| SubmissionsPage().into_any())
    }
    view! { <Later code=|| Box::pin(submissions_page()) /> }
}

#[component]
fn SubmissionsPage() -> impl IntoView {
    let api = use_api();
    let pager = Pager::new(move |Ask { after, limit }| {
        Box::pin(api.list_submissions(SubmissionFilter { state: Some(SubmissionState::Held), after, limit }))
    });
    use_live().on_news(move |news| {
        if news.is_about_submissions() {
            pager.follow();
        }
    });
    let body = move |loaded: Loaded<First<Submission>>| view! { <Held loaded pager /> }.into_any();
    view! {
        <main class="page submissions">
            <header class="detail-head">
                <PageHeading title=Signal::derive(move || words::submissions::title(lang()).to_owned()) />
            </header>
            <div class="scroll submissions-body">
                <p class="t-2">{t(words::submissions::what)}</p>
                <Load
                    resource=pager.first
                    failed=words::submissions::not_loaded
                    skeleton=|| view! { <SkeletonRows rows=4 /> }
                    view=body
                />
            </div>
        </main>
    }
}

#[component]
fn Held(loaded: Loaded<First<Submission>>, pager: Pager<Submission>) -> impl IntoView {
    let Loaded { value: first, failure } = loaded;
    let rows = Memo::new(move |_| first.with(|first| pager.rows(first)));
    let more = Memo::new(move |_| first.with(|first| pager.has_next(first)));
    let running = Signal::derive(move || pager.appending.with(|state| *state == Appending::Running));
    let failed = move || pager.appending.with(|state| matches!(state, Appending::Failed(_)));
    let append = Callback::new(move |()| first.with_untracked(|first| pager.append(first)));
    let on_settled = Callback::new(move |()| {
        use_held().refetch();
        pager.refetch();
    });
    let old = move || {
        failure.get().map(|failure| {
            view! { <FailureNotice failure=Signal::stored(failure) title=words::submissions::not_loaded /> }
        })
    };
    let nothing = move || {
        rows.with(Vec::is_empty).then(|| {
            view! { <Empty icon=Icon::Inbox title=Signal::derive(move || words::submissions::empty(lang()).to_owned()) /> }
        })
    };
    view! {
        {old}
        {nothing}
        <ul class="stack">
            <For each=move || rows.get() key=|row| row.id let:row>
                <SubmissionCard submission=row on_settled />
            </For>
        </ul>
        {move || failed().then(|| view! { <p role="alert" class="t-danger">{t(words::list::no_more)}</p> })}
        {move || {
            more.get()
                .then(|| view! { <Button kind=Kind::Quiet busy=running on_click=append>{t(words::history::more)}</Button> })
        }}
    }
}
