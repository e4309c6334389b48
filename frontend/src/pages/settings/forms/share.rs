//! Where the form is: the address of its page, and the line that puts it into another.

use leptos::prelude::*;
use noren_api::forms::Form;

use crate::ui::copied::Copied;
use crate::words::{self, Lang, t};

#[component]
pub fn Share(form: Form) -> impl IntoView {
    let Form { url, embed, content, .. } = form;
    let note = if !content.active {
        Some(words::forms::closed_note as fn(Lang) -> &'static str)
    } else if content.origins.is_empty() {
        Some(words::forms::no_sites as _)
    } else {
        None
    };
    view! {
        <section class="card share">
            <header><h2 class="as-card">{t(words::forms::share)}</h2></header>
            <div class="body stack">
                <Copied id="url" label=words::forms::address text=url.clone()>
                    <a class="btn" data-kind="secondary" href=url target="_blank" rel="noopener">
                        {t(words::forms::show)}
                    </a>
                </Copied>
                <Copied id="embed" label=words::forms::embed text=embed />
                {note.map(|note| view! { <p class="hint">{t(note)}</p> })}
            </div>
        </section>
    }
}
