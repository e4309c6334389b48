//! The code of an invitation: out of the address, or typed.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::{Joining, Step};
use crate::api::ApiError;
use crate::code::{grouped, in_address, is_whole};
use crate::editor::focus;
use crate::routes::Page;
use crate::ui::button::{Button, Kind, LinkButton, Size};
use crate::ui::failure::FailureNotice;
use crate::ui::field::{TextField, Typing};
use crate::words::{self, lang, t};

const FIELD: &str = "code";
const TYPING: Typing = Typing {
    kind: Some("text"),
    inputmode: Some("text"),
    autocomplete: Some("off"),
    enterkeyhint: Some("next"),
    placeholder: None,
};

/// The code behind `#`, which then stands no longer in the address: neither in the history nor before other eyes.
pub fn taken_from_address() -> Option<String> {
    let code = in_address()?;
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&Page::Join.href()));
    }
    Some(code)
}

/// The field for the code, and why the last one was of no use.
#[component]
pub fn CodeForm(joining: Joining, refused: Option<ApiError>) -> impl IntoView {
    let typed = RwSignal::new(grouped(&joining.code.get_untracked()));
    let sent = RwSignal::new(false);
    let error = Signal::derive(move || {
        (sent.get() && !typed.with(|typed| is_whole(typed))).then(|| words::join::code_form(lang()).to_owned())
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sent.set(true);
        typed.update(|typed| *typed = grouped(typed));
        if typed.with_untracked(|typed| is_whole(typed)) {
            joining.look(typed.get_untracked());
        } else {
            leptos::task::spawn_local(focus(FIELD.to_owned()));
        }
    };
    let busy = Signal::derive(move || joining.step.with(|step| *step == Step::Looking));
    let failure = refused.map(|error| {
        let title = if error.status() == 410 { words::join::ended } else { words::join::not_read };
        view! { <FailureNotice failure=Signal::stored(error.into()) title /> }
    });
    view! {
        <form class="stack" novalidate on:submit=send>
            {failure}
            <TextField
                name=FIELD
                label=Signal::derive(move || words::join::code(lang()).to_owned())
                value=typed
                on_type=Callback::new(move |text| typed.set(text))
                on_leave=Callback::new(move |()| typed.update(|typed| *typed = grouped(typed)))
                typing=TYPING
                hint=Signal::derive(move || Some(words::join::code_hint(lang()).to_owned()))
                error
            />
            <Button kind=Kind::Primary size=Size::Large role="submit" busy>{t(words::join::next)}</Button>
            <p><LinkButton href=Page::SignIn.href() kind=Kind::Quiet>{t(words::join::to_sign_in)}</LinkButton></p>
        </form>
    }
}
