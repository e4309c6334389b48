//! 見込み客: the list, and beside it one of them.

mod actions;
mod cards;
mod conflict;
mod customer;
mod detail;
mod draft;
mod edit;
mod empty_list;
mod fields;
mod filters;
mod form;
pub mod history;
pub mod lines;
mod list;
mod narrowed;
mod new;
mod notes;
mod opening;
mod patch;
pub mod query;
mod queue;
mod quick;
mod rows;
mod saved;
mod tabs;
mod tags;
mod wait;
mod wanted;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::components::{Outlet, ParentRoute, Route};
use leptos_router::hooks::use_location;
use leptos_router::path;

use self::detail::LeadPage;
use self::edit::EditPage;
use self::list::{LeadList, ListPane, NobodyChosen};
use self::new::{MendPage, NewPage};
use self::queue::QueuePage;
use self::quick::QuickPage;
use crate::routes::Page;
use crate::ui::later::{Draw, Later};

/// The pages of 見込み客.
#[component(transparent)]
pub fn LeadRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/leads") view=LeadsLayout>
            <Route path=path!("") view=NobodyChosen />
            <Route path=path!("new") view=QuickEntry />
            <Route path=path!("new/full") view=NewLead />
            <Route path=path!("queue") view=Waiting />
            <Route path=path!("queue/:request") view=MendLead />
            <Route path=path!(":id") view=OneLead />
            <Route path=path!(":id/edit") view=EditLead />
        </ParentRoute>
    }
    .into_inner()
}

#[component]
fn OneLead() -> impl IntoView {
    #[wasm_split(lead, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn lead_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| LeadPage().into_any())
    }
    view! { <Later code=|| Box::pin(lead_page()) class="pane detail plain" lines=8 /> }
}

#[component]
fn NewLead() -> impl IntoView {
    #[wasm_split(lead_form, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn new_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| NewPage().into_any())
    }
    view! { <Later code=|| Box::pin(new_page()) /> }
}

#[component]
fn QuickEntry() -> impl IntoView {
    #[wasm_split(lead_form, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn quick_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| QuickPage().into_any())
    }
    view! { <Later code=|| Box::pin(quick_page()) /> }
}

#[component]
fn MendLead() -> impl IntoView {
    #[wasm_split(lead_form, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn mend_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| MendPage().into_any())
    }
    view! { <Later code=|| Box::pin(mend_page()) /> }
}

#[component]
fn Waiting() -> impl IntoView {
    #[wasm_split(lead_form, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn queue_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| QueuePage().into_any())
    }
    view! { <Later code=|| Box::pin(queue_page()) /> }
}

#[component]
fn EditLead() -> impl IntoView {
    #[wasm_split(lead_form, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn edit_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| EditPage().into_any())
    }
    view! { <Later code=|| Box::pin(edit_page()) /> }
}

/// Which pane a screen with room for one shows.
fn shown(page: Option<Page>) -> &'static str {
    match page {
        Some(Page::Leads) => "list",
        Some(page) if page.is_form() || page == Page::Queue => "form",
        _ => "lead",
    }
}

/// Two panes where there is room, one where there is not. The list stays alive behind a lead and behind a form, so
/// that going back finds it where it was.
#[component]
fn LeadsLayout() -> impl IntoView {
    let location = use_location();
    let page = Memo::new(move |_| location.pathname.with(|path| Page::at(path)));
    provide_context(LeadList::new());
    view! {
        <main class="leads" data-shows=move || shown(page.get())>
            <ListPane page />
            <Outlet />
        </main>
    }
}
