//! The list: tabs, search, order and filters, all in the address.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use noren_api::leads::{LeadCounts, LeadFilter, LeadRow};
use noren_domain::lead::Temperature;

use super::lines;
use super::paging::{Ask, First, Pager};
use super::query::{Assignee, ListQuery, SORTS, Tab, assignee_value, parse_assignee};
use super::rows::Rows;
use crate::api::use_api;
use crate::routes::Page;
use crate::session::{Counts, use_counts, use_masters};
use crate::ui::button::{Button, IconButton, Kind, LinkButton, Size};
use crate::ui::choice::{Choice, Choices};
use crate::ui::dialog::Dialog;
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::field::{Opt, SelectField};
use crate::ui::heading::PageHeading;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::SkeletonRows;
use crate::words::{self, Lang, lang, t};

/// How long a person may pause between two letters before the search begins, in milliseconds.
const PAUSE: u32 = 200;

/// The list of leads. `Copy`, in the context of its pages.
#[derive(Clone, Copy)]
pub struct LeadList {
    pub query: Memo<ListQuery>,
    pub pager: Pager<Arc<LeadRow>>,
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
        let pager = Pager::new(move |Ask { after, limit }| {
            let filter = LeadFilter { after, limit, ..query.with(ListQuery::filter) };
            Box::pin(async move {
                let page = api.list_leads(filter).await?;
                Ok(noren_api::Page { items: page.items.into_iter().map(Arc::new).collect(), next: page.next })
            })
        });
        Self { query, pager, counts: use_counts(), go }
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
                    <FilterButton />
                </div>
                <SearchBox />
                <Tabs />
            </header>
            <div class="pane-body">
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

#[component]
fn SearchBox() -> impl IntoView {
    let list = use_lead_list();
    let input = NodeRef::<html::Input>::new();
    let strokes = StoredValue::new(0_u32);
    let search = move |typed: String| {
        strokes.update_value(|strokes| *strokes += 1);
        let stroke = strokes.get_value();
        spawn_local(async move {
            TimeoutFuture::new(PAUSE).await;
            if strokes.try_get_value() == Some(stroke) {
                list.go(ListQuery { words: typed, ..list.query.get_untracked() });
            }
        });
    };
    // The address may change by itself (back, 条件をすべて外す); what is being typed is left alone.
    Effect::new(move |_| {
        let words = list.query.with(|query| query.words.clone());
        let Some(input) = input.get() else { return };
        let typing = document().active_element().is_some_and(|active| active.is_same_node(Some(&input)));
        if !typing {
            input.set_value(&words);
        }
    });
    view! {
        <div role="search">
        <label class="search">
            <span class="sr">{t(words::list::search)}</span>
            <Glyph icon=Icon::Search />
            <input
                node_ref=input
                class="input"
                type="search"
                name="q"
                maxlength="100"
                autocomplete="off"
                enterkeyhint="search"
                placeholder=t(words::list::search_hint)
                on:input:target=move |ev| search(ev.target().value())
            />
        </label>
        </div>
    }
}

fn tab_name(tab: Tab) -> fn(Lang) -> &'static str {
    match tab {
        Tab::New => words::list::tab_new,
        Tab::Mine => words::list::tab_mine,
        Tab::Nurturing => words::list::tab_nurturing,
        Tab::All => words::list::tab_all,
    }
}

fn tab_count(tab: Tab, counts: LeadCounts) -> u64 {
    match tab {
        Tab::New => counts.new,
        Tab::Mine => counts.mine,
        Tab::Nurturing => counts.nurturing,
        Tab::All => counts.all,
    }
}

#[component]
fn Tabs() -> impl IntoView {
    let list = use_lead_list();
    let tab = move |tab: Tab| {
        let href = move || list.query.with(|query| query.on(tab).beside(&Page::Leads.href()));
        let current = move || list.query.with(|query| query.tab == tab).then_some("true");
        let count = move || {
            let count = tab_count(tab, list.counts.get()?);
            Some(view! { <b class="num">{if count > 9_999 { "9999+".to_owned() } else { count.to_string() }}</b> })
        };
        view! {
            <a href=href aria-current=current>
                <span>{t(tab_name(tab))}</span>
                {count}
            </a>
        }
    };
    view! {
        <nav class="seg" aria-label=t(words::list::tabs)>
            {Tab::ALL.map(tab).collect_view()}
        </nav>
    }
}

/// Order and filters, in a sheet.
#[component]
fn FilterButton() -> impl IntoView {
    let list = use_lead_list();
    let open = RwSignal::new(false);
    let count = move || list.query.with(ListQuery::filters);
    let label = Signal::derive(move || words::list::sort_and_filter(lang()));
    view! {
        <div class="filter-button">
            <IconButton label icon=Icon::Filter on_click=Callback::new(move |()| open.set(true)) />
            {move || (count() > 0).then(|| view! { <span class="count">{count}</span> })}
        </div>
        <Dialog open title=Signal::derive(move || words::list::sort_and_filter(lang()).to_owned())>
            <FilterSheet open />
        </Dialog>
    }
}

#[component]
fn FilterSheet(open: RwSignal<bool>) -> impl IntoView {
    let list = use_lead_list();
    let change = move |change: &dyn Fn(&mut ListQuery)| {
        let mut query = list.query.get_untracked();
        change(&mut query);
        list.go(query);
    };
    let sorts = move || {
        let name = |name: &str| match name {
            "oldest" => words::list::sort_oldest(lang()),
            "updated" => words::list::sort_updated(lang()),
            "kana" => words::list::sort_kana(lang()),
            _ => words::list::sort_newest(lang()),
        };
        SORTS.map(|(_, value)| Choice::new(value, name(value))).to_vec()
    };
    let sort = move || {
        let sort = list.query.with(|query| query.sort);
        SORTS.iter().find(|(known, _)| *known == sort).map_or("", |(_, name)| *name).to_owned()
    };
    let choose_sort = Callback::new(move |name: String| {
        let sort = SORTS.iter().find(|(_, known)| *known == name).map(|(sort, _)| *sort).unwrap_or_default();
        change(&|query| query.sort = sort);
    });
    let temperatures = move || {
        let named = |known: Temperature| Choice::new(known.as_str(), lines::temperature(known)(lang()));
        let any = Choice::new("", words::list::any(lang()));
        std::iter::once(any).chain(Temperature::ALL.map(named)).collect::<Vec<_>>()
    };
    let temperature = move || list.query.with(|query| query.temperature.map_or("", Temperature::as_str).to_owned());
    let choose_temperature = Callback::new(move |value: String| {
        let temperature = Temperature::ALL.into_iter().find(|known| known.as_str() == value);
        change(&|query| query.temperature = temperature);
    });
    let choose_store = Callback::new(move |id: String| change(&|query| query.store = id.parse().ok()));
    let choose_source = Callback::new(move |code: String| {
        change(&|query| query.source = Some(code.clone()).filter(|code| !code.is_empty()));
    });
    let choose_assignee = Callback::new(move |value: String| change(&|query| query.assignee = parse_assignee(&value)));
    let source = move || list.query.with(|query| query.source.clone().unwrap_or_default());
    let store = move || list.query.with(|query| query.store.map(|id| id.to_string()).unwrap_or_default());
    let assignee = move || list.query.with(|query| query.assignee.map(assignee_value).unwrap_or_default());
    let several_stores = use_masters().stores.len() > 1;
    view! {
        <div class="dialog-body">
            <Choices
                name="sort"
                legend=Signal::derive(move || words::list::sort(lang()).to_owned())
                choices=Signal::derive(sorts)
                chosen=Signal::derive(sort)
                on_choose=choose_sort
            />
            <Choices
                name="filter_temperature"
                legend=Signal::derive(move || words::field::temperature(lang()).to_owned())
                choices=Signal::derive(temperatures)
                chosen=Signal::derive(temperature)
                on_choose=choose_temperature
            />
            {several_stores
                .then(|| {
                    view! {
                        <SelectField
                            name="filter_store"
                            label=Signal::derive(move || words::lead::store(lang()).to_owned())
                            options=Signal::derive(stores)
                            value=Signal::derive(store)
                            on_choose=choose_store
                        />
                    }
                })}
            <SelectField
                name="filter_source"
                label=Signal::derive(move || words::field::source(lang()).to_owned())
                options=Signal::derive(sources)
                value=Signal::derive(source)
                on_choose=choose_source
            />
            <SelectField
                name="filter_assignee"
                label=Signal::derive(move || words::lead::assignee(lang()).to_owned())
                options=Signal::derive(assignees)
                value=Signal::derive(assignee)
                on_choose=choose_assignee
            />
        </div>
        <footer>
            <Button kind=Kind::Quiet on_click=Callback::new(move |()| list.go(list.query.get_untracked().widened()))>
                {t(words::list::clear)}
            </Button>
            <Button kind=Kind::Primary size=Size::Large on_click=Callback::new(move |()| open.set(false))>
                {t(words::list::show)}
            </Button>
        </footer>
    }
}

fn any() -> Opt {
    Opt { value: String::new(), label: words::list::any(lang()).to_owned() }
}

fn stores() -> Vec<Opt> {
    let masters = use_masters();
    let named = masters.stores.iter().map(|store| Opt { value: store.id.to_string(), label: store.name.clone() });
    std::iter::once(any()).chain(named).collect()
}

fn sources() -> Vec<Opt> {
    let masters = use_masters();
    let named = masters
        .sources
        .iter()
        .map(|source| Opt { value: source.code.0.clone(), label: masters.source_name(&source.code.0, lang()) });
    std::iter::once(any()).chain(named).collect()
}

fn assignees() -> Vec<Opt> {
    let masters = use_masters();
    let nobody = Opt { value: assignee_value(Assignee::Nobody), label: words::lead::nobody(lang()).to_owned() };
    let named = masters.staff.iter().map(|staff| Opt { value: staff.id.to_string(), label: staff.name.clone() });
    [any(), nobody].into_iter().chain(named).collect()
}

/// Why the list is empty, and what comes next.
#[component]
pub fn EmptyList() -> impl IntoView {
    let list = use_lead_list();
    move || {
        let query = list.query.get();
        if query.narrows() {
            let title = Signal::derive(move || words::list::nothing_matches(lang()).to_owned());
            let clear = Callback::new(move |()| list.go(list.query.get_untracked().widened()));
            return view! {
                <Empty icon=Icon::Search title>
                    <Button kind=Kind::Secondary on_click=clear>{t(words::list::clear)}</Button>
                </Empty>
            }
            .into_any();
        }
        let why = match query.tab {
            Tab::New => words::list::empty_new,
            Tab::Mine => words::list::empty_mine,
            Tab::Nurturing => words::list::empty_nurturing,
            Tab::All => words::list::empty_all,
        };
        view! {
            <Empty icon=Icon::Leads title=Signal::derive(move || why(lang()).to_owned())>
                <LinkButton href=Page::NewLead.href() icon=Icon::Pen>
                    {t(words::nav::new_lead)}
                </LinkButton>
            </Empty>
        }
        .into_any()
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
