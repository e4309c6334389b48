//! 延長: the car is kept for longer, counted from now.

use leptos::prelude::*;
use noren_api::holds::Hold;
use noren_domain::{HoldId, Timestamp};

use super::Line;
use super::hours::{Hours, USUAL};
use super::standing::Standing;
use crate::api::ApiError;
use crate::holds::use_my_holds;
use crate::ui::button::{Button, Kind, Size};
use crate::ui::clock;
use crate::ui::date;
use crate::ui::dialog::Dialog;
use crate::ui::failure::FailureNotice;
use crate::ui::toast::use_toasts;
use crate::words::{self, Lang, lang, lang_untracked, t};

/// Which claim is to be kept for longer, and whether that is being asked. `Copy`.
#[derive(Clone, Copy)]
pub struct Extending {
    of: RwSignal<Option<HoldId>>,
    open: RwSignal<bool>,
}

impl Extending {
    pub fn new() -> Self {
        Self { of: RwSignal::new(None), open: RwSignal::new(false) }
    }

    pub fn begin(self) -> Callback<HoldId> {
        Callback::new(move |id| {
            self.of.set(Some(id));
            self.open.set(true);
        })
    }
}

#[component]
pub fn ExtendDialog(extending: Extending, line: Line, standing: Memo<Standing>) -> impl IntoView {
    let open = extending.open;
    view! {
        <Dialog open title=Signal::derive(move || words::hold::extend_title(lang()).to_owned())>
            <ExtendSheet extending line standing />
        </Dialog>
    }
}

#[component]
fn ExtendSheet(extending: Extending, line: Line, standing: Memo<Standing>) -> impl IntoView {
    let Extending { of, open } = extending;
    let (holds, toasts, hours) = (use_my_holds(), use_toasts(), RwSignal::new(USUAL));
    // As it was seen; where it is gone from the line meanwhile, the server says why it cannot be.
    let seen = StoredValue::new(of.get_untracked().and_then(|id| standing.with_untracked(|now| now.of(id).cloned())));
    let extend = Action::new_local(move |(): &()| async move {
        let known = seen.get_value();
        let now = known.as_ref().and_then(|seen| standing.with_untracked(|now| now.of(seen.id).cloned()));
        let Some(hold) = now.or(known) else { return Ok(()) };
        let extended = holds.extend(hold, hours.get_untracked()).await;
        line.refetch();
        toasts.say(reached(&extended?, clock::now(), lang_untracked()));
        open.try_set(false);
        Ok::<(), ApiError>(())
    });
    let failure = move || {
        let error = extend.value().get().and_then(Result::err).filter(|_| !extend.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::hold::not_extended /> })
    };
    let send = Callback::new(move |()| {
        extend.dispatch_local(());
    });
    view! {
        <div class="dialog-body">
            {failure}
            <Hours legend=words::hold::extend_how chosen=hours later=false />
        </div>
        <footer>
            <Button kind=Kind::Quiet on_click=Callback::new(move |()| open.set(false))>{t(words::common::cancel)}</Button>
            <Button kind=Kind::Primary size=Size::Large busy=extend.pending() on_click=send>{t(words::hold::extend_do)}</Button>
        </footer>
    }
}

fn reached(hold: &Hold, now: Timestamp, lang: Lang) -> String {
    match (hold.wanted_until, hold.expires_at) {
        (None, Some(until)) => words::hold::extended(lang, date::near(until, now, lang)),
        _ => words::hold::extension_asked(lang).to_owned(),
    }
}
