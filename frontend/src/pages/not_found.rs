//! An address of nothing, and a thing that is not (or no longer) there, are the same page.

use leptos::prelude::*;

use crate::routes::Page;
use crate::ui::button::{Kind, LinkButton};
use crate::ui::empty::Empty;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::words::{self, lang, t};

/// In place of the whole page.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <main class="page">
            <NothingHere />
        </main>
    }
}

/// In place of a part of the page.
#[component]
pub fn NothingHere() -> impl IntoView {
    view! {
        <section class="pane plain detail-missing">
            <PageHeading title=Signal::derive(move || words::not_found::title(lang()).to_owned()) />
            <Empty icon=Icon::Search title=Signal::derive(move || words::not_found::what(lang()).to_owned())>
                <LinkButton href=Page::Leads.href() kind=Kind::Primary>
                    {t(words::not_found::to_leads)}
                </LinkButton>
            </Empty>
        </section>
    }
}
