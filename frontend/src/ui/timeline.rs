//! What happened, in order: one line per event, hung on a thread.

use leptos::prelude::*;

use super::icon::{Glyph, Icon, Size};

/// One line.
#[component]
pub fn TimelineItem(
    icon: Icon,
    /// `accent` for what the customer did.
    #[prop(optional)]
    tone: Option<&'static str>,
    #[prop(into)] title: Signal<String>,
    /// For machines.
    moment: String,
    /// For people.
    #[prop(into)]
    shown: Signal<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <li>
            <span class="node" data-tone=tone>
                <Glyph icon size=Size::Small />
            </span>
            <div>
                <p class="what">
                    <b>{title}</b>
                    <time datetime=moment>{shown}</time>
                </p>
                {children()}
            </div>
        </li>
    }
}
