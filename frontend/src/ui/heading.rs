//! The `h1` of a page: it names the document and takes the focus on arrival.

use std::cell::RefCell;

use leptos::html;
use leptos::prelude::*;

use super::effect::effect;
use crate::words::{self, lang_untracked};

thread_local! {
    /// What the document is called while a customer looks, whatever page it is: the name of the shop.
    static CUSTOMER_TITLE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Calls the document the same on every page, until nothing is said.
pub fn name_every_page(neutral: Option<String>) {
    if let Some(title) = &neutral {
        document().set_title(title);
    }
    CUSTOMER_TITLE.set(neutral);
}

/// Sets the title of the document.
pub fn name_document(title: &str) {
    let title = match CUSTOMER_TITLE.with_borrow(Clone::clone) {
        Some(neutral) => neutral,
        None => words::common::document_title(lang_untracked(), title),
    };
    document().set_title(&title);
}

/// The one `h1` of a page.
#[component]
pub fn PageHeading(
    /// What the page is called; the document takes it over.
    #[prop(into)]
    title: Signal<String>,
    /// What stands in the heading, if it is more than the title.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    effect(move || title.with(|title| name_document(title)));
    heading.on_load(|heading| {
        // Whoever types already goes on: the page has come late.
        if is_typing() {
            arrived_before();
            return;
        }
        // Only a change of page moves the focus; on the first page the browser's own start is right.
        if document().active_element().is_none_or(|active| active.tag_name() != "BODY") || arrived_before() {
            let _ = heading.focus();
        }
    });
    view! {
        <h1 node_ref=heading tabindex="-1">
            {match children {
                Some(children) => children().into_any(),
                None => title.into_any(),
            }}
        </h1>
    }
}

fn is_typing() -> bool {
    let active = document().active_element().map(|active| active.tag_name());
    active.is_some_and(|name| matches!(name.as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// Whether a page was shown before this one.
fn arrived_before() -> bool {
    thread_local! {
        static ARRIVED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    }
    ARRIVED.replace(true)
}
