//! Editing a lead. Nothing typed is lost: not by a reload, not by a bad network, not by somebody else's save.

use leptos::prelude::*;
use noren_api::leads::{Lead, LeadProfile};
use noren_domain::LeadId;

use super::conflict::{Conflict, differences};
use super::detail::id_in_address;
use super::draft::{Draft, KeptDraft};
use super::form::{Form, ProfileForm};
use super::lines;
use super::list::use_lead_list;
use super::patch::patch;
use super::saved::look_after;
use crate::api::{ApiError, LeadSeen, use_api};
use crate::drafts::DraftKey;
use crate::editor::{FormPage, FormWords, Sending, Unsaved};
use crate::pages::not_found::NothingHere;
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::ui::toast::use_toasts;
use crate::words::{self, lang, lang_untracked};

const WORDS: FormWords =
    FormWords { title: words::edit::title, save: words::common::save, failed: words::edit::not_saved };

#[component]
pub fn EditPage() -> impl IntoView {
    let id = id_in_address();
    move || match id.get() {
        Some(id) => view! { <EditOf id /> }.into_any(),
        None => view! { <NothingHere /> }.into_any(),
    }
}

#[component]
fn EditOf(id: LeadId) -> impl IntoView {
    let api = use_api();
    let resource = LocalResource::new(move || api.get_lead(id));
    let body = move |loaded: Loaded<LeadSeen>| {
        // The form begins from the lead as it was opened and does not follow it.
        let lead = loaded.value.with_untracked(|seen| seen.lead.clone());
        view! { <EditForm lead /> }.into_any()
    };
    let missing = Memo::new(move |_| resource.with(|seen| matches!(seen, Some(Err(error)) if error.status() == 404)));
    move || {
        if missing.get() {
            return view! { <NothingHere /> }.into_any();
        }
        view! {
        <div class="pane form-pane">
            <Load resource failed=words::lead::not_loaded skeleton=|| view! { <Skeleton lines=8 /> } view=body />
        </div>
        }
        .into_any()
    }
}

/// An edit in work.
#[derive(Clone, Copy)]
struct Edit {
    id: LeadId,
    form: Form,
    /// The version and the profile that the draft began from.
    base: StoredValue<(i64, LeadProfile)>,
    key: StoredValue<DraftKey>,
}

impl Edit {
    /// Begins from the draft that was kept, if there is one that says something.
    fn begin(lead: &Lead, key: DraftKey) -> (Self, bool) {
        let opened = Draft::of(&lead.profile);
        let kept = key.read().filter(|kept: &KeptDraft| kept.draft != Draft::of(&kept.base));
        let restored = kept.is_some();
        let (base, draft) = match kept {
            Some(kept) => ((kept.version, kept.base), kept.draft),
            None => ((lead.version, lead.profile.clone()), opened),
        };
        let edit =
            Self { id: lead.id, form: Form::new(draft), base: StoredValue::new(base), key: StoredValue::new(key) };
        (edit, restored)
    }
}

impl Unsaved for Edit {
    fn changed(self) -> bool {
        let opened = self.base.with_value(|(_, base)| Draft::of(base));
        self.form.draft.with(|draft| draft.clone().tidied() != opened)
    }

    fn keep(self) {
        let changed = self.changed();
        let draft = self.form.draft.get();
        self.key.with_value(|key| {
            if changed {
                let (version, base) = self.base.get_value();
                let whom = Draft::of(&base).whom();
                key.keep(&KeptDraft { whom, version, base, draft, beside: Vec::new() }.text());
            } else {
                key.forget();
            }
        });
    }

    fn forget(self) {
        self.key.with_value(DraftKey::forget);
    }
}

#[component]
fn EditForm(lead: Lead) -> impl IntoView {
    let list = use_lead_list();
    let key = DraftKey::new(use_masters().me.id, Some(lead.id));
    let (edit, was_kept) = Edit::begin(&lead, key);
    let (restored, conflict) = (RwSignal::new(was_kept), RwSignal::new(None::<Lead>));
    let save = saving(edit, look_after(edit), conflict);
    let send = Callback::new(move |()| {
        if let Some(profile) = edit.form.checked() {
            save.dispatch_local(profile);
        }
    });
    let whom = {
        let (name, company) = (lead.profile.name.clone(), lead.profile.company.clone());
        Signal::derive(move || Some(lines::called(name.as_deref(), company.as_deref(), lang()).to_string()))
    };
    let on_drop = Callback::new(move |()| {
        edit.base.set_value((lead.version, lead.profile.clone()));
        edit.form.draft.set(Draft::of(&lead.profile));
        restored.set(false);
    });
    // What was chosen between two versions is saved against the newer one.
    let on_settle = Callback::new(move |(current, merged): (Lead, Draft)| {
        edit.base.set_value((current.version, current.profile));
        edit.form.draft.set(merged);
        conflict.set(None);
        send.run(());
    });
    let on_back = Callback::new(move |()| conflict.set(None));
    let back = Signal::derive(move || list.beside(Page::Lead(edit.id)));
    move || match conflict.get() {
        Some(current) => {
            let mine = edit.form.draft.get_untracked();
            let found = edit.base.with_value(|(_, base)| differences(base, &mine, &current.profile));
            view! { <Conflict current mine found whom on_settle on_back /> }.into_any()
        }
        None => view! {
            <FormPage words=WORDS whom back sending=Sending::of(save) send restored on_drop>
                <ProfileForm form=edit.form />
            </FormPage>
        }
        .into_any(),
    }
}

/// Sends what was changed. If somebody else was faster, what they saved goes into `conflict`.
fn saving(
    edit: Edit,
    done: Callback<Option<LeadId>>,
    conflict: RwSignal<Option<Lead>>,
) -> Action<LeadProfile, Result<(), ApiError>> {
    let (api, toasts) = (use_api(), use_toasts());
    Action::new_local(move |profile: &LeadProfile| {
        let (version, base) = edit.base.get_value();
        let patch = patch(&base, profile);
        async move {
            let Some(patch) = patch else {
                done.try_run(Some(edit.id));
                return Ok(());
            };
            let mut saved = api.edit_lead(edit.id, version, patch.clone()).await;
            // An assignment or a move raises the version too. There is nothing to choose between.
            let current = saved.as_ref().err().and_then(ApiError::current::<Lead>);
            if let Some(Lead { version, .. }) = current.filter(|current| current.profile == base) {
                edit.base.try_set_value((version, base));
                saved = api.edit_lead(edit.id, version, patch).await;
            }
            match saved {
                Ok(_) => {
                    toasts.say(words::edit::saved(lang_untracked()));
                    done.try_run(Some(edit.id));
                    Ok(())
                }
                Err(error) => {
                    if let Some(current) = error.current() {
                        conflict.set(Some(current));
                        return Ok(());
                    }
                    edit.form.refused(&error, &[]);
                    Err(error)
                }
            }
        }
    })
}
