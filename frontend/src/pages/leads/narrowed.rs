//! Which words the list is narrowed to, and the way out of it. They come from the search of the app.

use leptos::prelude::*;

use super::list::use_lead_list;
use crate::ui::button::{IconButton, Kind};
use crate::ui::icon::{Glyph, Icon};
use crate::words::{self, lang};

#[component]
pub fn Narrowed() -> impl IntoView {
    let list = use_lead_list();
    let sought = Memo::new(move |_| list.query.with(|query| query.words.trim().to_owned()));
    let clear = Callback::new(move |()| list.change(|query| query.words.clear()));
    move || {
        let sought = sought.get();
        (!sought.is_empty()).then(|| {
            view! {
                <p class="line narrowed">
                    <Glyph icon=Icon::Search />
                    <span class="grow clip">{move || words::finder::narrowed(lang(), &sought)}</span>
                    <IconButton
                        label=Signal::derive(move || words::finder::widen(lang()))
                        icon=Icon::Close
                        kind=Kind::Quiet
                        on_click=clear
                    />
                </p>
            }
        })
    }
}
