//! Who may come in.

use leptos::prelude::*;

use crate::routes::Page;
use crate::session::Session;
use crate::ui::button::LinkButton;
use crate::ui::empty::Empty;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::words::{self, Lang, lang, t};

/// What stands behind it for those who may settle it, and for everybody else who does.
#[component]
pub fn Gate(
    may: fn(&Session) -> bool,
    title: fn(Lang) -> &'static str,
    /// Who settles it.
    not_yours: fn(Lang) -> &'static str,
    view: fn() -> AnyView,
) -> impl IntoView {
    if expect_context::<RwSignal<Session>>().with_untracked(may) {
        return view();
    }
    view! {
        <section class="pane plain detail-missing">
            <PageHeading title=Signal::derive(move || title(lang()).to_owned()) />
            <Empty icon=Icon::Wrench title=Signal::derive(move || not_yours(lang()).to_owned())>
                <LinkButton href=Page::Leads.href()>{t(words::not_found::to_leads)}</LinkButton>
            </Empty>
        </section>
    }
    .into_any()
}
