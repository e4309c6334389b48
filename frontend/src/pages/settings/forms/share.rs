//! Where the form is: the address of its page, and the line that puts it into another.

use leptos::html;
use leptos::prelude::*;
use noren_api::forms::Form;

use crate::ui::button::{Button, Kind};
use crate::ui::toast::use_toasts;
use crate::words::{self, Lang, lang_untracked, t};

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

/// A text that is only copied.
#[component]
fn Copied(
    id: &'static str,
    label: fn(Lang) -> &'static str,
    text: String,
    /// What else can be done with it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (toasts, input) = (use_toasts(), NodeRef::<html::Input>::new());
    let value = text.clone();
    let copy = Callback::new(move |()| {
        if let Some(input) = input.get_untracked() {
            input.select();
        }
        // The browser lends its clipboard to pages that came by HTTPS alone; elsewhere the text is marked.
        let said = if window().is_secure_context() {
            let _ = window().navigator().clipboard().write_text(&text);
            words::forms::copied
        } else {
            words::forms::marked
        };
        toasts.say(said(lang_untracked()));
    });
    view! {
        <div class="field">
            <span class="label-line"><label for=id>{t(label)}</label></span>
            <div class="line copied" data-wrap>
                <input id=id class="input grow" readonly node_ref=input value=value />
                <Button kind=Kind::Secondary on_click=copy>{t(words::forms::copy)}</Button>
                {children.map(|children| children())}
            </div>
        </div>
    }
}
