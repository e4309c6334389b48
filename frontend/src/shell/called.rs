//! Somebody has written a note that calls me: it is said once, quietly, with the way to it.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::calls::use_calls;
use crate::live::use_live;
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::toast::use_toasts;
use crate::words::{self, lang_untracked};

/// Follows the calls for as long as the shell is there.
pub fn follow_calls() {
    let (calls, toasts, masters) = (use_calls(), use_toasts(), use_masters());
    let pathname = use_location().pathname;
    use_live().on_news(move |news| {
        if news.all || !news.calls.is_empty() {
            calls.count();
        }
        let lang = lang_untracked();
        let (said, page) = match news.calls.as_slice() {
            [] => return,
            [(lead, by)] => {
                let by = by.map_or_else(
                    || words::history::by_machine(lang).to_owned(),
                    |by| words::mentions::writer(lang, masters.assignee_name(Some(by), lang)),
                );
                (words::mentions::arrived(lang, by), Page::Lead(*lead))
            }
            several => (words::mentions::several(lang, several.len()), Page::Mentions),
        };
        let here = pathname.with_untracked(|path| Page::at(path));
        // There it stands before their eyes.
        if here == Some(page) || here == Some(Page::Mentions) {
            toasts.say(said);
        } else {
            toasts.say_with_way(said, page.href());
        }
    });
}
