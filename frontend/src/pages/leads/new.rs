//! A new lead.

use leptos::prelude::*;
use noren_api::FieldProblem;
use noren_api::leads::{LONG, LeadProfile, NewLead};
use noren_domain::{LeadId, StaffId, StoreId};

use super::draft::{Draft, KeptDraft};
use super::form::{Form, ProfileForm};
use super::list::use_lead_list;
use super::saved::look_after;
use crate::api::{ApiError, idempotency_key, use_api};
use crate::drafts::DraftKey;
use crate::editor::{FormPage, FormWords, Sending, Unsaved};
use crate::errors::FieldErrors;
use crate::routes::Page;
use crate::session::{SharedMasters, use_masters};
use crate::ui::field::{Opt, SelectField, TextField};
use crate::ui::toast::use_toasts;
use crate::words::{self, lang, lang_untracked};

const WORDS: FormWords =
    FormWords { title: words::new_lead::title, save: words::new_lead::save, failed: words::new_lead::not_saved };

/// The fields that a new lead has beside its profile.
const BESIDE: [&str; 3] = ["inquiry", "store_id", "assignee_id"];
/// What the request's key is kept as in a draft.
const REQUEST: &str = "request";

/// A new lead in work.
#[derive(Clone, Copy)]
struct Opening {
    form: Form,
    store: RwSignal<String>,
    assignee: RwSignal<String>,
    inquiry: RwSignal<String>,
    key: StoredValue<DraftKey>,
    /// One for as long as the form is filled in, a reload included: whatever became of an earlier sending, one lead is made.
    request: StoredValue<String>,
}

impl Opening {
    fn begin(masters: &SharedMasters) -> (Self, bool) {
        let key = DraftKey::new(masters.me.id, None);
        let kept: Option<KeptDraft> = key.read();
        let restored = kept.is_some();
        let beside = |name: &str| {
            let kept = kept.as_ref()?;
            kept.beside.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone())
        };
        let opening = Self {
            store: RwSignal::new(beside("store_id").unwrap_or_else(|| own_store(masters))),
            assignee: RwSignal::new(beside("assignee_id").unwrap_or_else(|| own_id(masters))),
            inquiry: RwSignal::new(beside("inquiry").unwrap_or_default()),
            request: StoredValue::new(beside(REQUEST).unwrap_or_else(idempotency_key)),
            form: Form::new(kept.map(|kept| kept.draft).unwrap_or_default()),
            key: StoredValue::new(key),
        };
        (opening, restored)
    }

    fn clear(self, masters: &SharedMasters) {
        self.form.draft.set(Draft::default());
        self.form.errors.set(FieldErrors::default());
        self.inquiry.set(String::new());
        self.store.set(own_store(masters));
        self.assignee.set(own_id(masters));
        self.request.set_value(idempotency_key());
    }

    /// The whole request, unless something is wrong; then it stands beside the fields.
    fn checked(self) -> Option<NewLead> {
        let Some(profile) = self.form.checked() else {
            self.form.errors.update(|errors| self.own_errors().into_iter().for_each(|error| errors.add(error)));
            return None;
        };
        let own = self.own_errors();
        let store_id = self.store.with_untracked(|store| store.parse::<StoreId>().ok());
        let (Some(store_id), true) = (store_id, own.is_empty()) else {
            self.form.show(own.into_iter().collect(), &BESIDE);
            return None;
        };
        let inquiry = self.inquiry.get_untracked();
        Some(NewLead {
            store_id,
            assignee_id: self.assignee.with_untracked(|id| id.parse::<StaffId>().ok()),
            profile,
            inquiry: Some(inquiry).filter(|words| !words.trim().is_empty()),
        })
    }

    fn own_errors(self) -> Vec<FieldProblem> {
        let problem =
            |field: &str, code: &str, max| FieldProblem { field: field.into(), code: code.into(), min: None, max };
        let no_store = self.store.with_untracked(|store| store.parse::<StoreId>().is_err());
        let long = i64::try_from(LONG).unwrap_or(i64::MAX);
        let too_long =
            self.inquiry.with_untracked(|words| i64::try_from(words.chars().count()).is_ok_and(|count| count > long));
        let store = no_store.then(|| problem("store_id", "required", None));
        let inquiry = too_long.then(|| problem("inquiry", "too_long", Some(long)));
        [store, inquiry].into_iter().flatten().collect()
    }
}

impl Unsaved for Opening {
    fn changed(self) -> bool {
        self.form.draft.with(|draft| draft.clone().tidied() != Draft::default())
            || self.inquiry.with(|inquiry| !inquiry.trim().is_empty())
    }

    fn keep(self) {
        let beside = vec![
            ("store_id".to_owned(), self.store.get()),
            ("assignee_id".to_owned(), self.assignee.get()),
            ("inquiry".to_owned(), self.inquiry.get()),
            (REQUEST.to_owned(), self.request.get_value()),
        ];
        let draft = self.form.draft.get();
        let changed = self.changed();
        self.key.with_value(|key| {
            if changed {
                let (whom, base) = (draft.whom(), LeadProfile::default());
                key.keep(&KeptDraft { whom, version: 0, base, draft, beside });
            } else {
                key.forget();
            }
        });
    }

    fn forget(self) {
        self.key.with_value(DraftKey::forget);
    }
}

fn own_store(masters: &SharedMasters) -> String {
    let own = masters.me.stores.first().or(masters.stores.first());
    own.map(|store| store.id.to_string()).unwrap_or_default()
}

fn own_id(masters: &SharedMasters) -> String {
    masters.me.id.to_string()
}

#[component]
pub fn NewPage() -> impl IntoView {
    let list = use_lead_list();
    let masters = use_masters();
    let (opening, was_kept) = Opening::begin(&masters);
    let restored = RwSignal::new(was_kept);
    let save = saving(opening, look_after(opening));
    let send = Callback::new(move |()| {
        if let Some(new) = opening.checked() {
            save.dispatch_local(new);
        }
    });
    let on_drop = Callback::new(move |()| {
        opening.clear(&masters);
        restored.set(false);
    });
    let back = Signal::derive(move || list.beside(Page::Leads));
    view! {
        <div class="pane form-pane">
            <FormPage words=WORDS back sending=Sending::of(save) send restored on_drop>
                <ProfileForm form=opening.form>
                    <OpeningFields opening />
                </ProfileForm>
            </FormPage>
        </div>
    }
}

fn saving(opening: Opening, done: Callback<LeadId>) -> Action<NewLead, Result<(), ApiError>> {
    let (api, list, toasts) = (use_api(), use_lead_list(), use_toasts());
    Action::new_local(move |new: &NewLead| {
        let (new, request) = (new.clone(), opening.request.get_value());
        async move {
            match api.create_lead(new, request).await {
                Ok(lead) => {
                    toasts.say(words::new_lead::saved(lang_untracked()));
                    done.try_run(lead.id);
                    Ok(())
                }
                Err(error) => {
                    if error.is_registered_before() {
                        list.refetch();
                    }
                    opening.form.refused(&error, &BESIDE);
                    Err(error)
                }
            }
        }
    })
}

/// What the customer said, and where the lead belongs.
#[component]
fn OpeningFields(opening: Opening) -> impl IntoView {
    let masters = use_masters();
    let stores = {
        let masters = masters.clone();
        move || {
            let named =
                masters.stores.iter().map(|store| Opt { value: store.id.to_string(), label: store.name.clone() });
            named.collect::<Vec<_>>()
        }
    };
    let assignees = move || {
        let store = opening.store.with(|store| store.parse::<StoreId>().ok());
        let colleagues = store.map(|store| masters.colleagues_of(store)).unwrap_or_default();
        let named = colleagues.into_iter().map(|staff| Opt { value: staff.id.to_string(), label: staff.name.clone() });
        let nobody = Opt { value: String::new(), label: words::lead::nobody(lang()).to_owned() };
        std::iter::once(nobody).chain(named).collect::<Vec<_>>()
    };
    let assignees = Memo::new(move |_| assignees());
    // Whoever does not work at the chosen store is not offered and not sent.
    let assignee = Signal::derive(move || {
        let chosen = opening.assignee.get();
        if assignees.with(|offered| offered.iter().any(|offer| offer.value == chosen)) { chosen } else { String::new() }
    });
    let choose_store = Callback::new(move |id: String| {
        opening.store.set(id);
        opening.assignee.set(assignee.get_untracked());
    });
    view! {
            <SelectField
                name="store_id"
                label=Signal::derive(move || words::lead::store(lang()).to_owned())
                options=Signal::derive(stores)
                value=opening.store
                on_choose=choose_store
                error=opening.form.error("store_id")
            />
            <SelectField
                name="assignee_id"
                label=Signal::derive(move || words::lead::assignee(lang()).to_owned())
                options=assignees
                value=assignee
                on_choose=Callback::new(move |id| opening.assignee.set(id))
                error=opening.form.error("assignee_id")
            />
            <TextField
                name="inquiry"
                label=Signal::derive(move || words::new_lead::inquiry(lang()).to_owned())
                value=opening.inquiry
                on_type=Callback::new(move |text| opening.inquiry.set(text))
                hint=Signal::derive(move || Some(words::new_lead::inquiry_hint(lang()).to_owned()))
                error=opening.form.error("inquiry")
                rows=4
            />
    }
}
