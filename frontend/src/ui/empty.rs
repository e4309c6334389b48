//! Nothing there is not an error: say why, and what comes next.

use leptos::prelude::*;

use super::icon::{Glyph, Icon, Size};

#[component]
pub fn Empty(
    icon: Icon,
    #[prop(into)] title: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Glyph icon size=Size::Large />
            <p>{title}</p>
            {children.map(|children| children())}
        </div>
    }
}
