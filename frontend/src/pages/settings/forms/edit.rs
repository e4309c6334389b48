//! A form that is there: where it is, and what it asks. Nothing typed is lost, not even by somebody else's save.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};
use noren_api::forms::{Form, FormContent};
use noren_domain::FormId;

use super::conflict::Conflict;
use super::entry::Gate;
use super::parts::Parts;
use super::preview::{Preview, PreviewLink};
use super::share::Share;
use super::work::Work;
use crate::api::{ApiError, use_api};
use crate::drafts::DraftKey;
use crate::editor::{FormPage, FormWords, Sending, look_after};
use crate::merge_patch::patch;
use crate::pages::not_found::NothingHere;
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::ui::toast::use_toasts;
use crate::words::{self, lang_untracked};

const WORDS: FormWords =
    FormWords { title: words::forms::edit, save: words::common::save, failed: words::edit::not_saved };

#[component]
pub fn EditFormPage() -> impl IntoView {
    view! {
        <main class="page form-pane form-work">
            <Gate view=|| view! { <EditOfAddress /> }.into_any() />
        </main>
    }
}

#[component]
fn EditOfAddress() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse().ok())));
    move || match id.get() {
        Some(id) => view! { <EditOf id /> }.into_any(),
        None => view! { <NothingHere /> }.into_any(),
    }
}

#[component]
fn EditOf(id: FormId) -> impl IntoView {
    let api = use_api();
    let resource = LocalResource::new(move || api.get_form(id));
    // The page begins from the form as it was opened and does not follow it.
    let body = |loaded: Loaded<Form>| view! { <EditForm form=loaded.value.get_untracked() /> }.into_any();
    let missing = Memo::new(move |_| resource.with(|form| matches!(form, Some(Err(error)) if error.status() == 404)));
    move || {
        if missing.get() {
            return view! { <NothingHere /> }.into_any();
        }
        view! { <Load resource failed=words::forms::not_loaded skeleton=|| view! { <Skeleton lines=8 /> } view=body /> }
            .into_any()
    }
}

#[component]
fn EditForm(form: Form) -> impl IntoView {
    let key = DraftKey::of_form(use_masters().me.id, Some(form.id));
    let (work, was_kept) = Work::begin((Some(form.version), form.content.clone()), None, key);
    let (restored, conflict) = (RwSignal::new(was_kept), RwSignal::new(None::<Form>));
    let save = saving(form.id, work, look_after(work), conflict);
    let send = Callback::new(move |()| {
        if let Some(content) = work.checked() {
            save.dispatch_local(content);
        }
    });
    let whom = Signal::stored(Some(form.content.name.clone()));
    let (version, opened) = (form.version, form.content.clone());
    let on_drop = Callback::new(move |()| {
        work.restart(Some(version), opened.clone());
        restored.set(false);
    });
    // What was chosen between two versions is saved against the newer one.
    let on_settle = Callback::new(move |(current, merged): (Form, FormContent)| {
        work.restart(Some(current.version), current.content);
        work.content.set(merged);
        conflict.set(None);
        send.run(());
    });
    let on_back = Callback::new(move |()| conflict.set(None));
    let back = Signal::stored(Page::Forms.href());
    move || match conflict.get() {
        Some(current) => {
            let (mine, changed) = (work.content.get_untracked(), work.changed_parts());
            view! { <Conflict current mine changed whom on_settle on_back /> }.into_any()
        }
        None => {
            let form = form.clone();
            view! {
                <FormPage words=WORDS whom back sending=Sending::of(save) send restored on_drop>
                    <div class="parts">
                        <PreviewLink />
                        <Share form />
                        <Parts work />
                    </div>
                    <Preview work />
                </FormPage>
            }
            .into_any()
        }
    }
}

/// Sends what was changed. If somebody else was faster, what they saved goes into `conflict`.
fn saving(
    id: FormId,
    work: Work,
    done: Callback<()>,
    conflict: RwSignal<Option<Form>>,
) -> Action<FormContent, Result<(), ApiError>> {
    let (api, toasts, navigate) = (use_api(), use_toasts(), use_navigate());
    Action::new_local(move |content: &FormContent| {
        let ((version, base), navigate) = (work.base.get_value(), navigate.clone());
        let patch = patch("content", &base, content);
        async move {
            let saved = match (version, patch) {
                (Some(version), Some(patch)) => api.edit_form(id, version, patch).await.map(|_| ()),
                _ => Ok(()),
            };
            match saved {
                Ok(()) => {
                    toasts.say(words::edit::saved(lang_untracked()));
                    if done.try_run(()).is_some() {
                        navigate(&Page::Forms.href(), NavigateOptions { replace: true, ..NavigateOptions::default() });
                    }
                    Ok(())
                }
                Err(error) => match error.current() {
                    Some(current) => {
                        conflict.set(Some(current));
                        Ok(())
                    }
                    None => {
                        work.refused(&error);
                        Err(error)
                    }
                },
            }
        }
    })
}
