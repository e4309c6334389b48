//! The frame of a picture, with a drawing of the body where there is none.

use leptos::prelude::*;
use noren_domain::vehicle::BodyType;

use super::lines::{self, Claim};
use crate::ui::icon::{Glyph, Size};
use crate::ui::picture::Picture;
use crate::words::{self, lang, t};

#[component]
pub fn Shot(
    src: Option<String>,
    body: BodyType,
    /// What it shows, where it does not stand beside the words.
    #[prop(optional, into)]
    alt: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let broken = RwSignal::new(src.is_none());
    let picture = move || {
        let src = src.clone().filter(|_| !broken.get());
        match src {
            Some(src) => {
                let on_broken = Callback::new(move |()| broken.set(true));
                view! { <Picture src alt=alt.clone() on_broken /> }.into_any()
            }
            None => view! {
                <Glyph icon=lines::body_icon(body) />
                <small>{t(words::car::no_photo)}</small>
            }
            .into_any(),
        }
    };
    view! {
        <span class="shot" data-empty=move || broken.get().then_some("")>
            {picture}
            {children.map(|children| children())}
        </span>
    }
}

/// Whose the car is, over its picture.
#[component]
pub fn ClaimTag(claim: Claim) -> impl IntoView {
    let (kind, icon, waiting) = (claim.kind(), claim.icon(), claim.waiting());
    let more = (waiting > 0).then(|| {
        view! { <span class="nowrap">{move || words::car::waiting(lang(), waiting)}</span> }
    });
    view! {
        <span class="claim" data-kind=kind>
            {icon.map(|icon| view! { <Glyph icon size=Size::Small /> })}
            <span class="clip">{claim.said()}</span>
            {more}
        </span>
    }
}
