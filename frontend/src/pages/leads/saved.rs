//! What happens once a form of a lead is saved.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use noren_domain::LeadId;

use super::list::use_lead_list;
use crate::editor::{self, Unsaved};
use crate::live::use_live;
use crate::routes::Page;

/// Looks after what is typed. What comes back is to be called once it is saved: it leads to the lead, or to the list where
/// the lead is still to be made.
pub fn look_after(work: impl Unsaved) -> Callback<Option<LeadId>> {
    let (list, live, navigate) = (use_lead_list(), use_live(), use_navigate());
    let saved = editor::look_after(work);
    Callback::new(move |id: Option<LeadId>| {
        saved.run(());
        if let Some(id) = id {
            live.wrote(id);
            list.refetch();
        }
        let page = id.map_or(Page::Leads, Page::Lead);
        navigate(&list.beside(page), NavigateOptions { replace: true, ..NavigateOptions::default() });
    })
}
