//! Editing a lead. Nothing typed is lost: not by a reload, not by a bad network, not by somebody else's save.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use noren_api::leads::{Lead, LeadProfile};
use noren_domain::LeadId;

use super::conflict::{Conflict, differences};
use super::detail::id_in_address;
use super::draft::{Draft, patch};
use super::draft_store::{DraftKey, KeptDraft};
use super::form::{Form, ProfileForm};
use super::leaving::guard_leaving;
use super::list::use_lead_list;
use crate::api::{ApiError, LeadSeen, use_api};
use crate::pages::not_found::NothingHere;
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::button::{Button, Kind, LinkButton, Size};
use crate::ui::failure::FailureNotice;
use crate::ui::heading::PageHeading;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::load::{Load, Loaded};
use crate::ui::notice::{Notice, Tone};
use crate::ui::skeleton::Skeleton;
use crate::ui::toast::use_toasts;
use crate::words::{self, Lang, lang, lang_untracked, t};

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
        let kept = key.read().filter(|kept| kept.draft != Draft::of(&kept.base));
        let restored = kept.is_some();
        let (base, draft) = match kept {
            Some(kept) => ((kept.version, kept.base), kept.draft),
            None => ((lead.version, lead.profile.clone()), opened),
        };
        let edit =
            Self { id: lead.id, form: Form::new(draft), base: StoredValue::new(base), key: StoredValue::new(key) };
        (edit, restored)
    }

    fn changed(self) -> bool {
        let opened = self.base.with_value(|(_, base)| Draft::of(base));
        self.form.draft.with(|draft| draft.clone().tidied() != opened)
    }

    /// Keeps the draft as it is now, or forgets it where it says nothing.
    fn keep(self) {
        let changed = self.changed();
        let draft = self.form.draft.get();
        self.key.with_value(|key| {
            if changed {
                let (version, base) = self.base.get_value();
                key.keep(&KeptDraft { version, base, draft, beside: Vec::new() });
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
    let (api, toasts, list, navigate) = (use_api(), use_toasts(), use_lead_list(), use_navigate());
    let key = DraftKey::new(use_masters().me.id, Some(lead.id));
    let (edit, was_kept) = Edit::begin(&lead, key);
    let restored = RwSignal::new(was_kept);
    let conflict = RwSignal::new(None::<Lead>);
    let saved = RwSignal::new(false);
    Effect::new(move |_| {
        if !saved.get() {
            edit.keep();
        }
    });
    guard_leaving(Signal::derive(move || !saved.get() && edit.changed()), move || edit.forget());

    let id = edit.id;
    let done = Callback::new(move |()| {
        saved.set(true);
        edit.forget();
        list.refetch();
        navigate(&list.beside(Page::Lead(id)), NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
    let save = Action::new_local(move |profile: &LeadProfile| {
        let (version, base) = edit.base.get_value();
        let patch = patch(&base, profile);
        async move {
            let Some(patch) = patch else {
                done.try_run(());
                return Ok(());
            };
            match api.edit_lead(id, version, patch).await {
                Ok(_) => {
                    toasts.say(words::edit::saved(lang_untracked()));
                    done.try_run(());
                    Ok(())
                }
                Err(error) => {
                    if let Some(current) = error.current_lead() {
                        conflict.set(Some(current));
                        return Ok(());
                    }
                    edit.form.refused(&error, &[]);
                    Err(error)
                }
            }
        }
    });
    let send = Callback::new(move |()| {
        if let Some(profile) = edit.form.checked() {
            save.dispatch_local(profile);
        }
    });
    let drop_restored = Callback::new(move |()| {
        edit.base.set_value((lead.version, lead.profile.clone()));
        edit.form.draft.set(Draft::of(&lead.profile));
        restored.set(false);
    });
    // What was chosen between two versions is saved against the newer one.
    let settle = Callback::new(move |(current, merged): (Lead, Draft)| {
        edit.base.set_value((current.version, current.profile));
        edit.form.draft.set(merged);
        conflict.set(None);
        send.run(());
    });
    let failure = move || {
        let error: ApiError = save.value().get().and_then(Result::err).filter(|_| !save.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::edit::not_saved retry=send /> })
    };
    let back = Signal::derive(move || list.beside(Page::Lead(id)));
    move || match conflict.get() {
        Some(current) => {
            let mine = edit.form.draft.get_untracked();
            let found = edit.base.with_value(|(_, base)| differences(base, &mine, &current.profile));
            view! {
                <Conflict
                    current
                    mine
                    found
                    on_settle=settle
                    on_back=Callback::new(move |()| conflict.set(None))
                />
            }
            .into_any()
        }
        None => view! {
            <form
                class="form"
                novalidate
                on:submit=move |ev| {
                    ev.prevent_default();
                    send.run(());
                }
            >
                <FormHead title=words::edit::title back />
                <div class="scroll form-body">
                    {failure}
                    <Restored restored on_drop=drop_restored />
                    <ProfileForm form=edit.form />
                </div>
                <footer class="actions">
                    <LinkButton href=back kind=Kind::Quiet>{t(words::common::cancel)}</LinkButton>
                    <span class="push"></span>
                    <Button kind=Kind::Primary size=Size::Large role="submit" busy=save.pending()>
                        {t(words::common::save)}
                    </Button>
                </footer>
            </form>
        }
        .into_any(),
    }
}

/// The head of a form: a way back and the page's name.
#[component]
pub fn FormHead(title: fn(Lang) -> &'static str, #[prop(into)] back: Signal<String>) -> impl IntoView {
    view! {
        <header class="detail-head">
            <a class="btn back-always" data-kind="icon" href=back aria-label=t(words::common::back)>
                <Glyph icon=Icon::Back />
            </a>
            <PageHeading title=Signal::derive(move || title(lang()).to_owned()) />
        </header>
    }
}

/// Says that a draft was found, and offers to begin afresh.
#[component]
pub fn Restored(restored: RwSignal<bool>, on_drop: Callback<()>) -> impl IntoView {
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
