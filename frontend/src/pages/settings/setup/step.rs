//! The frame of a step: how far one is, what is asked, and the ways on.

use leptos::prelude::*;
use noren_domain::company::SetupStep;

use super::Run;
use crate::api::ApiError;
use crate::editor::FormHead;
use crate::routes::Page;
use crate::ui::button::{BackLink, Button, Kind, Size};
use crate::ui::failure::FailureNotice;
use crate::words::{self, Lang, lang, t};

/// With the first administrator before them.
const ALL: usize = SetupStep::ALL.len() + 1;

/// How far one is.
#[component]
pub fn Progress(step: SetupStep) -> impl IntoView {
    let at = step as usize + 2;
    view! { <span class="push t-meta t-2 num">{move || words::setup::progress(lang(), ALL, at)}</span> }
}

/// Goes on without what is asked.
#[component]
pub fn Skip(run: Run, to: Option<SetupStep>) -> impl IntoView {
    let skip = Action::new_local(move |(): &()| run.go(to));
    let on_click = Callback::new(move |()| {
        skip.dispatch_local(());
    });
    view! { <Button kind=Kind::Quiet busy=skip.pending() on_click>{t(words::setup::later)}</Button> }
}

/// A step that is no form of one record.
#[component]
pub fn StepPage(
    run: Run,
    step: SetupStep,
    title: fn(Lang) -> &'static str,
    lead: fn(Lang) -> &'static str,
    next_label: fn(Lang) -> &'static str,
    next: Option<SetupStep>,
    children: Children,
) -> impl IntoView {
    let go = Action::new_local(move |(): &()| run.go(next));
    let on_click = Callback::new(move |()| {
        go.dispatch_local(());
    });
    let failure = move || {
        let error: ApiError = go.value().get().and_then(Result::err).filter(|_| !go.pending().get())?;
        Some(
            view! { <FailureNotice failure=Signal::stored(error.into()) title=words::setup::not_gone_on retry=on_click /> },
        )
    };
    view! {
        <div class="form">
            <FormHead title whom=Signal::stored(None) end=Some(view! { <Progress step /> }.into_any())>
                <BackLink href=Page::Settings.href() label=words::common::back />
            </FormHead>
            <div class="scroll form-body">
                <p class="t-2">{t(lead)}</p>
                {failure}
                {children()}
            </div>
            <footer class="actions">
                <span class="push"></span>
                <Button kind=Kind::Primary size=Size::Large busy=go.pending() on_click>{t(next_label)}</Button>
            </footer>
        </div>
    }
}
