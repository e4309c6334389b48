//! How the public will see it: the server draws the page, and a frame shows it in which no script runs.

use gloo_timers::future::TimeoutFuture;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::FieldProblem;
use noren_api::forms::FormContent;

use super::FormWork;
use super::content::Part;
use crate::api::{ApiError, use_api};
use crate::pages::settings::content::{Content as _, Part as _};
use crate::ui::button::{Button, Kind};
use crate::ui::effect::effect;
use crate::ui::icon::Icon;
use crate::ui::notice::Notice;
use crate::words::{self, Lang, lang, t};

/// How long typing has to rest before the page is drawn anew, in milliseconds.
const REST: u32 = 350;

const ID: &str = "preview";

/// The way to the preview, where it does not stand beside what is typed.
#[component]
pub fn PreviewLink() -> impl IntoView {
    let go = Callback::new(|()| {
        if let Some(preview) = document().get_element_by_id(ID) {
            preview.scroll_into_view();
        }
    });
    view! {
        <p class="to-preview">
            <Button kind=Kind::Secondary icon=Icon::Down on_click=go>{t(words::forms::preview)}</Button>
        </p>
    }
}

/// What the frame shows, and why it may not be what is typed.
#[derive(Clone, Copy)]
struct Shown {
    html: RwSignal<Option<String>>,
    error: RwSignal<Option<ApiError>>,
    waiting: RwSignal<bool>,
}

#[component]
pub fn Preview(work: FormWork) -> impl IntoView {
    let shown = Shown { html: RwSignal::new(None), error: RwSignal::new(None), waiting: RwSignal::new(true) };
    follow(work.content, shown);
    let frame = NodeRef::<html::Iframe>::new();
    // As high as its page, so that it stays where one looks when it is drawn anew.
    let fit = move |_| {
        let Some(frame) = frame.get_untracked() else { return };
        if let Some(page) = frame.content_document().and_then(|page| page.body()) {
            frame.set_height(&page.offset_height().to_string());
        }
    };
    let why = move || {
        let error = shown.error.get()?;
        let lines = why_not(&error, lang());
        Some(view! {
            <Notice icon=Icon::Alert>
                <div class="grow">
                    <p><b>{t(words::forms::not_previewed)}</b></p>
                    {lines.into_iter().map(|line| view! { <p class="t-meta">{line}</p> }).collect_view()}
                </div>
            </Notice>
        })
    };
    view! {
        <section class="card preview" id=ID aria-label=t(words::forms::preview)>
            <header>
                <h2 class="as-card">{t(words::forms::preview)}</h2>
                <span class="push t-meta t-3">{t(words::forms::preview_hint)}</span>
            </header>
            <div role="status">{why}</div>
            <div class="scroll paper" tabindex="0" aria-busy=move || shown.waiting.get().then_some("true") data-old=move || shown.error.with(Option::is_some).then_some("")>
                <iframe
                    node_ref=frame
                    height="600"
                    title=t(words::forms::preview)
                    // Without scripts it may be of our origin: only so can its height be read.
                    sandbox="allow-same-origin"
                    srcdoc=move || shown.html.get()
                    on:load=fit
                ></iframe>
            </div>
        </section>
    }
}

/// Asks for the page whenever what is typed has rested.
fn follow(content: RwSignal<FormContent>, shown: Shown) {
    let api = use_api();
    let turn = StoredValue::new(0_u32);
    effect(move || {
        let content = content.get().tidied();
        let mine = turn.get_value() + 1;
        turn.set_value(mine);
        shown.waiting.set(true);
        spawn_local(async move {
            if mine > 1 {
                TimeoutFuture::new(REST).await;
            }
            let is_last = move || turn.try_get_value() == Some(mine);
            if !is_last() {
                return;
            }
            let answer = api.preview_form(content).await;
            if !is_last() {
                return;
            }
            shown.waiting.set(false);
            match answer {
                Ok(preview) => {
                    shown.html.set(Some(preview.html));
                    shown.error.set(None);
                }
                Err(error) => shown.error.set(Some(error)),
            }
        });
    });
}

/// Which parts are wrong, or why the server could not be asked.
fn why_not(error: &ApiError, lang: Lang) -> Vec<String> {
    if error.fields().is_empty() {
        let failure = crate::ui::failure::Failure::from(error.clone());
        return vec![(failure.sentence)(lang).to_owned()];
    }
    let line = |broken: &FieldProblem| {
        let part = Part::ALL.iter().find(|part| broken.field.split('.').next() == Some(part.path()));
        let said = FormContent::sentence(broken, lang);
        part.map_or(said.clone(), |part| words::forms::line(lang, said, part.label()(lang)))
    };
    error.fields().iter().map(line).collect()
}
