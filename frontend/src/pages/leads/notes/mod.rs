//! メモを書く: something written down on a lead, perhaps for colleagues, whom ＠ calls.

pub mod called;
mod writing;

use leptos::prelude::*;

use self::called::Person;
use self::writing::Writing;
use super::actions::Hands;
use super::lines;
use crate::api::ApiError;
use crate::drafts::DraftKey;
use crate::session::use_masters;
use crate::ui::button::{Button, Kind};
use crate::ui::combo::is_composing;
use crate::ui::effect::effect;
use crate::ui::failure::FailureNotice;
use crate::ui::field::FieldFrame;
use crate::ui::icon::Icon;
use crate::words::{self, lang, lang_untracked, t};

/// Also the id of the text area.
const NAME: &str = "note_body";

#[component]
pub fn Composer() -> impl IntoView {
    let hands = Hands::take();
    let writing = begin(hands);
    let save = saving(hands, writing);
    let send = Callback::new(move |()| {
        if !save.pending().get_untracked() && writing.checked().is_some() {
            save.dispatch_local(());
        }
    });
    let failure = move || {
        let error = save.value().get().and_then(Result::err).filter(|_| !save.pending().get())?;
        let before = error.is_registered_before();
        let title = if before { words::problem::registered_before } else { words::note::failed };
        (error.fields().is_empty()).then(|| view! { <FailureNotice failure=Signal::stored(error.into()) title /> })
    };
    let hint = Signal::derive(move || Some(writing.hint()));
    let error = Signal::derive(move || writing.error());
    let label = Signal::derive(move || words::note::label(lang()).to_owned());
    view! {
        <form
            class="stack note-form"
            novalidate
            on:submit=move |ev| {
                ev.prevent_default();
                send.run(());
            }
        >
            <FieldFrame name=NAME.to_owned() label hint error required=Signal::stored(false)>
                <NoteArea writing send busy=save.pending().into() error />
            </FieldFrame>
            {failure}
            <div class="line">
                <Button kind=Kind::Quiet icon=Icon::At on_click=Callback::new(move |()| writing.write("@", 0))>
                    {t(words::note::call)}
                </Button>
                <span class="push"></span>
                <Button kind=Kind::Soft role="submit" busy=save.pending()>{t(words::note::save)}</Button>
            </div>
        </form>
    }
}

fn begin(hands: Hands) -> Writing {
    let (masters, lead) = (use_masters(), hands.lead());
    let people = masters.readers_of(lead.store_id).into_iter().map(|staff| Person {
        id: staff.id,
        name: staff.name.clone(),
        kana: staff.kana.clone(),
    });
    let writing = Writing::begin(DraftKey::note(masters.me.id, lead.id), people.collect());
    effect(move || {
        let whom = hands.view.lead.with_untracked(|lead| {
            lines::called(lead.profile.name.as_deref(), lead.profile.company.as_deref(), lang_untracked()).to_string()
        });
        writing.keep(whom);
    });
    writing
}

fn saving(hands: Hands, writing: Writing) -> Action<(), Result<(), ApiError>> {
    Action::new_local(move |(): &()| {
        let (note, id) = (writing.checked(), hands.lead().id);
        let (request, draft) = (writing.request.get_value(), writing.key.get_value());
        async move {
            let Some(note) = note else { return Ok(()) };
            let added = hands.api.add_note(id, note, request).await;
            if added.as_ref().err().is_none_or(ApiError::is_registered_before) {
                hands.refetch(id);
            }
            // The page may be left meanwhile.
            let here = writing.request.try_get_value().is_some();
            match added {
                Ok(_) => {
                    draft.forget();
                    hands.toasts.say(words::note::done(lang_untracked()));
                    if here {
                        writing.sent();
                    }
                    Ok(())
                }
                Err(error) => {
                    // What an earlier sending made stays as it is; sent once more, this is a note beside it.
                    if here && error.is_registered_before() {
                        writing.begin_another();
                    }
                    if here {
                        writing.refused(error.fields().to_vec());
                    }
                    Err(error)
                }
            }
        }
    })
}

/// The text area, with the colleagues under it while a name is typed.
#[component]
fn NoteArea(writing: Writing, send: Callback<()>, busy: Signal<bool>, error: Signal<Option<String>>) -> impl IntoView {
    let offers = Memo::new(move |_| writing.offers());
    let open = Memo::new(move |_| offers.with(|offers| !offers.is_empty()));
    let pick = Callback::new(move |at: usize| {
        if let Some(person) = offers.with_untracked(|offers| offers.get(at).cloned()) {
            writing.call(&person.name);
        }
    });
    let key = move |event| press(writing, &event, offers.with_untracked(Vec::len), send, pick);
    let described = move || if error.with(Option::is_some) { "note_body-error" } else { "note_body-hint" };
    view! {
        <div class="calling">
            <textarea
                node_ref=writing.area
                id=NAME
                name=NAME
                class="input"
                rows="1"
                readonly=busy
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                aria-autocomplete="list"
                aria-haspopup="listbox"
                aria-controls=writing.combo.id
                aria-activedescendant=move || open.get().then(|| writing.combo.active_id()).flatten()
                prop:value=writing.text
                on:input=move |_| writing.typed()
                on:keydown=key
                on:blur=move |_| writing.begun.set(None)
            ></textarea>
            <Offers writing offers open pick />
        </div>
    }
}

/// A key in the text area: while colleagues are offered, some are theirs.
fn press(writing: Writing, event: &web_sys::KeyboardEvent, count: usize, send: Callback<()>, pick: Callback<usize>) {
    if is_composing(event) {
        return;
    }
    let at = writing.combo.active.get_untracked().filter(|_| count > 0);
    match (event.key().as_str(), at) {
        ("Enter", _) if event.ctrl_key() || event.meta_key() => send.run(()),
        ("Enter" | "Tab", Some(at)) => pick.run(at),
        ("Escape", _) if count > 0 => writing.begun.set(None),
        _ if count > 0 && writing.combo.walk(event, count) => {}
        _ => return,
    }
    event.prevent_default();
}

/// The colleagues who may be meant.
#[component]
fn Offers(writing: Writing, offers: Memo<Vec<Person>>, open: Memo<bool>, pick: Callback<usize>) -> impl IntoView {
    effect(move || {
        if open.get() {
            writing.combo.show();
        }
    });
    let rows = move || {
        let rows = offers.get().into_iter().enumerate();
        rows.map(|(at, person)| offer(writing, at, person, pick)).collect_view()
    };
    view! {
        <p role="status" class="sr">
            {move || open.get().then(|| words::note::offered(lang(), offers.with(Vec::len)))}
        </p>
        // A tap must not take the cursor out of the text before it is a click.
        <div
            role="listbox"
            id=writing.combo.id
            class="offers floating"
            // It may be longer than there is room, and is no part of the field for a keyboard that scrolls.
            tabindex="0"
            hidden=move || !open.get()
            aria-label=t(words::note::colleagues)
            on:mousedown=|ev| ev.prevent_default()
        >
            {rows}
        </div>
    }
}

fn offer(writing: Writing, at: usize, person: Person, pick: Callback<usize>) -> AnyView {
    let combo = writing.combo;
    view! {
        <button
            type="button"
            role="option"
            id=combo.row_id(at)
            tabindex="-1"
            aria-selected=move || combo.is_active(at)
            on:click=move |_| pick.run(at)
        >
            <span class="clip">{person.name}</span>
            <small class="t-2 clip">{person.kana}</small>
        </button>
    }
    .into_any()
}
