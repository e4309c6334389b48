//! 状態を変える: the next step by one tap, the others in a dialog.

use leptos::prelude::*;
use noren_domain::lead::LeadStatus;

use super::hands::{Hands, is_past};
use super::sheet::Sheet;
use crate::api::ApiError;
use crate::pages::leads::lines;
use crate::ui::button::{Button, Kind, Size};
use crate::ui::choice::{Choice, Choices};
use crate::ui::dialog::Dialog;
use crate::ui::field::TextField;
use crate::ui::icon::Icon;
use crate::words::{self, lang, t};

/// The next step, one tap away.
#[component]
pub fn MainMove(from: LeadStatus, to: LeadStatus) -> impl IntoView {
    let (hands, key) = (Hands::take(), Hands::move_key());
    let go = Action::new_local(move |(): &()| async move {
        if let Err(error) = hands.move_to(to, None, key).await {
            hands.say_why(&error);
        }
    });
    view! {
        <Button
            kind=Kind::Soft
            size=Size::Large
            icon=Icon::Check
            busy=go.pending()
            on_click=Callback::new(move |()| {
                go.dispatch_local(());
            })
        >
            {t(lines::move_label(from, to))}
        </Button>
    }
}

/// The other moves, in a dialog.
#[component]
pub fn MoveButton(open: RwSignal<bool>, from: LeadStatus, rest: Vec<LeadStatus>) -> impl IntoView {
    let title = Signal::derive(move || words::moves::title(lang()).to_owned());
    let rest = StoredValue::new(rest);
    view! {
        <Button icon=Icon::Swap short=words::moves::short on_click=Callback::new(move |()| open.set(true))>{t(words::moves::title)}</Button>
        <Dialog open title>
            <MoveSheet open from rest=rest.get_value() />
        </Dialog>
    }
}

#[component]
fn MoveSheet(open: RwSignal<bool>, from: LeadStatus, rest: Vec<LeadStatus>) -> impl IntoView {
    let (hands, key) = (Hands::take(), Hands::move_key());
    let first = rest.first().copied().unwrap_or(from);
    let (to, reason) = (RwSignal::new(first), RwSignal::new(String::new()));
    let choices = move || {
        rest.iter().map(|to| Choice::new(to.as_str(), lines::move_label(from, *to)(lang()))).collect::<Vec<_>>()
    };
    let choose = Callback::new(move |name: String| {
        to.set(LeadStatus::ALL.into_iter().find(|known| known.as_str() == name).unwrap_or(first));
    });
    let missing = RwSignal::new(false);
    let save = Action::new_local(move |(): &()| async move {
        let given = Some(reason.get_untracked().trim().to_owned()).filter(|reason| !reason.is_empty());
        let moved = hands.move_to(to.get_untracked(), given, key).await;
        match moved {
            // The sheet offers what is past, and goes with the buttons.
            Err(error) if is_past(&error) => hands.say_why(&error),
            moved => moved?,
        }
        open.set(false);
        Ok::<(), ApiError>(())
    });
    let send = Callback::new(move |()| {
        let needed = to.get_untracked().needs_reason() && reason.with_untracked(|text| text.trim().is_empty());
        missing.set(needed);
        if !needed {
            save.dispatch_local(());
        }
    });
    let error = Signal::derive(move || missing.get().then(|| words::moves::reason_missing(lang()).to_owned()));
    view! {
        <Sheet open action=save failed=words::moves::failed save=words::moves::save send>
            <Choices
                name="move_to"
                legend=Signal::derive(move || words::moves::to(lang()).to_owned())
                choices=Signal::derive(choices)
                chosen=Signal::derive(move || to.get().as_str().to_owned())
                on_choose=choose
            />
            <TextField
                name="move_reason"
                label=Signal::derive(move || words::moves::reason(lang()).to_owned())
                value=reason
                on_type=Callback::new(move |text| reason.set(text))
                hint=Signal::derive(move || Some(words::moves::reason_hint(lang()).to_owned()))
                error
                rows=3
            />
        </Sheet>
    }
}
