//! What a new lead and an edit have in common: the page of a form, and the care for what is typed into it.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use noren_domain::LeadId;

use super::leaving::guard_leaving;
use super::list::use_lead_list;
use crate::api::ApiError;
use crate::live::use_live;
use crate::routes::Page;
use crate::ui::button::{Button, Kind, LinkButton, Size};
use crate::ui::effect::effect;
use crate::ui::failure::FailureNotice;
use crate::ui::heading::PageHeading;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::notice::{Notice, Tone};
use crate::words::{self, Lang, lang, t};

/// Something typed that is not saved yet.
pub trait Unsaved: Copy + Send + Sync + 'static {
    fn changed(self) -> bool;
    /// Keeps it as it is now, or forgets it where it says nothing.
    fn keep(self);
    fn forget(self);
}

/// Keeps what is typed while it changes and asks before it is left. What comes back is to be called once it is saved: it
/// leads to the lead.
pub fn look_after(work: impl Unsaved) -> Callback<LeadId> {
    let (list, live, navigate) = (use_lead_list(), use_live(), use_navigate());
    let saved = RwSignal::new(false);
    effect(move || {
        if !saved.get() {
            work.keep();
        }
    });
    guard_leaving(Signal::derive(move || !saved.get() && work.changed()), move || work.forget());
    Callback::new(move |id| {
        saved.set(true);
        work.forget();
        live.wrote(id);
        list.refetch();
        navigate(&list.beside(Page::Lead(id)), NavigateOptions { replace: true, ..NavigateOptions::default() });
    })
}

/// The words of a form.
#[derive(Clone, Copy)]
pub struct FormWords {
    pub title: fn(Lang) -> &'static str,
    pub save: fn(Lang) -> &'static str,
    pub failed: fn(Lang) -> &'static str,
}

/// A form with its head, why it could not be saved, and a foot with the way out and the way on.
#[component]
pub fn FormPage<T: Send + Sync + 'static>(
    words: FormWords,
    /// Whose form it is, where that is known.
    #[prop(optional, into)]
    whom: Signal<Option<String>>,
    #[prop(into)] back: Signal<String>,
    save: Action<T, Result<(), ApiError>>,
    send: Callback<()>,
    /// Whether a draft was found.
    restored: RwSignal<bool>,
    on_drop: Callback<()>,
    children: Children,
) -> impl IntoView {
    let failure = move || {
        let error = save.value().get().and_then(Result::err).filter(|_| !save.pending().get())?;
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
            <FormHead title=words.title whom>
                <a class="btn" data-kind="icon" href=back aria-label=t(words::common::back)>
                    <Glyph icon=Icon::Back />
                </a>
            </FormHead>
            <div class="scroll form-body">
                {failure}
                <Restored restored on_drop />
                {children()}
            </div>
            <footer class="actions">
                <LinkButton href=back kind=Kind::Quiet>{t(words::common::cancel)}</LinkButton>
                <span class="push"></span>
                <Button kind=Kind::Primary size=Size::Large role="submit" busy=save.pending()>
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
