//! Who may come in.

use leptos::prelude::*;

use crate::routes::Page;
use crate::session::Session;
use crate::ui::button::LinkButton;
use crate::ui::empty::Empty;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::words::{self, lang, t};

/// What stands behind it for those who settle forms, and for everybody else who does.
#[component]
pub fn Gate(view: fn() -> AnyView) -> impl IntoView {
    if expect_context::<RwSignal<Session>>().with_untracked(Session::settles_forms) {
        return view();
    }
    view! {
        <section class="pane plain detail-missing">
            <PageHeading title=Signal::derive(move || words::forms::title(lang()).to_owned()) />
            <Empty icon=Icon::Wrench title=Signal::derive(move || words::forms::not_yours(lang()).to_owned())>
                <LinkButton href=Page::Leads.href()>{t(words::not_found::to_leads)}</LinkButton>
            </Empty>
        </section>
    }
    .into_any()
}
