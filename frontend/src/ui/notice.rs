//! A notice says what is the matter and what still works.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Warn,
    Danger,
    Accent,
}

impl Tone {
    fn name(self) -> Option<&'static str> {
        match self {
            Self::Warn => None,
            Self::Danger => Some("danger"),
            Self::Accent => Some("accent"),
        }
    }
}

/// A box with an icon, words and perhaps a button.
#[component]
pub fn Notice(icon: Icon, #[prop(optional)] tone: Tone, children: Children) -> impl IntoView {
    view! {
        <div class="notice" data-tone=tone.name()>
            <Glyph icon />
            {children()}
        </div>
    }
}
