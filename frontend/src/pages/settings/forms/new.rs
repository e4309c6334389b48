//! A new form.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use noren_api::forms::FormContent;
use noren_domain::form::FormLanguage;
use noren_domain::lead_source::SourceCode;

use super::content::usual_fields;
use super::entry::Gate;
use super::parts::Parts;
use super::preview::{Preview, PreviewLink};
use super::work::Work;
use crate::api::{ApiError, idempotency_key, use_api};
use crate::drafts::DraftKey;
use crate::editor::{FormPage, FormWords, Sending, look_after};
use crate::routes::Page;
use crate::session::{Masters, use_masters};
use crate::ui::toast::use_toasts;
use crate::words::{self, lang_untracked};

const WORDS: FormWords =
    FormWords { title: words::forms::new, save: words::forms::create, failed: words::edit::not_saved };
/// Where most forms stand.
const OWN_SITE: &str = "own_site";

#[component]
pub fn NewFormPage() -> impl IntoView {
    view! {
        <main class="page form-pane form-work">
            <Gate view=|| view! { <NewForm /> }.into_any() />
        </main>
    }
}

/// What a form begins from; a person without a store has none to put it into.
fn blank(masters: &Masters) -> Option<FormContent> {
    let store = masters.me.stores.first().or(masters.stores.first())?;
    let known = masters.sources.iter().any(|source| source.active && source.code == SourceCode(OWN_SITE.to_owned()));
    Some(FormContent {
        store_id: store.id,
        source_code: if known { OWN_SITE.to_owned() } else { String::new() },
        name: String::new(),
        language: FormLanguage::Ja,
        title: words::forms::usual_title(words::Lang::Ja).to_owned(),
        intro: None,
        thanks: None,
        fields: usual_fields(),
        origins: Vec::new(),
        consent: None,
        active: true,
    })
}

#[component]
fn NewForm() -> impl IntoView {
    let masters = use_masters();
    let blank = blank(&masters)?;
    let key = DraftKey::of_form(masters.me.id, None);
    let (work, was_kept) = Work::begin((None, blank.clone()), Some(idempotency_key()), key);
    let restored = RwSignal::new(was_kept);
    let save = saving(work, look_after(work));
    let send = Callback::new(move |()| {
        if let Some(content) = work.checked() {
            save.dispatch_local(content);
        }
    });
    let on_drop = Callback::new(move |()| {
        work.restart(None, blank.clone());
        work.request.set_value(Some(idempotency_key()));
        restored.set(false);
    });
    let back = Signal::stored(Page::Forms.href());
    Some(view! {
        <FormPage words=WORDS back sending=Sending::of(save) send restored on_drop>
            <div class="parts">
                <PreviewLink /><Parts work /></div>
            <Preview work />
        </FormPage>
    })
}

/// Makes the form and leads to it, where its address stands.
fn saving(work: Work, done: Callback<()>) -> Action<FormContent, Result<(), ApiError>> {
    let (api, toasts, navigate) = (use_api(), use_toasts(), use_navigate());
    Action::new_local(move |content: &FormContent| {
        let key = work.request.get_value().unwrap_or_else(idempotency_key);
        let (content, navigate) = (content.clone(), navigate.clone());
        async move {
            match api.create_form(content, key).await {
                Ok(form) => {
                    toasts.say(words::forms::created(lang_untracked()));
                    if done.try_run(()).is_some() {
                        let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
                        navigate(&Page::Form(form.id).href(), options);
                    }
                    Ok(())
                }
                Err(error) => {
                    work.refused(&error);
                    Err(error)
                }
            }
        }
    })
}
