//! The list: tabs, search, order and filters, all in the address.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use noren_api::leads::{LeadFilter, LeadRow};

use super::filters::FilterButton;
use super::narrowed::Narrowed;
use super::query::ListQuery;
use super::rows::Rows;
use super::tabs::{Tabs, short_count};
use crate::api::use_api;
use crate::live::use_live;
use crate::paging::{Ask, First, Pager};
use crate::routes::Page;
use crate::session::{Counts, use_counts};
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::SkeletonRows;
use crate::words::{self, lang, t};

/// The list of leads. `Copy`, in the context of its pages.
#[derive(Clone, Copy)]
pub struct LeadList {
    pub query: Memo<ListQuery>,
    pub pager: Pager<Arc<LeadRow>>,
    /// Which list the rows on the screen belong to.
    answered: RwSignal<Option<ListQuery>>,
    counts: Counts,
    go: Callback<ListQuery>,
}

pub fn use_lead_list() -> LeadList {
    expect_context()
}

impl LeadList {
    pub fn new() -> Self {
        let (api, location, navigate) = (use_api(), use_location(), use_navigate());
        let query = Memo::new(move |_| location.search.with(|search| ListQuery::parse(search)));
        let go = Callback::new(move |query: ListQuery| {
            let here = location.pathname.get_untracked();
            navigate(
                &query.beside(&here),
                NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() },
            );
        });
        let answered = RwSignal::new(None);
        let pager = Pager::new(move |Ask { after, limit }| {
            let asked = query.get();
            let filter = LeadFilter { after, limit, ..asked.filter() };
            Box::pin(async move {
                let page = api.list_leads(filter).await;
                if query.try_get_untracked().is_some_and(|now| now == asked) {
                    answered.try_set(Some(asked));
                }
                let page = page?;
                Ok(noren_api::Page { items: page.items.into_iter().map(Arc::new).collect(), next: page.next })
            })
        });
        use_live().on_news(move |news| {
            if news.is_about_leads() {
                pager.follow();
            }
        });
        Self { query, pager, answered, counts: use_counts(), go }
    }

    /// Whether the rows on the screen are still those of another list than the one asked for.
    pub fn outdated(self) -> bool {
        self.answered.with(|answered| answered.as_ref().is_some_and(|answered| self.query.with(|now| now != answered)))
    }

    pub fn counts(self) -> Counts {
        self.counts
    }

    /// Shows the list with something about it changed.
    pub fn change(self, change: impl FnOnce(&mut ListQuery)) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        self.go(query);
    }

    /// Shows another list at the same address.
    pub fn go(self, query: ListQuery) {
        self.go.run(query);
    }

    /// The address of a page that keeps the list as it is.
    pub fn beside(self, page: Page) -> String {
        self.query.with(|query| query.beside(&page.href()))
    }

    /// Asks the server again after something was written.
    pub fn refetch(self) {
        self.pager.refetch();
        self.counts.0.refetch();
    }
}

/// The left pane.
#[component]
pub fn ListPane(page: Memo<Option<Page>>) -> impl IntoView {
    let list = use_lead_list();
    let body = move |Loaded { value, failure }: Loaded<First<Arc<LeadRow>>>| {
        let retry = Callback::new(move |()| list.refetch());
        let notice = move || {
            failure.get().map(|failure| {
                view! { <FailureNotice failure=Signal::stored(failure) title=words::list::not_refreshed retry /> }
            })
        };
        view! {
            {notice}
            <Rows first=value page />
        }
        .into_any()
    };
    view! {
        <section class="pane list" aria-label=t(words::list::title)>
            <header class="pane-head">
                <div class="line">
                    <ListHeading page />
                    <Total />
                    <span class="push"></span>
                    <FilterButton />
                </div>
                <Narrowed />
                <Tabs />
            </header>
            <div class="pane-body" aria-busy=move || list.outdated().then_some("true")>
                <Load
                    resource=list.pager.first
                    failed=words::list::not_loaded
                    skeleton=|| view! { <SkeletonRows /> }
                    view=body
                />
            </div>
        </section>
    }
}

/// The heading is the page's `h1` where the list is the page.
#[component]
fn ListHeading(page: Memo<Option<Page>>) -> impl IntoView {
    let alone = Memo::new(move |_| page.get() == Some(Page::Leads));
    let title = Signal::derive(move || words::list::title(lang()).to_owned());
    move || {
        if alone.get() {
            view! { <PageHeading title /> }.into_any()
        } else {
            view! { <h2 class="as-title">{title}</h2> }.into_any()
        }
    }
}

/// How many leads there are in all, beside the heading.
#[component]
fn Total() -> impl IntoView {
    let counts = use_lead_list().counts();
    move || {
        let all = counts.get()?.all;
        Some(view! {
            <p class="total num">
                <span aria-hidden="true">{short_count(all)}</span>
                <span class="sr">{words::list::total(lang(), all)}</span>
            </p>
        })
    }
}

/// The right pane while no lead is chosen; where there is one pane, it is not there.
#[component]
pub fn NobodyChosen() -> impl IntoView {
    view! {
        <section class="pane nobody">
            <Empty icon=Icon::Leads title=Signal::derive(move || words::list::choose(lang()).to_owned()) />
        </section>
    }
}
