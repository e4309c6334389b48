//! The pictures of a car: by swipe, by the small ones below, by arrow keys, and over the whole screen.

use gloo_timers::future::TimeoutFuture;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::vehicles::VehiclePhoto;
use wasm_bindgen::JsCast as _;

use super::super::lines::Claim;
use super::super::shot::{ClaimTag, Shot};
use super::Shown;
use crate::session::use_masters;
use crate::ui::clock::use_ticker;
use crate::ui::effect::effect;
use crate::ui::icon::{Glyph, Icon};
use crate::words::{self, Lang, lang, t};

/// For how long nothing moves before a picture counts as looked at, in milliseconds.
const REST: u32 = 90;

/// The pictures, and which of them is in view. `Copy`.
#[derive(Clone, Copy)]
struct Roll {
    photos: Memo<Vec<VehiclePhoto>>,
    at: RwSignal<usize>,
    whole: RwSignal<bool>,
}

impl Roll {
    fn count(self) -> usize {
        self.photos.with(Vec::len)
    }

    fn step(self, by: isize) {
        let last = untrack(|| self.count()).saturating_sub(1);
        self.at.update(|at| *at = at.saturating_add_signed(by).min(last));
    }
}

#[component]
pub fn Gallery(car: Shown) -> impl IntoView {
    let photos = Memo::new(move |_| car.with(|car| car.photos.clone()));
    let roll = Roll { photos, at: RwSignal::new(0), whole: RwSignal::new(false) };
    let body = car.with_untracked(|car| car.build.body_type);
    let claim = move || {
        let (me, now) = (use_masters().me.id, use_ticker().get_untracked());
        car.with(|car| Claim::of(car.status, car.hold.as_ref(), me, now, lang()))
            .map(|claim| view! { <ClaimTag claim /> })
    };
    move || {
        if photos.with(Vec::is_empty) {
            return view! { <div class="gallery"><Shot src=None body>{claim}</Shot></div> }.into_any();
        }
        view! {
            <section class="gallery" aria-label=t(words::vehicle::photos)>
                <div class="reel-frame">
                    <Reel roll here=Place::Page />
                    {claim}
                    <Steps roll />
                    <button
                        class="btn over whole-screen"
                        type="button"
                        aria-label=t(words::vehicle::whole_screen)
                        on:click=move |_| roll.whole.set(true)
                    >
                        <Glyph icon=Icon::Expand />
                    </button>
                    <Count roll />
                </div>
                <Thumbs roll />
                <WholeScreen roll />
            </section>
        }
        .into_any()
    }
}

/// Where a reel is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Page,
    Screen,
}

/// The pictures beside one another; what is swiped into view counts as looked at.
#[component]
fn Reel(roll: Roll, here: Place) -> impl IntoView {
    let reel = NodeRef::<html::Div>::new();
    let shown = move || (roll.whole.get() == (here == Place::Screen)).then(|| reel.get()).flatten();
    // The picture in view follows the number, and the number follows the swipe.
    effect(move || {
        let (at, Some(reel)) = (roll.at.get(), shown()) else { return };
        // By then a dialog that has just opened has its width.
        request_animation_frame(move || {
            if at != position(&reel) {
                reel.set_scroll_left(i32::try_from(at).unwrap_or(0) * reel.client_width());
            }
        });
    });
    let moves = StoredValue::new(0_u32);
    let swiped = move |_| {
        moves.update_value(|moves| *moves += 1);
        let mine = moves.get_value();
        spawn_local(async move {
            TimeoutFuture::new(REST).await;
            if moves.try_get_value() != Some(mine) {
                return;
            }
            if let Some(at) = untrack(shown).map(|reel| position(&reel)).filter(|at| roll.at.get_untracked() != *at) {
                roll.at.set(at);
            }
        });
    };
    let key = move |event: web_sys::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowRight" => roll.step(1),
            "ArrowLeft" => roll.step(-1),
            _ => return,
        }
        event.prevent_default();
    };
    let photo = move |(at, photo): (usize, VehiclePhoto)| {
        let loading = if at == 0 { "eager" } else { "lazy" };
        let alt = said(photo.caption.as_deref(), at, roll.photos.with_untracked(Vec::len), lang());
        view! { <img src=photo.large alt=alt loading=loading decoding="async" draggable="false" /> }
    };
    view! {
        <div class="reel" node_ref=reel tabindex="0" role="group" aria-label=t(words::vehicle::photos) on:scroll=swiped on:keydown=key>
            {roll.photos.get_untracked().into_iter().enumerate().map(photo).collect_view()}
        </div>
    }
}

/// Which picture lies in the middle.
fn position(reel: &web_sys::HtmlDivElement) -> usize {
    let width = reel.client_width().max(1);
    usize::try_from((reel.scroll_left() + width / 2) / width).unwrap_or(0)
}

fn said(caption: Option<&str>, at: usize, count: usize, lang: Lang) -> String {
    match caption {
        Some(caption) => words::vehicle::photo_named(lang, at + 1, caption, count),
        None => words::vehicle::photo_at(lang, at + 1, count),
    }
}

#[component]
fn Steps(roll: Roll) -> impl IntoView {
    let button = move |by: isize, label: fn(Lang) -> &'static str, icon: Icon, class: &'static str| {
        let at_end = move || if by < 0 { roll.at.get() == 0 } else { roll.at.get() + 1 >= roll.count() };
        view! {
            <button class=class type="button" aria-label=t(label) disabled=at_end on:click=move |_| roll.step(by)>
                <Glyph icon />
            </button>
        }
    };
    (roll.photos.with_untracked(Vec::len) > 1).then(|| {
        view! {
            {button(-1, words::vehicle::previous, Icon::Back, "btn over previous")}
            {button(1, words::vehicle::next, Icon::Next, "btn over next")}
        }
    })
}

#[component]
fn Count(roll: Roll) -> impl IntoView {
    view! {
        <span class="badge reel-count num" role="status">
            {move || words::vehicle::photo_at(lang(), roll.at.get() + 1, roll.count())}
        </span>
    }
}

#[component]
fn Thumbs(roll: Roll) -> impl IntoView {
    let strip = NodeRef::<html::Ul>::new();
    // The small one of the picture in view is brought to the middle of the strip; the page stays where it is.
    effect(move || {
        let (at, Some(strip)) = (roll.at.get(), strip.get()) else { return };
        let thumb = strip.query_selector(&format!("li:nth-child({})", at + 1)).ok().flatten();
        if let Some(thumb) = thumb.and_then(|thumb| thumb.dyn_into::<web_sys::HtmlElement>().ok()) {
            strip.set_scroll_left(thumb.offset_left() - (strip.client_width() - thumb.offset_width()) / 2);
        }
    });
    let thumb = move |(at, photo): (usize, VehiclePhoto)| {
        let label = move || words::vehicle::photo_nth(lang(), at + 1);
        view! {
            <li>
                <button
                    class="thumbnail"
                    type="button"
                    aria-label=label
                    aria-current=move || (roll.at.get() == at).then_some("true")
                    on:click=move |_| roll.at.set(at)
                >
                    <img src=photo.small alt="" loading="lazy" decoding="async" />
                </button>
            </li>
        }
    };
    let photos = roll.photos.get_untracked();
    (photos.len() > 1).then(|| {
        view! { <ul class="thumbnails" node_ref=strip>{photos.into_iter().enumerate().map(thumb).collect_view()}</ul> }
    })
}

/// Nothing but the pictures, as the native dialog that Escape closes.
#[component]
fn WholeScreen(roll: Roll) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    effect(move || {
        let (open, Some(dialog)) = (roll.whole.get(), dialog.get()) else { return };
        if open && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog class="screen" node_ref=dialog aria-label=t(words::vehicle::photos) on:close=move |_| roll.whole.set(false)>
            {move || {
                roll.whole.get().then(|| {
                    view! {
                        <Reel roll here=Place::Screen />
                        <Steps roll />
                        <Count roll />
                        <button
                            class="btn over whole-screen"
                            type="button"
                            aria-label=t(words::common::close)
                            on:click=move |_| roll.whole.set(false)
                        >
                            <Glyph icon=Icon::Close />
                        </button>
                    }
                })
            }}
        </dialog>
    }
}
