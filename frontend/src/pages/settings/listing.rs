//! The list of one kind of thing that is settled, with the way back to all kinds and the way to a new one.

use leptos::prelude::*;
use noren_domain::search;

use crate::api::ApiError;
use crate::routes::Page;
use crate::ui::button::{BackLink, Kind, LinkButton, Size};
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::search::SearchField;
use crate::ui::skeleton::SkeletonRows;
use crate::words::{self, Lang, lang, t};

/// From how many rows on one searches instead of looking.
const MANY: usize = 8;

/// What a list says.
#[derive(Clone, Copy)]
pub struct Listing {
    pub title: fn(Lang) -> &'static str,
    /// What could not be done if it is not read.
    pub failed: fn(Lang) -> &'static str,
    pub empty: fn(Lang) -> &'static str,
    pub icon: Icon,
    pub new: Page,
    pub new_label: fn(Lang) -> &'static str,
}

/// The head, with the way back to everything that can be settled.
#[component]
pub fn ListHead(title: fn(Lang) -> &'static str) -> impl IntoView {
    view! {
        <header class="detail-head">
            <BackLink href=Page::Settings.href() label=words::common::back />
            <PageHeading title=Signal::derive(move || title(lang()).to_owned()) />
        </header>
    }
}

/// The way to who changed one thing.
#[component]
pub fn TraceLink(
    /// By [`Page::trace`].
    href: String,
) -> impl IntoView {
    view! { <LinkButton href kind=Kind::Quiet icon=Icon::Clock>{t(words::audit::changes)}</LinkButton> }
}

#[component]
pub fn Rows<T: Clone + PartialEq + Send + Sync + 'static>(
    listing: Listing,
    resource: LocalResource<Result<Vec<T>, ApiError>>,
    /// What a row is found by.
    texts: for<'a> fn(&'a T) -> Vec<&'a str>,
    row: fn(T) -> AnyView,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let Listing { title, failed, empty, icon, new, new_label } = listing;
    let body = move |Loaded { value, failure }: Loaded<Vec<T>>| {
        let old = move || {
            let failure = Signal::stored(failure.get()?);
            Some(view! { <FailureNotice failure title=failed /> })
        };
        let field = move || {
            use words::listing as say;
            let many = value.with(|things| things.len() >= MANY);
            many.then(|| {
                view! {
                    <div class="settings-search" role="search">
                        <SearchField name="q" label=say::search hint=say::hint typed />
                    </div>
                }
            })
        };
        let rows = move || {
            let words = typed.get();
            let things: Vec<T> = value
                .with(|things| things.iter().filter(|thing| search::finds(&words, texts(thing))).cloned().collect());
            if things.is_empty() {
                let nothing = move || {
                    if words.is_empty() { empty(lang()).to_owned() } else { words::listing::nothing(lang(), &words) }
                };
                return view! { <Empty icon title=Signal::derive(nothing) /> }.into_any();
            }
            let rows = things.into_iter().map(|thing| view! { <li>{row(thing)}</li> }).collect_view();
            view! { <ul class="settings-rows">{rows}</ul> }.into_any()
        };
        view! {
            {old}
            {field}
            {rows}
        }
        .into_any()
    };
    view! {
        <ListHead title />
        <div class="scroll settings-body">
            <Load resource failed skeleton=|| view! { <SkeletonRows rows=3 /> } view=body />
        </div>
        <footer class="actions">
            <span class="push"></span>
            <LinkButton href=new.href() kind=Kind::Primary size=Size::Large icon=Icon::Plus>
                {t(new_label)}
            </LinkButton>
        </footer>
    }
}
