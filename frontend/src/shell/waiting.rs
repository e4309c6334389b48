//! What waits to be sent: a line at the top, and the way to it.

use leptos::prelude::*;

use crate::queue::{Entry, use_queue};
use crate::routes::Page;
use crate::ui::button::{Kind, LinkButton};
use crate::ui::clock;
use crate::ui::icon::{Glyph, Icon, Size};
use crate::words::{self, lang, t};

/// Something that goes by itself as soon as there is a network.
fn goes(entry: &Entry) -> bool {
    entry.is_ready(clock::by_device().timestamp_millis())
}

#[component]
pub fn WaitingMark() -> impl IntoView {
    let entries = use_queue().entries();
    let counted = Memo::new(move |_| {
        entries.with(|entries| (entries.len(), entries.iter().filter(|entry| !goes(entry)).count()))
    });
    let said = move || {
        let (all, stuck) = counted.get();
        (all > 0).then(|| {
            let (tone, icon, words) = if stuck > 0 {
                (None, Icon::Alert, words::queue::stuck(lang(), stuck))
            } else {
                (Some("accent"), Icon::Clock, words::queue::waiting(lang(), all))
            };
            view! {
                <div class="link-mark" data-tone=tone>
                    <Glyph icon size=Size::Small />
                    <span>{words}</span>
                    <LinkButton href=Page::Queue.href() kind=Kind::Quiet>{t(words::queue::show)}</LinkButton>
                </div>
            }
        })
    };
    view! { <div role="status">{said}</div> }
}
