//! A new lead in work: what both forms of it, the quick one and the full one, have in common.

use leptos::prelude::*;
use noren_api::FieldProblem;
use noren_api::leads::{LONG, LeadProfile, NewLead};
use noren_domain::{LeadId, StaffId, StoreId};

use super::draft::{Draft, KeptDraft};
use super::fields::Field;
use super::form::Form;
use super::list::use_lead_list;
use super::saved::look_after;
use crate::api::{ApiError, idempotency_key, use_api};
use crate::drafts::DraftKey;
use crate::editor::{Sending, Unsaved};
use crate::errors::FieldErrors;
use crate::json;
use crate::queue::{self, State, use_queue};
use crate::routes::Page;
use crate::session::SharedMasters;
use crate::ui::toast::use_toasts;
use crate::words::{self, lang_untracked};

/// The fields that a new lead has beside its profile.
const BESIDE: [&str; 3] = ["inquiry", "store_id", "assignee_id"];
/// The fields of the quick form.
const QUICK: [Field; 7] =
    [Field::Name, Field::Kana, Field::Source, Field::Temperature, Field::BodyType, Field::Budget, Field::Note];
/// What the request's key is kept as in a draft.
const REQUEST: &str = "request";

/// A new lead in work.
#[derive(Clone, Copy)]
pub struct Opening {
    pub form: Form,
    pub store: RwSignal<String>,
    pub assignee: RwSignal<String>,
    pub inquiry: RwSignal<String>,
    place: StoredValue<Place>,
    /// One for as long as the form is filled in, a reload included: whatever became of an earlier sending, one lead is made.
    request: StoredValue<String>,
}

/// Where it is kept while one types.
#[derive(Clone)]
enum Place {
    Draft(DraftKey),
    /// It waits to be sent, or was refused, and is being mended.
    Queued(StaffId, String),
}

/// What a page does with a new lead, whichever form stands on it.
pub struct Acts {
    pub back: Signal<String>,
    pub sending: Sending,
    pub send: Callback<()>,
    pub restored: RwSignal<bool>,
    pub on_drop: Callback<()>,
}

impl Opening {
    /// A form with the draft that was kept, and whether there was one.
    pub fn begin(masters: &SharedMasters) -> (Self, bool) {
        let key = DraftKey::new(masters.me.id, None);
        let kept: Option<KeptDraft> = key.read();
        let restored = kept.is_some();
        (Self::of(kept, Place::Draft(key), masters), restored)
    }

    /// A form with what waits in the queue under a request's key.
    pub fn mend(masters: &SharedMasters, request: String) -> Option<Self> {
        let me = masters.me.id;
        let entry = queue::find(me, &request)?;
        let kept = json::read(&entry.draft).ok()?;
        let opening = Self::of(Some(kept), Place::Queued(me, request), masters);
        if let State::Refused { fields, .. } = entry.state {
            opening.form.errors.set(fields.into_iter().collect());
        }
        Some(opening)
    }

    fn of(kept: Option<KeptDraft>, place: Place, masters: &SharedMasters) -> Self {
        let beside = |name: &str| {
            let kept = kept.as_ref()?;
            kept.beside.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone())
        };
        Self {
            store: RwSignal::new(beside("store_id").unwrap_or_else(|| own_store(masters))),
            assignee: RwSignal::new(beside("assignee_id").unwrap_or_else(|| own_id(masters))),
            inquiry: RwSignal::new(beside("inquiry").unwrap_or_default()),
            request: StoredValue::new(beside(REQUEST).unwrap_or_else(idempotency_key)),
            form: Form::new(kept.map(|kept| kept.draft).unwrap_or_default()),
            place: StoredValue::new(place),
        }
    }

    /// Whether the quick form shows all that was typed.
    pub fn is_quick(self, masters: &SharedMasters) -> bool {
        let own = self.store.get_untracked() == own_store(masters) && self.assignee.get_untracked() == own_id(masters);
        own && self.inquiry.with_untracked(String::is_empty)
            && self.form.draft.with_untracked(|draft| draft.is_within(&QUICK) && draft.phones.len() < 2)
    }

    /// Keeps it while one types, and saves it when it is sent.
    pub fn acts(self, masters: SharedMasters, was_kept: bool) -> Acts {
        let (list, restored) = (use_lead_list(), RwSignal::new(was_kept));
        let save = saving(self, look_after(self));
        let send = Callback::new(move |()| {
            if let Some(new) = self.checked() {
                save.dispatch_local(new);
            }
        });
        let on_drop = Callback::new(move |()| {
            self.clear(&masters);
            restored.set(false);
        });
        let back = Signal::derive(move || list.beside(Page::Leads));
        Acts { back, sending: Sending::of(save), send, restored, on_drop }
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
    pub fn checked(self) -> Option<NewLead> {
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

    /// All that was typed, as it is kept.
    fn kept(self) -> String {
        let beside = vec![
            ("store_id".to_owned(), self.store.get()),
            ("assignee_id".to_owned(), self.assignee.get()),
            ("inquiry".to_owned(), self.inquiry.get()),
            (REQUEST.to_owned(), self.request.get_value()),
        ];
        let (draft, base) = (self.form.draft.get(), LeadProfile::default());
        KeptDraft { whom: draft.whom(), version: 0, base, draft, beside }.text()
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

    /// What waits in the queue stays there as it was typed.
    fn asks(self) -> bool {
        self.place.with_value(|place| matches!(place, Place::Draft(_))) && self.changed()
    }

    fn keep(self) {
        let (text, changed) = (self.kept(), self.changed());
        self.place.with_value(|place| match place {
            Place::Draft(key) if changed => key.keep(&text),
            Place::Draft(key) => key.forget(),
            Place::Queued(me, request) => queue::rewrite(*me, request, &text),
        });
    }

    fn forget(self) {
        // What waits in the queue leaves it when the server has it.
        self.place.with_value(|place| {
            if let Place::Draft(key) = place {
                key.forget();
            }
        });
    }
}

fn own_store(masters: &SharedMasters) -> String {
    let own = masters.me.stores.iter().find(|store| !store.closed).or(masters.open_stores(None).next());
    own.map(|store| store.id.to_string()).unwrap_or_default()
}

fn own_id(masters: &SharedMasters) -> String {
    masters.me.id.to_string()
}

/// Sends a new lead. Without a network it goes into the queue, under the key that it was to be sent with.
fn saving(opening: Opening, done: Callback<Option<LeadId>>) -> Action<NewLead, Result<(), ApiError>> {
    let (api, list, toasts, queue) = (use_api(), use_lead_list(), use_toasts(), use_queue());
    Action::new_local(move |new: &NewLead| {
        let (body, request) = (serde_json::to_string(new).unwrap_or_default(), opening.request.get_value());
        let draft = untrack(|| opening.kept());
        async move {
            match api.create_lead(body.clone(), request.clone()).await {
                Ok(lead) => {
                    queue.sent(&request);
                    toasts.say(words::new_lead::saved(lang_untracked()));
                    done.try_run(Some(lead.id));
                    Ok(())
                }
                // Where nothing can be kept, the form stays as it is.
                Err(ApiError::Offline) if queue.put(request.clone(), body, draft) => {
                    done.try_run(None);
                    toasts.say(words::queue::put(lang_untracked()));
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
