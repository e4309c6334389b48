//! A text that is there to be copied.

use leptos::html;
use leptos::prelude::*;

use super::button::{Button, Kind};
use super::toast::{Toasts, use_toasts};
use crate::words::{self, Lang, lang_untracked, t};

/// Copies a text that is marked meanwhile, and says so.
pub fn copy_text(toasts: Toasts, text: &str) {
    // The browser lends its clipboard to pages that came by HTTPS alone; elsewhere the text is marked.
    let said = if window().is_secure_context() {
        let _ = window().navigator().clipboard().write_text(text);
        words::common::copied
    } else {
        words::common::marked
    };
    toasts.say(said(lang_untracked()));
}

/// A text that is only copied.
#[component]
pub fn Copied(
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
        copy_text(toasts, &text);
    });
    view! {
        <div class="field">
            <span class="label-line"><label for=id>{t(label)}</label></span>
            <div class="line copied" data-wrap>
                <input id=id class="input grow" readonly node_ref=input value=value />
                <Button kind=Kind::Secondary on_click=copy>{t(words::common::copy)}</Button>
                {children.map(|children| children())}
            </div>
        </div>
    }
}
