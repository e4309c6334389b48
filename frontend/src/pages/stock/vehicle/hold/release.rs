//! 解除: the car is let go. What cannot be taken back is asked first; else the way back is offered.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::holds::{Hold, NewHold};
use noren_domain::HoldId;
use noren_domain::hold::HoldState;

use super::Line;
use super::claim::reached;
use super::standing::{Consequence, Standing};
use crate::api::{ApiError, idempotency_key};
use crate::holds::{MyHolds, use_my_holds};
use crate::ui::button::{Button, Kind};
use crate::ui::clock;
use crate::ui::dialog::Dialog;
use crate::ui::failure::Failure;
use crate::ui::toast::{Toasts, use_toasts};
use crate::words::{self, Lang, lang, lang_untracked, t};

/// What letting go needs. `Copy`; it outlives the card, because a toast does that offers the way back.
#[derive(Clone, Copy)]
pub struct Releasing {
    holds: MyHolds,
    toasts: Toasts,
    line: Line,
    standing: Memo<Standing>,
    /// What is asked about, while it is.
    asked: RwSignal<Option<(Hold, Consequence)>>,
    open: RwSignal<bool>,
}

impl Releasing {
    pub fn of(line: Line, standing: Memo<Standing>) -> Self {
        let (asked, open) = (RwSignal::new(None), RwSignal::new(false));
        Self { holds: use_my_holds(), toasts: use_toasts(), line, standing, asked, open }
    }

    /// Lets a claim go, or asks first.
    pub fn begin(self) -> Callback<HoldId> {
        Callback::new(move |id| {
            let Some(hold) = self.standing.with_untracked(|standing| standing.of(id).cloned()) else { return };
            match self.standing.with_untracked(|standing| standing.consequence(&hold)) {
                None => self.release(hold),
                Some(consequence) => {
                    self.asked.set(Some((hold, consequence)));
                    self.open.set(true);
                }
            }
        })
    }

    fn release(self, seen: Hold) {
        let hold = self.standing.with_untracked(|standing| standing.of(seen.id).cloned()).unwrap_or(seen);
        let may_return = hold.is_own && self.standing.with_untracked(|standing| standing.consequence(&hold)).is_none();
        let waited = hold.state == HoldState::Queued;
        spawn_local(async move {
            let released = self.holds.release(hold.clone()).await;
            self.line.refetch();
            let lang = lang_untracked();
            if let Err(error) = released {
                return self.toasts.say(refused(words::hold::not_released, error, lang));
            }
            let said = if waited { words::hold::left_line(lang) } else { words::hold::released(lang) };
            if may_return {
                let name = if waited { words::common::undo } else { words::hold::again };
                self.toasts.say_with_act(said, name, move || self.claim_again(hold.clone()));
            } else {
                self.toasts.say(said);
            }
        });
    }

    fn claim_again(self, before: Hold) {
        spawn_local(async move {
            let new = NewHold { hours: before.hours, lead_id: before.lead_id };
            let claimed = self.holds.place(before.stock_number, new, idempotency_key()).await;
            self.line.refetch();
            let lang = lang_untracked();
            self.toasts.say(match claimed {
                Ok(hold) => reached(&hold, clock::now(), lang),
                Err(error) => refused(words::hold::not_claimed, error, lang),
            });
        });
    }
}

/// What could not be done, and why.
fn refused(what: fn(Lang) -> &'static str, error: ApiError, lang: Lang) -> String {
    [what(lang), (Failure::from(error).sentence)(lang)].join(words::common::stop(lang))
}

#[component]
pub fn ReleaseDialog(releasing: Releasing) -> impl IntoView {
    let Releasing { asked, open, .. } = releasing;
    let waits = move || asked.with(|asked| asked.as_ref().is_some_and(|(hold, _)| hold.state == HoldState::Queued));
    let title = move || if waits() { words::hold::leave_ask(lang()) } else { words::hold::release_ask(lang()) };
    let why = move || {
        asked.with(|asked| {
            asked.as_ref().map(|(_, consequence)| match consequence {
                Consequence::NextComesUp(name) => words::hold::release_next(lang(), name),
                Consequence::Theirs(name) => words::hold::release_theirs(lang(), name),
                Consequence::LosesPlace => words::hold::leave_why(lang()).to_owned(),
            })
        })
    };
    let name = move || if waits() { words::hold::leave(lang()) } else { words::hold::release_do(lang()) };
    let go = Callback::new(move |()| {
        open.set(false);
        if let Some((hold, _)) = asked.get_untracked() {
            releasing.release(hold);
        }
    });
    view! {
        <Dialog open title=Signal::derive(move || title().to_owned())>
            <div class="dialog-body">
                <p>{why}</p>
            </div>
            <footer>
                <Button kind=Kind::Quiet on_click=Callback::new(move |()| open.set(false))>{t(words::common::cancel)}</Button>
                <Button kind=Kind::Primary on_click=go>{name}</Button>
            </footer>
        </Dialog>
    }
}
