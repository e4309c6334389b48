//! The screen on which somebody chooses between two versions, as all forms have it.

use leptos::prelude::*;

use crate::editor::FormHead;
use crate::ui::button::{Button, IconButton, Kind, Size};
use crate::ui::icon::Icon;
use crate::words::{self, lang, t};

/// The frame: who saved first, what differs, and the ways on.
#[component]
pub fn ConflictPage(
    /// What it is about.
    whom: Signal<Option<String>>,
    /// Who saved, as the sentence names them.
    name: Signal<String>,
    /// When, where that is known.
    #[prop(optional, into)]
    when: Signal<Option<String>>,
    on_take_all: Callback<()>,
    on_settle: Callback<()>,
    on_back: Callback<()>,
    /// The differences, each a list item.
    children: Children,
) -> impl IntoView {
    let explained = move || match when.get() {
        Some(at) => words::conflict::saved_at(lang(), at, name.get()),
        None => words::conflict::saved(lang(), name.get()),
    };
    view! {
        <div class="form">
            <FormHead title=words::conflict::title whom>
                <IconButton label=Signal::derive(t(words::common::back)) kind=Kind::Quiet icon=Icon::Back on_click=on_back />
            </FormHead>
            <div class="scroll form-body">
                <p role="alert">{explained} " " {t(words::conflict::what_to_do)}</p>
                <ul class="differences">{children()}</ul>
                <p>
                    <Button on_click=on_take_all>{t(words::conflict::take_all)}</Button>
                </p>
            </div>
            <footer class="actions">
                <Button kind=Kind::Quiet on_click=on_back>{t(words::conflict::back)}</Button>
                <span class="push"></span>
                <Button kind=Kind::Primary size=Size::Large on_click=on_settle>{t(words::conflict::save)}</Button>
            </footer>
        </div>
    }
}
