//! What all forms have in common: their page, and the care for what is typed into them.

use std::iter::successors;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::api::ApiError;
use crate::ui::button::{BackLink, Button, Kind, LinkButton, Size};
use crate::ui::effect::effect;
use crate::ui::failure::FailureNotice;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::leaving::guard_leaving;
use crate::ui::notice::{Notice, Tone};
use crate::words::{self, Lang, lang, t};

/// Something typed that is not saved yet.
pub trait Unsaved: Copy + Send + Sync + 'static {
    fn changed(self) -> bool;
    /// Whether something would be lost by leaving.
    fn asks(self) -> bool {
        self.changed()
    }
    /// Keeps it as it is now, or forgets it where it says nothing.
    fn keep(self);
    fn forget(self);
}

/// Keeps what is typed while it changes and asks before it is left. What comes back is to be called once it is saved.
pub fn look_after(work: impl Unsaved) -> Callback<()> {
    let saved = RwSignal::new(false);
    effect(move || {
        if !saved.get() {
            work.keep();
        }
    });
    guard_leaving(Signal::derive(move || !saved.get() && work.asks()), move || work.forget());
    Callback::new(move |()| {
        saved.set(true);
        work.forget();
    })
}

/// Moves the focus to a field, or into a group of choices; what is not on the page stands in what its path begins with.
pub async fn focus(id: String) {
    // The rows of the form may just have been redrawn.
    TimeoutFuture::new(0).await;
    let mut paths = successors(Some(id.as_str()), |path| path.rsplit_once('.').map(|(outer, _)| outer));
    let Some(element) = paths.find_map(|path| document().get_element_by_id(path)) else { return };
    let inside = element.query_selector("input, select, button").ok().flatten();
    let target = if element.tag_name() == "FIELDSET" { inside } else { Some(element) };
    if let Some(target) = target.and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = target.focus();
    }
}

/// The words of a form.
#[derive(Clone, Copy)]
pub struct FormWords {
    pub title: fn(Lang) -> &'static str,
    pub save: fn(Lang) -> &'static str,
    pub failed: fn(Lang) -> &'static str,
}

/// How far the saving of a form has come.
#[derive(Clone, Copy)]
pub struct Sending {
    busy: Signal<bool>,
    failed: Signal<Option<ApiError>>,
}

impl Sending {
    pub fn of<T: Send + Sync + 'static>(save: Action<T, Result<(), ApiError>>) -> Self {
        let failed = Signal::derive(move || save.value().get().and_then(Result::err));
        Self { busy: save.pending().into(), failed }
    }
}

/// A form with its head, why it could not be saved, and a foot with the way out and the way on.
#[component]
pub fn FormPage(
    words: FormWords,
    /// Whose form it is, where that is known.
    #[prop(optional, into)]
    whom: Signal<Option<String>>,
    #[prop(into)] back: Signal<String>,
    sending: Sending,
    send: Callback<()>,
    /// Whether a draft was found.
    restored: RwSignal<bool>,
    on_drop: Callback<()>,
    /// What stands at the end of the head.
    #[prop(optional)]
    head: Option<AnyView>,
    /// Another way on, in the place of the way out.
    #[prop(optional)]
    way: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let way = way.unwrap_or_else(|| {
        view! { <LinkButton href=back kind=Kind::Quiet>{t(words::common::cancel)}</LinkButton> }.into_any()
    });
    let failure = move || {
        let error = sending.failed.get().filter(|_| !sending.busy.get())?;
        let before = error.is_registered_before();
        let failure = Signal::stored(error.into());
        Some(if before {
            view! {
                <FailureNotice failure title=words::problem::registered_before>
                    <LinkButton href=back>{t(words::list::show)}</LinkButton>
                </FailureNotice>
            }
            .into_any()
        } else {
            view! { <FailureNotice failure title=words.failed retry=send /> }.into_any()
        })
    };
    view! {
        <form
            class="form"
            novalidate
            on:submit=move |ev| {
                ev.prevent_default();
                send.run(());
            }
        >
            <FormHead title=words.title whom end=head>
                <BackLink href=back label=words::common::back />
            </FormHead>
            <div class="scroll form-body">
                {failure}
                <Restored restored on_drop />
                {children()}
            </div>
            <footer class="actions">
                {way}
                <span class="push"></span>
                <Button kind=Kind::Primary size=Size::Large role="submit" busy=sending.busy>
                    {t(words.save)}
                </Button>
            </footer>
        </form>
    }
}

/// The head of a form: a way back, whose form it is, and what it does.
#[component]
pub fn FormHead(
    title: fn(Lang) -> &'static str,
    whom: Signal<Option<String>>,
    #[prop(optional_no_strip)] end: Option<AnyView>,
    /// The way back.
    children: Children,
) -> impl IntoView {
    let named = move || whom.get().map(|whom| view! { <span class="whom clip">{whom}</span> });
    view! {
        <header class="detail-head">
            {children()}
            <PageHeading title=Signal::derive(move || title(lang()).to_owned())>
                {named}
                {t(title)}
            </PageHeading>
            {end}
        </header>
    }
}

/// Says that a draft was found, and offers to begin afresh.
#[component]
fn Restored(restored: RwSignal<bool>, on_drop: Callback<()>) -> impl IntoView {
    move || {
        restored.get().then(|| {
            view! {
                <Notice tone=Tone::Accent icon=Icon::Pen>
                    <p class="grow" role="status"><b>{t(words::edit::restored)}</b></p>
                    <Button kind=Kind::Quiet on_click=on_drop>{t(words::edit::drop)}</Button>
                </Notice>
            }
        })
    }
}
