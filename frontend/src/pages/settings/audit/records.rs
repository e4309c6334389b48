//! What both lists of records are: rows under their days, the newest first, growing as one scrolls, and saved as a file.

use std::hash::Hash;

use leptos::prelude::*;
use noren_domain::Timestamp;
use noren_domain::clock::japan_date;

use super::export::{ExportFailure, ExportFoot, Exporting};
use super::frame::{DayHeading, Narrowed};
use super::narrow::{Looking, Wanted};
use crate::paging::{First, Pager};
use crate::ui::button::Button;
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::more::More;
use crate::ui::skeleton::SkeletonRows;
use crate::words::{self, Lang, lang, t};

/// How far from its end a list asks for more, in pixels.
const AHEAD: i32 = 900;

type Word = fn(Lang) -> &'static str;

/// What a list of records says of itself.
pub struct Said {
    pub icon: Icon,
    pub not_loaded: Word,
    pub nothing: Word,
    /// Narrowed to one thing, whose name is not known.
    pub one: Word,
    pub named: fn(Lang, &str) -> String,
}

/// One row of such a list.
pub trait Record: Clone + Send + Sync + 'static {
    type Filter: Wanted;
    type Key: Clone + Eq + Hash + 'static;

    const SAID: Said;

    fn at(&self) -> Timestamp;

    fn key(&self) -> Self::Key;

    /// Whether the list is narrowed to one thing.
    fn about_one(wanted: &Self::Filter) -> bool;

    /// What that thing is called, if this record knows it.
    fn name_of(&self, wanted: &Self::Filter) -> Option<String>;

    fn draw(self) -> AnyView;
}

/// The list, and below it the ways to have it as a file.
#[component]
pub fn Records<R: Record>(pager: Pager<R>, looking: Looking<R::Filter>, export: Exporting) -> impl IntoView {
    let body = move |loaded: Loaded<First<R>>| view! { <Rows loaded pager looking /> }.into_any();
    let scrolled = move |list: web_sys::Element| {
        if list.scroll_height() - list.scroll_top() - list.client_height() < AHEAD
            && let Some(Ok(first)) = pager.first.get_untracked()
        {
            pager.append(&first);
        }
    };
    view! {
        <div class="scroll settings-body" on:scroll:target=move |ev| scrolled(ev.target().into())>
            <ExportFailure export />
            <Load
                resource=pager.first
                failed=R::SAID.not_loaded
                skeleton=|| view! { <SkeletonRows rows=6 /> }
                view=body
            />
        </div>
        <ExportFoot export />
    }
}

#[component]
fn Rows<R: Record>(loaded: Loaded<First<R>>, pager: Pager<R>, looking: Looking<R::Filter>) -> impl IntoView {
    let Loaded { value: first, failure } = loaded;
    let rows = Signal::derive(move || first.with(|first| headed(pager.rows(first))));
    let empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let old = move || {
        failure
            .get()
            .map(|failure| view! { <FailureNotice failure=Signal::stored(failure) title=R::SAID.not_loaded /> })
    };
    let row = |(heads, record): (bool, R)| {
        view! {
            {heads.then(|| view! { <li><DayHeading at=record.at() /></li> })}
            {record.clone().draw()}
        }
    };
    view! {
        {old}
        <OneThing rows looking />
        {move || empty.get().then(|| view! { <Nothing looking icon=R::SAID.icon nothing=R::SAID.nothing /> })}
        <ol class="audit-rows">
            <For each=move || rows.get() key=|(heads, record)| (*heads, record.key()) children=row />
        </ol>
        <More tail=pager.tail(first) />
    }
}

/// Each record, and whether a day begins with it.
fn headed<R: Record>(records: Vec<R>) -> Vec<(bool, R)> {
    let mut last = None;
    let row = |record: R| {
        let day = Some(japan_date(record.at()));
        (std::mem::replace(&mut last, day) != day, record)
    };
    records.into_iter().map(row).collect()
}

/// What the list is narrowed to, by the name that one of its rows knows.
#[component]
fn OneThing<R: Record>(rows: Signal<Vec<(bool, R)>>, looking: Looking<R::Filter>) -> impl IntoView {
    let about_one = Memo::new(move |_| looking.wanted.with(R::about_one));
    let named = Memo::new(move |_| {
        looking.wanted.with(|wanted| rows.with(|rows| rows.iter().find_map(|(_, record)| record.name_of(wanted))))
    });
    let what = Signal::derive(move || match named.get() {
        Some(name) => (R::SAID.named)(lang(), &name),
        None => (R::SAID.one)(lang()).to_owned(),
    });
    move || about_one.get().then(|| view! { <Narrowed what clear=looking.clear() /> })
}

#[component]
fn Nothing<F: Wanted>(looking: Looking<F>, icon: Icon, nothing: Word) -> impl IntoView {
    let narrows = looking.narrows();
    let say = if narrows { words::audit::nothing_matches } else { nothing };
    view! {
        <Empty icon title=Signal::derive(move || say(lang()).to_owned())>
            {narrows.then(|| view! { <Button on_click=looking.clear()>{t(words::list::clear)}</Button> })}
        </Empty>
    }
}
