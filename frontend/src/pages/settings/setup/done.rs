//! The end of the first run, and what comes next.

use leptos::prelude::*;

use crate::routes::Page;
use crate::ui::button::{Kind, LinkButton, Size};
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::words::{self, lang, t};

#[component]
pub fn Done() -> impl IntoView {
    view! {
        <section class="pane plain setup-done">
            <PageHeading title=Signal::derive(move || words::setup::done(lang()).to_owned()) />
            <p>{t(words::setup::done_lead)}</p>
            <LinkButton href=Page::NewLead.href() kind=Kind::Primary size=Size::Large icon=Icon::Pen>
                {t(words::setup::first_lead)}
            </LinkButton>
            <LinkButton href=Page::Account.href() icon=Icon::Lock>{t(words::setup::own_pin)}</LinkButton>
            <LinkButton href=Page::Staff.href() icon=Icon::Users>{t(words::setup::more_people)}</LinkButton>
            <LinkButton href=Page::Settings.href() icon=Icon::Wrench>{t(words::setup::all_settings)}</LinkButton>
        </section>
    }
}
