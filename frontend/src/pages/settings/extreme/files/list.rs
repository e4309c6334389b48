//! The files that were handed in, the newest first; looked at again and again while one waits.

use leptos::prelude::*;
use noren_api::PageQuery;
use noren_api::extreme_intakes::ExtremeIntake;
use noren_domain::intake::IntakeState;

use super::said;
use crate::api::use_api;
use crate::paging::{First, Pager};
use crate::routes::Page;
use crate::ui::badge::Badge;
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::load::{Load, Loaded};
use crate::ui::more::More;
use crate::ui::skeleton::SkeletonRows;
use crate::words::{self, lang, t};

/// How many seconds lie between two looks while a file waits.
const EVERY: i64 = 2;

/// The files, as they were listed last.
#[derive(Clone, Copy)]
pub struct Intakes {
    pager: Pager<ExtremeIntake>,
    any: Memo<bool>,
}

impl Intakes {
    /// `on_taken` is told when a file that waited does so no more.
    pub fn new(on_taken: Callback<()>) -> Self {
        let (api, ticker) = (use_api(), use_ticker());
        let waits = RwSignal::new(false);
        let round = Memo::new(move |_| waits.get().then(|| ticker.get().timestamp() / EVERY));
        let pager = Pager::new(move |ask| {
            round.track();
            let query = PageQuery { after: ask.after, limit: ask.limit };
            Box::pin(async move {
                let page = api.list_extreme_intakes(query).await?;
                let is_waiting = page.items.iter().any(|intake| intake.state == IntakeState::Waiting);
                if waits.try_get_untracked() == Some(true) && !is_waiting {
                    on_taken.try_run(());
                }
                if waits.try_get_untracked() != Some(is_waiting) {
                    waits.try_set(is_waiting);
                }
                Ok(page)
            })
        });
        let any = Memo::new(move |was: Option<&bool>| match pager.first.get() {
            Some(Ok(first)) => !pager.rows(&first).is_empty(),
            _ => was.copied().unwrap_or_default(),
        });
        Self { pager, any }
    }

    /// Whether there is one at all; also while they are looked at again.
    pub fn is_any(self) -> bool {
        self.any.get()
    }

    pub fn look_again(self) {
        self.pager.refetch();
    }
}

#[component]
pub fn IntakeRows(intakes: Intakes) -> impl IntoView {
    let pager = intakes.pager;
    let body = move |loaded: Loaded<First<ExtremeIntake>>| view! { <Rows loaded pager /> }.into_any();
    view! {
        <Load
            resource=pager.first
            failed=words::extreme_files::not_loaded
            skeleton=|| view! { <SkeletonRows rows=3 /> }
            view=body
        />
    }
}

#[component]
fn Rows(loaded: Loaded<First<ExtremeIntake>>, pager: Pager<ExtremeIntake>) -> impl IntoView {
    let Loaded { value: first, failure } = loaded;
    let rows = Memo::new(move |_| first.with(|first| pager.rows(first)));
    let old = move || {
        failure.get().map(|failure| {
            view! { <FailureNotice failure=Signal::stored(failure) title=words::extreme_files::not_loaded /> }
        })
    };
    let nothing = move || {
        rows.with(Vec::is_empty).then(|| {
            let title = Signal::derive(move || words::extreme_files::none(lang()).to_owned());
            view! { <Empty icon=Icon::Inbox title /> }
        })
    };
    view! {
        {old}
        {nothing}
        <ul class="extreme-intakes" aria-label=t(words::extreme_files::list)>
            <For each=move || rows.get() key=|row| (row.id, row.version) let:row>
                <IntakeRow intake=row />
            </For>
        </ul>
        <More tail=pager.tail(first) />
    }
}

#[component]
fn IntakeRow(intake: ExtremeIntake) -> impl IntoView {
    let (icon, name) = super::super::said::stream(intake.stream);
    let (tone, state) = said::state(intake.state);
    let (href, file_name, ticker) = (Page::ExtremeFile(intake.id).href(), intake.file_name.clone(), use_ticker());
    let intake = StoredValue::new(intake);
    let under = move || {
        let when = |intake: &ExtremeIntake| date::brief(intake.handed_in_at, ticker.get_untracked(), lang());
        let parts = intake.with_value(|intake| {
            [name(lang()).to_owned(), when(intake), said::from(intake, lang()), said::figures(intake, lang())]
        });
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("・")
    };
    view! {
        <li>
            <a href=href>
                <Glyph icon />
                <span class="grow">
                    <b>{file_name}</b>
                    <small class="t-2 num">{under}</small>
                </span>
                <Badge tone>{t(state)}</Badge>
                <Glyph icon=Icon::Next />
            </a>
        </li>
    }
}
