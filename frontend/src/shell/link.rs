//! Whether the screens follow: a line at the top once nothing has come for some seconds.

use leptos::prelude::*;

use crate::live::use_live;
use crate::ui::clock::use_ticker;
use crate::ui::icon::{Glyph, Icon, Size};
use crate::words::{self, t};

/// A connection that is away for less than this, in seconds, is not worth a word.
const PATIENCE: i64 = 4;

#[component]
pub fn LinkMark() -> impl IntoView {
    let (live, ticker) = (use_live(), use_ticker());
    let down =
        Memo::new(move |_| live.down_since().is_some_and(|since| (ticker.get() - since).num_seconds() >= PATIENCE));
    let online = Memo::new(move |_| down.get() && window().navigator().on_line());
    let said = move || {
        down.get().then(|| {
            let what = if online.get() { words::shell::reconnecting } else { words::shell::offline };
            view! {
                <p class="link-mark">
                    <Glyph icon=Icon::Offline size=Size::Small />
                    <span>{t(what)}</span>
                </p>
            }
        })
    };
    view! { <div role="status">{said}</div> }
}
