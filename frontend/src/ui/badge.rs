//! A badge tells; it never takes a tap.

use leptos::prelude::*;

use noren_domain::tag;

use super::icon::{Glyph, Icon};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Accent,
    Line,
    Ok,
    Warn,
}

impl Tone {
    fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Accent => "accent",
            Self::Line => "line",
            Self::Ok => "ok",
            Self::Warn => "warn",
        }
    }
}

#[component]
pub fn Badge(#[prop(optional)] tone: Tone, #[prop(optional)] icon: Option<Icon>, children: Children) -> impl IntoView {
    view! {
        <span class="badge" data-tone=tone.name()>
            {icon.map(|icon| view! { <Glyph icon /> })}
            {children()}
        </span>
    }
}

/// A word of the dealer's own. It is round, so that nobody takes it for a state.
#[component]
pub fn TagChip(tone: tag::Tone, #[prop(into)] name: String) -> impl IntoView {
    view! { <span class="badge tag clip" data-tone=tone.as_str()>{name}</span> }
}
