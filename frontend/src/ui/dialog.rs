//! A native modal dialog: it keeps the focus inside and closes by Escape.

use leptos::html;
use leptos::prelude::*;

use super::effect::effect;
use super::icon::{Glyph, Icon};
use crate::words::{self, t};

/// A dialog that is shown while `open` is true.
#[component]
pub fn Dialog(open: RwSignal<bool>, #[prop(into)] title: Signal<String>, children: ChildrenFn) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    effect(move || {
        let (open, Some(dialog)) = (open.get(), dialog.get()) else { return };
        if open && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let children = StoredValue::new(children);
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-label=title
            on:close=move |_| open.set(false)
        >
            <header>
                <h2>{title}</h2>
                <button
                    class="btn"
                    type="button"
                    data-kind="icon"
                    aria-label=t(words::common::close)
                    on:click=move |_| open.set(false)
                >
                    <Glyph icon=Icon::Close />
                </button>
            </header>
            // Made anew each time it opens, so that nothing of the last time is left.
            {move || open.get().then(|| children.with_value(|children| children()))}
        </dialog>
    }
}
