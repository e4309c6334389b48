//! 並べ替えと条件: order and filters, in a sheet. Every choice takes effect at once.

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use noren_domain::lead::Temperature;

use super::lines;
use super::list::use_lead_list;
use super::query::{Assignee, ListQuery, SORTS, assignee_value, parse_assignee};
use crate::session::use_masters;
use crate::ui::button::{Button, IconButton, Kind, Size};
use crate::ui::choice::{Choice, Choices};
use crate::ui::field::{Opt, SelectField};
use crate::ui::icon::Icon;
use crate::ui::later::{Draw, LaterDialog, Open};
use crate::words::{self, Lang, lang, t};

#[component]
pub fn FilterButton() -> impl IntoView {
    #[wasm_split(lead_sheets, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn filter_sheet() -> Result<Draw, SplitLoaderError> {
        Ok(|| FilterSheet().into_any())
    }
    let list = use_lead_list();
    let open = RwSignal::new(false);
    let count = move || list.query.with(ListQuery::filters);
    let label = Signal::derive(move || words::list::sort_and_filter(lang()));
    view! {
        <div class="filter-button">
            <IconButton label icon=Icon::Filter on_click=Callback::new(move |()| open.set(true)) />
            {move || (count() > 0).then(|| view! { <span class="count">{count}</span> })}
        </div>
        <LaterDialog
            open
            title=Signal::derive(move || words::list::sort_and_filter(lang()).to_owned())
            code=|| Box::pin(filter_sheet())
        />
    }
}

#[component]
fn FilterSheet() -> impl IntoView {
    let (Open(open), list) = (expect_context(), use_lead_list());
    let masters = use_masters();
    let (several_stores, has_tags) = (masters.stores.len() > 1, !masters.tags.is_empty());
    view! {
        <div class="dialog-body">
            <SortChoices />
            <TemperatureChoices />
            {several_stores.then(|| view! { <FilterSelect filter=BY_STORE /> })}
            <FilterSelect filter=BY_SOURCE />
            {has_tags.then(|| view! { <FilterSelect filter=BY_TAG /> })}
            <FilterSelect filter=BY_ASSIGNEE />
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

#[component]
fn SortChoices() -> impl IntoView {
    let list = use_lead_list();
    let choices = move || {
        let name = |name: &str| match name {
            "oldest" => words::list::sort_oldest(lang()),
            "updated" => words::list::sort_updated(lang()),
            "kana" => words::list::sort_kana(lang()),
            _ => words::list::sort_newest(lang()),
        };
        SORTS.map(|(_, value)| Choice::new(value, name(value))).to_vec()
    };
    let chosen = move || {
        let sort = list.query.with(|query| query.sort);
        SORTS.iter().find(|(known, _)| *known == sort).map_or("", |(_, name)| *name).to_owned()
    };
    let choose = Callback::new(move |name: String| {
        let sort = SORTS.iter().find(|(_, known)| *known == name).map(|(sort, _)| *sort).unwrap_or_default();
        list.change(|query| query.sort = sort);
    });
    view! {
        <Choices
            name="sort"
            legend=Signal::derive(move || words::list::sort(lang()).to_owned())
            choices=Signal::derive(choices)
            chosen=Signal::derive(chosen)
            on_choose=choose
        />
    }
}

#[component]
fn TemperatureChoices() -> impl IntoView {
    let list = use_lead_list();
    let choices = move || {
        let named = |known: Temperature| Choice::new(known.as_str(), lines::temperature(known)(lang()));
        let any = Choice::new("", words::list::any(lang()));
        std::iter::once(any).chain(Temperature::ALL.map(named)).collect::<Vec<_>>()
    };
    let chosen = move || list.query.with(|query| query.temperature.map_or("", Temperature::as_str).to_owned());
    let choose = Callback::new(move |value: String| {
        list.change(|query| query.temperature = Temperature::ALL.into_iter().find(|known| known.as_str() == value));
    });
    view! {
        <Choices
            name="filter_temperature"
            legend=Signal::derive(move || words::field::temperature(lang()).to_owned())
            choices=Signal::derive(choices)
            chosen=Signal::derive(chosen)
            on_choose=choose
        />
    }
}

/// A filter of which there are too many values for chips. The empty text is all of them.
#[derive(Clone, Copy)]
struct Filter {
    name: &'static str,
    label: fn(Lang) -> &'static str,
    options: fn() -> Vec<Opt>,
    chosen: fn(&ListQuery) -> Option<String>,
    choose: fn(&mut ListQuery, String),
}

const BY_STORE: Filter = Filter {
    name: "filter_store",
    label: words::lead::store,
    options: stores,
    chosen: |query| query.store.map(|id| id.to_string()),
    choose: |query, id| query.store = id.parse().ok(),
};

const BY_SOURCE: Filter = Filter {
    name: "filter_source",
    label: words::field::source,
    options: sources,
    chosen: |query| query.source.clone(),
    choose: |query, code| query.source = Some(code).filter(|code| !code.is_empty()),
};

const BY_TAG: Filter = Filter {
    name: "filter_tag",
    label: words::field::tags,
    options: tags,
    chosen: |query| query.tag.map(|id| id.to_string()),
    choose: |query, id| query.tag = id.parse().ok(),
};

const BY_ASSIGNEE: Filter = Filter {
    name: "filter_assignee",
    label: words::lead::assignee,
    options: assignees,
    chosen: |query| query.assignee.map(assignee_value),
    choose: |query, value| query.assignee = parse_assignee(&value),
};

#[component]
fn FilterSelect(filter: Filter) -> impl IntoView {
    let list = use_lead_list();
    let Filter { name, label, options, chosen, choose } = filter;
    view! {
        <SelectField
            name
            label=Signal::derive(move || label(lang()).to_owned())
            options=Signal::derive(options)
            value=Signal::derive(move || list.query.with(chosen).unwrap_or_default())
            on_choose=Callback::new(move |value| list.change(|query| choose(query, value)))
        />
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

fn tags() -> Vec<Opt> {
    let masters = use_masters();
    let named = masters.tags.iter().map(|tag| Opt { value: tag.id.to_string(), label: tag.name.clone() });
    std::iter::once(any()).chain(named).collect()
}

fn assignees() -> Vec<Opt> {
    let masters = use_masters();
    let nobody = Opt { value: assignee_value(Assignee::Nobody), label: words::lead::nobody(lang()).to_owned() };
    let named = masters.staff.iter().map(|staff| Opt { value: staff.id.to_string(), label: staff.name.clone() });
    [any(), nobody].into_iter().chain(named).collect()
}
