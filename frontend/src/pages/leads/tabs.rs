//! 未対応・自分・育成・全員, each with its number.

use leptos::prelude::*;
use noren_api::leads::LeadCounts;

use super::list::use_lead_list;
use super::query::Tab;
use crate::routes::Page;
use crate::words::{self, Lang, t};

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

/// A count where there is little room.
pub fn short_count(count: u64) -> String {
    if count > 9_999 { "9999+".to_owned() } else { count.to_string() }
}

#[component]
pub fn Tabs() -> impl IntoView {
    let list = use_lead_list();
    let tab = move |tab: Tab| {
        let href = move || list.query.with(|query| query.on(tab).beside(&Page::Leads.href()));
        let current = move || list.query.with(|query| query.tab == tab).then_some("true");
        let count = move || {
            let count = tab_count(tab, list.counts().get()?);
            Some(view! { <b class="num">{short_count(count)}</b> })
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
