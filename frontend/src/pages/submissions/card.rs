//! One submission: why it was held, what was sent, and what to make of it.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};
use noren_api::forms::Submission;
use noren_domain::FormSubmissionId;
use noren_domain::form::Input;

use super::words_of;
use crate::api::{Api, ApiError, idempotency_key, use_api};
use crate::live::use_live;
use crate::routes::Page;
use crate::session::use_counts;
use crate::ui::button::{Button, Kind};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::dialog::Dialog;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::{Glyph, Icon, Size};
use crate::ui::toast::use_toasts;
use crate::words::{self, lang, lang_untracked, t};

/// What a person makes of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Accept,
    Dismiss,
}

#[component]
pub fn SubmissionCard(
    submission: Submission,
    /// Somebody has decided, here or elsewhere.
    on_settled: Callback<()>,
) -> impl IntoView {
    let Submission { id, form_name, suspicions, answers, visit, origin, received_at, .. } = submission;
    let heads = [Input::Name, Input::Company].into_iter().find(|input| !answers.text(*input).trim().is_empty());
    let called = heads.map(|input| answers.text(input).trim().to_owned());
    let whom = Signal::derive(move || called.clone().unwrap_or_else(|| words::lead::nameless(lang()).to_owned()));
    let settle = settling(id, on_settled);
    let shown = Signal::derive(move || date::near(received_at, use_ticker().get_untracked(), lang()));
    let reasons = suspicions.into_iter().map(|suspicion| {
        view! {
            <li class="reason">
                <Glyph icon=Icon::Alert size=Size::Small />
                <span>{t(words_of::suspicion(suspicion))}</span>
            </li>
        }
    });
    let said = |(input, text): &(Input, String)| Some(*input) != heads && !text.trim().is_empty();
    let facts = answers.0.into_iter().filter(said).map(|(input, text)| {
        view! {
            <dt>{t(words_of::input(input))}</dt>
            <dd class="sent" data-long=(input == Input::Message).then_some("")>{text}</dd>
        }
    });
    let page = visit.landing_page.or(origin).map(|page| {
        view! {
            <dt>{t(words::submissions::page)}</dt>
            <dd class="sent">{page}</dd>
        }
    });
    view! {
        <li>
            <article class="card submission">
                <header>
                    <h2 class="as-card">{whom}</h2>
                    <time class="push nowrap t-meta t-3" datetime=date::machine(received_at)>{shown}</time>
                </header>
                <div class="body stack">
                    <ul class="reasons" aria-label=t(words::submissions::why)>{reasons.collect_view()}</ul>
                    <dl class="facts">
                        {facts.collect_view()}
                        <dt>{t(words::submissions::form)}</dt>
                        <dd class="sent">{form_name}</dd>
                        {page}
                    </dl>
                    <Ways whom settle />
                </div>
            </article>
        </li>
    }
}

type Settling = Action<Verdict, Result<(), ApiError>>;

/// Sends the verdict. An accepted one leads to its lead.
fn settling(id: FormSubmissionId, on_settled: Callback<()>) -> Settling {
    let (api, live, counts, toasts, navigate) = (use_api(), use_live(), use_counts(), use_toasts(), use_navigate());
    Action::new_local(move |verdict: &Verdict| {
        let (verdict, navigate) = (*verdict, navigate.clone());
        async move {
            match send(api, id, verdict).await {
                Ok(Submission { lead_id: Some(lead), .. }) => {
                    live.wrote(lead);
                    counts.0.refetch();
                    toasts.say(words::submissions::accepted(lang_untracked()));
                    if on_settled.try_run(()).is_some() {
                        navigate(&Page::Lead(lead).href(), leptos_router::NavigateOptions::default());
                    }
                }
                Ok(_) => {
                    toasts.say(words::submissions::dismissed(lang_untracked()));
                    on_settled.try_run(());
                }
                Err(error) if error.code() == "settled" => {
                    toasts.say(words::submissions::settled(lang_untracked()));
                    on_settled.try_run(());
                }
                Err(error) => return Err(error),
            }
            Ok(())
        }
    })
}

async fn send(api: Api, id: FormSubmissionId, verdict: Verdict) -> Result<Submission, ApiError> {
    let key = idempotency_key();
    match verdict {
        Verdict::Accept => api.accept_submission(id, key).await,
        Verdict::Dismiss => api.dismiss_submission(id, key).await,
    }
}

/// The two ways on. Dismissing cannot be taken back, so it is asked first.
#[component]
fn Ways(whom: Signal<String>, settle: Settling) -> impl IntoView {
    let asking = RwSignal::new(false);
    let (toasts, pathname) = (use_toasts(), use_location().pathname);
    // The card goes from under the question when somebody else is faster; whoever leaves the page is told nothing.
    on_cleanup(move || {
        let still_here = pathname.with_untracked(|path| Page::at(path)) == Some(Page::Submissions);
        if asking.get_untracked() && still_here {
            toasts.say(words::submissions::settled(lang_untracked()));
        }
    });
    let accept = Callback::new(move |()| {
        settle.dispatch_local(Verdict::Accept);
    });
    let dismiss = Callback::new(move |()| {
        asking.set(false);
        settle.dispatch_local(Verdict::Dismiss);
    });
    let failure = move || {
        let error = settle.value().get().and_then(Result::err).filter(|_| !settle.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::submissions::not_settled /> })
    };
    view! {
        {failure}
        <div class="line ways" data-wrap>
            <Button kind=Kind::Quiet busy=settle.pending() on_click=Callback::new(move |()| asking.set(true))>
                {t(words::submissions::dismiss)}
            </Button>
            <span class="push"></span>
            <Button kind=Kind::Soft icon=Icon::Leads busy=settle.pending() on_click=accept>
                {t(words::submissions::accept)}
            </Button>
        </div>
        <Dialog open=asking title=Signal::derive(move || words::submissions::ask_dismiss(lang(), whom.get()))>
            <div class="dialog-body">
                <p>{t(words::submissions::dismiss_what)}</p>
            </div>
            <footer>
                <Button kind=Kind::Quiet on_click=Callback::new(move |()| asking.set(false))>{t(words::common::cancel)}</Button>
                <Button kind=Kind::Primary on_click=dismiss>{t(words::submissions::dismiss_really)}</Button>
            </footer>
        </Dialog>
    }
}
