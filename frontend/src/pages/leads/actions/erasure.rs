//! The inside of the dialog that erases a lead's person: what goes, what stays, why, and a tick that it is meant.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::leads::NewErasure;
use noren_domain::lead::{ErasureReason, MAX_NOTE};

use super::hands::Hands;
use super::sheet::Sheet;
use crate::api::ApiError;
use crate::editor::focus;
use crate::messages;
use crate::pages::leads::lines;
use crate::ui::choice::{Choice, Choices};
use crate::ui::field::TextField;
use crate::ui::later::Open;
use crate::words::{self, Lang, lang, lang_untracked, t};

/// Also the ids of the fields.
const NOTE: &str = "erase_note";
const SURE: &str = "erase_sure";

/// What is asked. `Copy`.
#[derive(Clone, Copy)]
struct Asked {
    reason: RwSignal<ErasureReason>,
    note: RwSignal<String>,
    sure: RwSignal<bool>,
    /// Whether somebody wanted to go on, so that what is missing is said.
    tried: RwSignal<bool>,
}

impl Asked {
    fn new() -> Self {
        Self {
            reason: RwSignal::new(ErasureReason::Requested),
            note: RwSignal::new(String::new()),
            sure: RwSignal::new(false),
            tried: RwSignal::new(false),
        }
    }

    fn lacks_note(self) -> bool {
        self.reason.get().needs_note() && self.note.with(|note| note.trim().is_empty())
    }

    fn is_too_long(self) -> bool {
        self.note.with(|note| note.trim().chars().count() > MAX_NOTE)
    }

    /// The first field that wants something.
    fn first_wrong(self) -> Option<&'static str> {
        let note_is_wrong = untrack(|| self.lacks_note() || self.is_too_long());
        let unsure = !self.sure.get_untracked();
        [(note_is_wrong, NOTE), (unsure, SURE)].into_iter().find_map(|(wrong, field)| wrong.then_some(field))
    }

    fn said(self) -> NewErasure {
        let note = self.note.get_untracked().trim().to_owned();
        NewErasure { reason: self.reason.get_untracked(), note: Some(note).filter(|note| !note.is_empty()) }
    }

    /// What is wrong with the note, as it stands or as the server said.
    fn note_error(self, refused: Option<ApiError>) -> Option<String> {
        if self.tried.get() && self.lacks_note() {
            return Some(words::erasure::note_missing(lang()).to_owned());
        }
        if self.is_too_long() {
            return Some(words::field_problem::too_long_by(lang(), MAX_NOTE));
        }
        let broken = refused?.fields().iter().find(|broken| broken.field == "note")?.clone();
        let names = broken.code == "erasure.personal";
        Some(if names { words::erasure::note_personal(lang()).to_owned() } else { messages::field(&broken, lang()) })
    }
}

fn reason_name(reason: ErasureReason) -> fn(Lang) -> &'static str {
    match reason {
        ErasureReason::Requested => words::erasure::requested,
        ErasureReason::Expired => words::erasure::expired,
        ErasureReason::Mistaken => words::erasure::mistaken,
    }
}

#[component]
pub fn EraseSheet() -> impl IntoView {
    let (Open(open), hands, asked) = (expect_context(), Hands::take(), Asked::new());
    let save = erasing(hands, asked, open);
    let send = Callback::new(move |()| {
        asked.tried.set(true);
        match asked.first_wrong() {
            Some(field) => spawn_local(focus(field.to_owned())),
            None => {
                save.dispatch_local(());
            }
        }
    });
    let refused = move || save.value().get().and_then(Result::err).filter(|_| !save.pending().get());
    let error = Signal::derive(move || asked.note_error(refused()));
    view! {
        <Sheet open action=save failed=words::erasure::failed save=words::erasure::go send>
            <p>{t(words::erasure::goes)}</p>
            <p>{t(words::erasure::stays)}</p>
            <Reasons asked />
            <TextField
                name=NOTE
                label=Signal::derive(move || words::erasure::note(lang()).to_owned())
                value=asked.note
                on_type=Callback::new(move |text| asked.note.set(text))
                hint=Signal::derive(move || Some(words::erasure::note_hint(lang()).to_owned()))
                required=Signal::derive(move || asked.reason.get().needs_note())
                error
                rows=2
            />
            <Sure asked />
        </Sheet>
    }
}

/// Erases the person of the lead in the version that the page shows.
fn erasing(hands: Hands, asked: Asked, open: RwSignal<bool>) -> Action<(), Result<(), ApiError>> {
    Action::new_local(move |(): &()| async move {
        let lead = hands.lead();
        let erased = hands.api.erase_lead(lead.id, lead.version, asked.said()).await;
        // What was refused for what is typed is mended here; otherwise the lead is another one by now.
        if erased.as_ref().err().is_none_or(|error| error.fields().is_empty()) {
            hands.refetch(lead.id);
        }
        erased?;
        hands.toasts.say(words::erasure::done(lang_untracked()));
        open.set(false);
        Ok(())
    })
}

#[component]
fn Reasons(asked: Asked) -> impl IntoView {
    let choices = move || {
        let choice = |reason: ErasureReason| Choice::new(reason.as_str(), reason_name(reason)(lang()));
        ErasureReason::ALL.into_iter().map(choice).collect::<Vec<_>>()
    };
    let choose = Callback::new(move |name: String| {
        if let Some(reason) = ErasureReason::ALL.into_iter().find(|known| known.as_str() == name) {
            asked.reason.set(reason);
        }
    });
    view! {
        <Choices
            name="erase_reason"
            legend=Signal::derive(move || words::erasure::reason(lang()).to_owned())
            choices=Signal::derive(choices)
            chosen=Signal::derive(move || asked.reason.get().as_str().to_owned())
            on_choose=choose
        />
    }
}

/// The tick, which names whom it is about.
#[component]
fn Sure(asked: Asked) -> impl IntoView {
    let lead = Hands::take().view.lead;
    let whom = move || {
        lead.with(|lead| {
            let profile = &lead.profile;
            lines::called(profile.name.as_deref(), profile.company.as_deref(), lang()).to_string()
        })
    };
    let missing = Memo::new(move |_| asked.tried.get() && !asked.sure.get());
    let described = move || missing.get().then(|| format!("{SURE}-error"));
    view! {
        <div>
            <label class="check">
                <input
                    type="checkbox"
                    id=SURE
                    aria-invalid=move || missing.get().then_some("true")
                    aria-describedby=described
                    prop:checked=asked.sure
                    on:change:target=move |ev| asked.sure.set(ev.target().checked())
                />
                <span>{move || words::erasure::sure(lang(), whom())}</span>
            </label>
            {move || missing.get().then(|| view! { <p class="error" id=format!("{SURE}-error")>{t(words::erasure::sure_missing)}</p> })}
        </div>
    }
}
