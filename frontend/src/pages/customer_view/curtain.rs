//! The curtain: whose shop it is, the few ways that there are, whom it is for, and the way out.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use noren_api::customer_view::ViewedLead;

use super::leave::Leave;
use crate::pages::leads::lines;
use crate::routes::Page;
use crate::ui::dialog::Dialog;
use crate::ui::icon::{Glyph, Icon, Mark};
use crate::words::{self, Lang, lang, t};

type Known = Memo<Option<(String, Option<ViewedLead>)>>;

#[component]
pub fn Curtain(
    /// What the dealer is called, and to whom the screen is turned.
    known: Known,
) -> impl IntoView {
    let leaving = RwSignal::new(false);
    let shop = move || known.with(|known| known.as_ref().map(|(name, _)| name.clone()));
    let called = move || {
        let (_, lead) = known.get()?;
        let lead = lead?;
        Some(lines::called(lead.name.as_deref(), lead.company.as_deref(), lang()))
    };
    let whom = move || {
        called().map(|called| {
            view! {
                <p class="curtain-whom">
                    <b class="clip">{called.name}</b>
                    <small>{called.title}</small>
                </p>
            }
        })
    };
    let has_lead = Memo::new(move |_| known.with(|known| known.as_ref().is_some_and(|(_, lead)| lead.is_some())));
    view! {
        <header class="curtain">
            <Mark />
            <p class="curtain-shop">
                <b class="clip">{shop}</b>
                <span role="status">{t(words::customer_view::on)}</span>
            </p>
            <nav aria-label=t(words::nav::main)>
                {move || has_lead.get().then(|| view! { <Way page=Page::ChosenCars name=words::customer_view::chosen /> })}
                <Way page=Page::Stock name=words::customer_view::stock />
            </nav>
            {whom}
            <button
                class="btn curtain-lock"
                type="button"
                data-kind="icon"
                aria-label=t(words::customer_view::leave)
                on:click=move |_| leaving.set(true)
            >
                <Glyph icon=Icon::Lock />
            </button>
        </header>
        <Dialog open=leaving title=Signal::derive(move || words::customer_view::leave(lang()).to_owned())>
            <Leave />
        </Dialog>
    }
}

#[component]
fn Way(page: Page, name: fn(Lang) -> &'static str) -> impl IntoView {
    let location = use_location();
    let here = move || location.pathname.with(|path| Page::at(path)) == Some(page);
    view! { <a class="btn" href=page.href() aria-current=move || here().then_some("page")>{t(name)}</a> }
}
