//! The list: words, a few ways to narrow it, and who is found.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use noren_api::Page as Rows;
use noren_api::customers::{CustomerFilter, CustomerRow};
use noren_api::extreme::Origin;

use super::lines;
use super::query::ListQuery;
use crate::api::use_api;
use crate::paging::{Ask, First, Pager};
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::button::{Button, Kind};
use crate::ui::choice::{Choice, Toggles};
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::field::{Opt, SelectField};
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::more::More;
use crate::ui::origin::OriginMark;
use crate::ui::search::SearchField;
use crate::ui::skeleton::SkeletonRows;
use crate::words::{self, lang, t};

/// How long a person may pause between two letters before the search begins, in milliseconds.
const PAUSE: u32 = 250;

type Row = Arc<CustomerRow>;

/// The list on the screen. `Copy`.
#[derive(Clone, Copy)]
struct List {
    query: Memo<ListQuery>,
    pager: Pager<Row>,
    origin: RwSignal<Option<Origin>>,
    go: Callback<ListQuery>,
}

impl List {
    fn new() -> Self {
        let (api, location, navigate) = (use_api(), use_location(), use_navigate());
        let me = use_masters().me.id;
        let query = Memo::new(move |_| location.search.with(|search| ListQuery::parse(search)));
        let go = Callback::new(move |query: ListQuery| {
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate(&query.beside(&Page::Customers.href()), options);
        });
        let origin = RwSignal::new(None);
        let pager = Pager::new(move |Ask { after, limit }| {
            let filter = CustomerFilter { after, limit, ..query.get().filter(me) };
            Box::pin(async move {
                let page = api.list_customers(filter).await?;
                origin.try_set(Some(page.origin));
                Ok(Rows { items: page.items.into_iter().map(Arc::new).collect(), next: page.next })
            })
        });
        Self { query, pager, origin, go }
    }

    fn change(self, change: impl FnOnce(&mut ListQuery)) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        if self.query.with_untracked(|now| *now != query) {
            self.go.run(query);
        }
    }
}

#[component]
pub fn ListPage() -> impl IntoView {
    let list = List::new();
    let body = move |loaded| view! { <Found loaded list /> }.into_any();
    let origin = move || list.origin.get().map(|origin| view! { <OriginMark origin /> });
    view! {
        <main class="page plain customers">
            <div class="line" data-wrap>
                <PageHeading title=Signal::derive(move || words::customer::title(lang()).to_owned()) />
                <span class="push">{origin}</span>
            </div>
            <Narrow list />
            <Load
                resource=list.pager.first
                failed=words::customer::not_loaded
                skeleton=|| view! { <SkeletonRows /> }
                view=body
            />
        </main>
    }
}

#[component]
fn Narrow(list: List) -> impl IntoView {
    let typed = RwSignal::new(list.query.with_untracked(|query| query.words.clone()));
    let strokes = StoredValue::new(0_u32);
    let search = Callback::new(move |words: String| {
        strokes.update_value(|strokes| *strokes += 1);
        let stroke = strokes.get_value();
        spawn_local(async move {
            TimeoutFuture::new(PAUSE).await;
            if strokes.try_get_value() == Some(stroke) {
                list.change(|query| query.words = words);
            }
        });
    });
    let choices = move || {
        let lang = lang();
        vec![
            Choice::new("near", words::customer::near(lang)),
            Choice::new("mine", words::customer::mine(lang)),
            Choice::new("companies", words::customer::companies(lang)),
        ]
    };
    let is_chosen = Callback::new(move |value: String| {
        list.query.with(|query| match value.as_str() {
            "near" => query.near,
            "mine" => query.mine,
            _ => query.companies,
        })
    });
    let toggle = Callback::new(move |value: String| {
        list.change(|query| match value.as_str() {
            "near" => query.near = !query.near,
            "mine" => query.mine = !query.mine,
            _ => query.companies = !query.companies,
        });
    });
    view! {
        <div class="stack">
            <SearchField
                name="customers"
                label=words::customer::search
                hint=words::customer::search_hint
                typed
                on_type=search
            />
            <Toggles
                name="narrow"
                legend=Signal::derive(move || words::customer::narrow(lang()).to_owned())
                choices=Signal::derive(choices)
                is_chosen
                on_toggle=toggle
            />
            <StoreChoice list />
        </div>
    }
}

/// For those who see more than one store.
#[component]
fn StoreChoice(list: List) -> impl IntoView {
    let masters = use_masters();
    (masters.stores.len() > 1).then(|| {
        let stores = StoredValue::new(masters);
        let options = move || {
            let any = Opt { value: String::new(), label: words::list::any(lang()).to_owned() };
            let named = stores.with_value(|masters| {
                let option =
                    |store: &noren_api::stores::Store| Opt { value: store.id.to_string(), label: store.name.clone() };
                masters.stores.iter().map(option).collect::<Vec<_>>()
            });
            std::iter::once(any).chain(named).collect::<Vec<_>>()
        };
        let chosen = move || list.query.with(|query| query.store.map(|id| id.to_string()).unwrap_or_default());
        view! {
            <SelectField
                name="store"
                label=Signal::derive(move || words::customer::store(lang()).to_owned())
                options=Signal::derive(options)
                value=Signal::derive(chosen)
                on_choose=Callback::new(move |id: String| list.change(|query| query.store = id.parse().ok()))
            />
        }
    })
}

#[component]
fn Found(loaded: Loaded<First<Row>>, list: List) -> impl IntoView {
    let Loaded { value: first, failure } = loaded;
    let rows = Memo::new(move |_| first.with(|first| list.pager.rows(first)));
    let retry = Callback::new(move |()| list.pager.refetch());
    let stale = move || {
        failure.get().map(|failure| {
            let failure = Signal::stored(failure);
            view! { <FailureNotice failure title=words::customer::not_refreshed retry /> }
        })
    };
    let none = move || rows.with(Vec::is_empty).then(|| view! { <Nobody list /> });
    view! {
        {stale}
        {none}
        <ol class="customer-rows card" hidden=move || rows.with(Vec::is_empty)>
            <For each=move || rows.get() key=|row| (row.customer_code.clone(), row.next_inspection.clone().map(|next| next.expiry)) let:row>
                <CustomerLine row />
            </For>
        </ol>
        <More tail=list.pager.tail(first) />
    }
}

/// Why there is nobody, and what comes next.
#[component]
fn Nobody(list: List) -> impl IntoView {
    let narrows = move || list.query.with(ListQuery::narrows);
    let unknown = move || list.origin.get().is_some_and(|origin| origin.as_of.is_none());
    let title = Signal::derive(move || {
        let said = match (unknown(), narrows()) {
            (true, _) => words::customer::none_yet,
            (_, true) => words::customer::none_found,
            _ => words::customer::none,
        };
        said(lang()).to_owned()
    });
    let clear = Callback::new(move |()| list.go.run(ListQuery::default()));
    view! {
        <Empty icon=Icon::Known title>
            {move || {
                narrows().then(|| view! { <Button kind=Kind::Secondary on_click=clear>{t(words::list::clear)}</Button> })
            }}
        </Empty>
    }
}

#[component]
fn CustomerLine(row: Row) -> impl IntoView {
    let kind = row.kind;
    let below: Vec<String> =
        [row.kana.clone(), row.contact_name.clone(), row.phone.clone()].into_iter().flatten().collect();
    let masters = use_masters();
    let place = row.store_id.map(|id| masters.store_name(id).to_owned()).filter(|_| masters.stores.len() > 1);
    let due = row.next_inspection.clone().map(|next| {
        let urgency = lines::urgency(next.due);
        let said = move || lines::inspection(&next, lang());
        view! { <span class="due" data-urgency=urgency>{said}</span> }
    });
    view! {
        <li>
            <a class="customer-row" href=Page::customer(&row.customer_code)>
                <span class="called">
                    <b class="t-lead clip">{row.name.clone()}</b>
                    " "
                    <small class="t-2">{t(lines::title(kind))}</small>
                </span>
                <span class="t-meta t-2 num customer-known">{below.join("・")}</span>
                <span class="line t-meta t-3" data-wrap>
                    {due}
                    <span class="push clip">
                        {[place, row.staff_name.clone()].into_iter().flatten().collect::<Vec<_>>().join("・")}
                    </span>
                </span>
            </a>
        </li>
    }
}
