//! 交替: those who signed in on this tablet go on there, each by their PIN.

mod pad;

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::auth::{PersonHere, Unlock};

pub use self::pad::PinPad;
use crate::api::{ApiError, use_api};
use crate::pages::sign_in::PasskeyWay;
use crate::ui::button::{Button, Kind};
use crate::ui::failure::FailureNotice;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::notice::{Notice, Tone};
use crate::words::{self, lang, t};

/// What became of the last PIN.
#[derive(Clone, Debug, Default, PartialEq)]
enum Outcome {
    #[default]
    Nothing,
    Wrong,
    /// The full sign-in is asked for.
    Ended,
    Failed(ApiError),
}

/// The people of this tablet, and the way to the full sign-in.
#[component]
pub fn TurnsPage(people: Vec<PersonHere>, on_password: Callback<()>) -> impl IntoView {
    let api = use_api();
    let alone = (people.len() == 1).then(|| people[0].clone());
    let (people, chosen) = (RwSignal::new(people), RwSignal::new(alone));
    let (outcome, busy, typed) = (RwSignal::new(Outcome::Nothing), RwSignal::new(false), RwSignal::new(String::new()));
    let send = Callback::new(move |person: PersonHere| {
        let unlock = Unlock { session_id: person.session_id, pin: typed.get_untracked() };
        busy.set(true);
        spawn_local(async move {
            // Once it is open, the app goes on and this page is gone.
            let Err(error) = api.unlock(unlock).await else { return };
            let _ = typed.try_set(String::new());
            let _ = busy.try_set(false);
            let became = match (error.status(), error.code()) {
                (401, "auth.pin") => Outcome::Wrong,
                (401, _) => Outcome::Ended,
                _ => Outcome::Failed(error),
            };
            if became == Outcome::Ended {
                let _ = chosen.try_set(None);
                let _ = people.try_update(|people| people.retain(|other| other.session_id != person.session_id));
            }
            let _ = outcome.try_set(became);
        });
    });
    let choose = Callback::new(move |person: Option<PersonHere>| {
        typed.set(String::new());
        outcome.set(Outcome::Nothing);
        chosen.set(person);
    });
    let said = move || match outcome.get() {
        Outcome::Nothing => None,
        Outcome::Wrong => Some(
            view! { <Notice icon=Icon::Alert tone=Tone::Danger><p role="alert">{t(words::turns::wrong)}</p></Notice> }
                .into_any(),
        ),
        Outcome::Ended => {
            Some(view! { <Notice icon=Icon::Alert><p role="alert">{t(words::turns::ended)}</p></Notice> }.into_any())
        }
        Outcome::Failed(error) => {
            Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::turns::failed /> }.into_any())
        }
    };
    let body = move || match chosen.get() {
        None if people.with(Vec::is_empty) => ().into_any(),
        None => view! { <People people on_choose=choose /> }.into_any(),
        Some(person) => {
            let name = person.name.clone();
            let full = Callback::new(move |()| send.run(person.clone()));
            view! { <PinPad name typed busy on_full=full /> }.into_any()
        }
    };
    let somebody_else = move || {
        let several = chosen.with(Option::is_some) && people.with(|people| people.len() > 1);
        let back = Callback::new(move |()| choose.run(None));
        several.then(|| view! { <Button kind=Kind::Quiet on_click=back>{t(words::turns::people)}</Button> })
    };
    view! {
        <div class="turns stack">
            {said}
            {body}
            <div class="turns-ways">
                {somebody_else}
                <PasskeyWay />
                <Button kind=Kind::Quiet on_click=on_password>{t(words::turns::full)}</Button>
            </div>
        </div>
    }
}

#[component]
fn People(people: RwSignal<Vec<PersonHere>>, on_choose: Callback<Option<PersonHere>>) -> impl IntoView {
    let row = move |person: PersonHere| {
        let (name, kana) = (person.name.clone(), person.kana.clone());
        view! {
            <li>
                <button type="button" class="turn" on:click=move |_| on_choose.run(Some(person.clone()))>
                    <Glyph icon=Icon::Person />
                    <span class="turn-name">
                        <b class="t-lead">{name}</b>
                        <span class="t-meta t-3">{kana}</span>
                    </span>
                </button>
            </li>
        }
    };
    view! {
        <p class="t-2">{t(words::turns::choose)}</p>
        <ul class="turn-list" aria-label=move || words::turns::title(lang())>
            {move || people.get().into_iter().map(row).collect_view()}
        </ul>
    }
}
