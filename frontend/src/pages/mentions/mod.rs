//! あなた宛て: the notes that call the signed-in person, the newest first. Opening one leads to its lead, where it is seen.

use std::sync::Arc;

use leptos::prelude::*;
use noren_api::Page as Rows;
use noren_api::PageQuery;
use noren_api::leads::Mention as Called;

use crate::api::use_api;
use crate::live::use_live;
use crate::pages::leads::lines;
use crate::paging::{Ask, First, Pager};
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::badge::{self, Badge};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::more::More;
use crate::ui::skeleton::SkeletonRows;
use crate::words::{self, lang, t};

type Mention = Arc<Called>;

#[component]
pub fn Mentions() -> impl IntoView {
    let api = use_api();
    let pager = Pager::new(move |Ask { after, limit }| {
        Box::pin(async move {
            let page = api.list_mentions(PageQuery { after, limit }).await?;
            Ok(Rows { items: page.items.into_iter().map(Arc::new).collect(), next: page.next })
        })
    });
    use_live().on_news(move |news| {
        if news.all || !news.calls.is_empty() {
            pager.follow();
        }
    });
    let body = move |loaded| view! { <MentionList loaded pager /> }.into_any();
    view! {
        <main class="page plain">
            <PageHeading title=Signal::derive(move || words::mentions::title(lang()).to_owned()) />
            <Load
                resource=pager.first
                failed=words::mentions::not_loaded
                skeleton=|| view! { <SkeletonRows /> }
                view=body
            />
        </main>
    }
}

#[component]
fn MentionList(loaded: Loaded<First<Mention>>, pager: Pager<Mention>) -> impl IntoView {
    let Loaded { value: first, failure } = loaded;
    let mentions = Memo::new(move |_| first.with(|first| pager.rows(first)));
    let retry = Callback::new(move |()| pager.refetch());
    let stale = move || {
        failure.get().map(|failure| {
            let failure = Signal::stored(failure);
            view! { <FailureNotice failure title=words::mentions::not_refreshed retry /> }
        })
    };
    let none = move || {
        mentions.with(Vec::is_empty).then(|| {
            view! {
                <Empty icon=Icon::At title=Signal::derive(move || words::mentions::empty(lang()).to_owned())>
                    <p class="t-meta">{t(words::mentions::empty_why)}</p>
                </Empty>
            }
        })
    };
    view! {
        {stale}
        {none}
        <ol class="mentions card" hidden=move || mentions.with(Vec::is_empty)>
            // A row that is seen meanwhile is another one.
            <For each=move || mentions.get() key=|mention| (mention.entry_id, mention.seen_at.is_some()) let:mention>
                <MentionRow mention />
            </For>
        </ol>
        <More tail=pager.tail(first) />
    }
}

#[component]
fn MentionRow(mention: Mention) -> impl IntoView {
    let masters = use_masters();
    let (at, by) = (mention.at, mention.staff_id);
    let unseen = mention.seen_at.is_none();
    let href = Page::Lead(mention.lead_id).href();
    let (name, company) = (mention.name.clone(), mention.company.clone());
    let called = Memo::new(move |_| lines::called(name.as_deref(), company.as_deref(), lang()));
    let writer = move || match by {
        Some(by) => words::mentions::writer(lang(), masters.assignee_name(Some(by), lang())),
        None => words::history::by_machine(lang()).to_owned(),
    };
    let when = move || date::near(at, use_ticker().get_untracked(), lang());
    view! {
        <li>
            <a class="mention" href=href data-unseen=unseen.then_some("")>
                <span class="line">
                    <span class="called">
                        <b class="t-lead clip">{move || called.get().name}</b>
                        " "
                        <small class="t-2">{move || called.get().title}</small>
                    </span>
                    {unseen.then(|| view! { <Badge tone=badge::Tone::Accent>{t(words::mentions::unseen)}</Badge> })}
                </span>
                <span class="excerpt t-2">{mention.excerpt.clone()}</span>
                <span class="line t-meta t-3">
                    <span class="clip">{writer}</span>
                    <time class="push nowrap" datetime=date::machine(at)>{when}</time>
                </span>
            </a>
        </li>
    }
}
