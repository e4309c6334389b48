//! What somebody sees who is not inside: the cloth with the mark, and a card beside it.

use leptos::prelude::*;

use super::heading::PageHeading;
use super::icon::Mark;
use crate::words::{self, Lang, lang, speak, t};

#[component]
pub fn Door(
    title: fn(Lang) -> &'static str,
    /// For whom it is.
    lead: fn(Lang) -> &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <main class="door">
            <div class="door-card card">
                <div class="door-mark">
                    <Mark />
                    <b>"Noren"</b>
                </div>
                <div class="door-body">
                    <div>
                        <PageHeading title=Signal::derive(move || title(lang()).to_owned()) />
                        <p class="t-2">{t(lead)}</p>
                    </div>
                    {children()}
                </div>
            </div>
            <LanguageSwitch />
        </main>
    }
}

#[component]
fn LanguageSwitch() -> impl IntoView {
    let button = |own: Lang| {
        view! {
            <button
                class="btn"
                type="button"
                data-kind="quiet"
                lang=own.tag()
                aria-pressed=move || if lang() == own { "true" } else { "false" }
                on:click=move |_| speak(own)
            >
                {own.own_name()}
            </button>
        }
    };
    view! {
        <div class="line languages" role="group" aria-label=t(words::account::language)>
            {Lang::ALL.map(button).collect_view()}
        </div>
    }
}
