//! Buttons act; links that look like buttons lead somewhere.

use leptos::prelude::*;
use leptos_router::components::A;

use super::icon::{Glyph, Icon};
use crate::words::{Lang, t};

/// How much a button asks for attention. One `Primary` per view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    Primary,
    Soft,
    #[default]
    Secondary,
    Quiet,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Soft => "soft",
            Self::Secondary => "secondary",
            Self::Quiet => "quiet",
        }
    }
}

/// The one main action of a screen is large.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    #[default]
    Medium,
    Large,
}

impl Size {
    fn name(self) -> Option<&'static str> {
        (self == Self::Large).then_some("lg")
    }
}

/// A button with words. While busy it keeps them and takes no second tap.
#[component]
pub fn Button(
    children: Children,
    #[prop(optional, into)] on_click: Option<Callback<()>>,
    #[prop(optional)] kind: Kind,
    #[prop(optional)] size: Size,
    #[prop(optional)] icon: Option<Icon>,
    /// A part of the words, for where the bar is short: a style sheet decides which of the two is seen.
    #[prop(optional)]
    short: Option<fn(Lang) -> &'static str>,
    /// `submit` inside a form.
    #[prop(default = "button")]
    role: &'static str,
    #[prop(optional, into)] busy: Signal<bool>,
) -> impl IntoView {
    let click = move |_| {
        if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    view! {
        <button
            class="btn"
            type=role
            data-kind=kind.name()
            data-size=size.name()
            aria-busy=move || busy.get().then_some("true")
            disabled=busy
            on:click=click
        >
            {icon.map(|icon| view! { <Glyph icon /> })}
            <span class="label-text">{children()}</span>
            {short.map(|short| view! { <span class="short" aria-hidden="true">{t(short)}</span> })}
        </button>
    }
}

/// A button without words on it: its label is spoken.
#[component]
pub fn IconButton(
    #[prop(into)] label: Signal<&'static str>,
    icon: Icon,
    on_click: Callback<()>,
    /// `Quiet` goes without a frame.
    #[prop(optional)]
    kind: Kind,
) -> impl IntoView {
    view! {
        <button
            class="btn"
            type="button"
            data-kind="icon"
            data-framed=(kind != Kind::Quiet).then_some("")
            aria-label=label
            on:click=move |_| on_click.run(())
        >
            <Glyph icon />
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    children: Children,
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] kind: Kind,
    #[prop(optional)] size: Size,
    #[prop(optional)] icon: Option<Icon>,
    /// As on a [`Button`].
    #[prop(optional)]
    short: Option<fn(Lang) -> &'static str>,
) -> impl IntoView {
    view! {
        <A href=move || href.get() attr:class="btn" attr:data-kind=kind.name() attr:data-size=size.name()>
            {icon.map(|icon| view! { <Glyph icon /> })}
            <span class="label-text">{children()}</span>
            {short.map(|short| view! { <span class="short" aria-hidden="true">{t(short)}</span> })}
        </A>
    }
}

/// The way back from a page, at the beginning of its head.
#[component]
pub fn BackLink(#[prop(into)] href: Signal<String>, label: fn(Lang) -> &'static str) -> impl IntoView {
    view! {
        <a class="btn" data-kind="icon" href=move || href.get() aria-label=t(label)>
            <Glyph icon=Icon::Back />
        </a>
    }
}
