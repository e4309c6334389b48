//! Noren on the tablet: a single-page app, compiled to WASM.

mod agent;
mod api;
mod app;
mod bell;
mod boot;
mod calls;
mod code;
mod conflict;
mod device;
mod drafts;
mod editor;
mod errors;
mod holds;
mod json;
mod known;
mod lead_search;
mod live;
mod merge_patch;
mod messages;
mod pages;
mod paging;
mod passkey;
mod postal;
mod queue;
mod recent;
mod routes;
mod session;
mod shell;
mod sign_out;
mod small_form;
mod ui;
mod words;

fn main() {
    console_error_panic_hook::set_once();
    if let Some(mark) = leptos::prelude::document().get_element_by_id("loading") {
        mark.remove();
    }
    device::forget_old_drafts();
    leptos::mount::mount_to_body(app::App);
}
