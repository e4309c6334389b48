//! Which members, what stands there and what should, and why: a new 修正依頼, or one that is mended.

use leptos::prelude::*;
use noren_api::customers::{CorrectionRequest, Customer, NewCorrectionRequest, NewWish};
use noren_domain::code::CustomerCode;
use noren_domain::customer::{CustomerField, Wish};

use super::super::lines;
use super::Wishes;
use crate::api::{ApiError, idempotency_key, use_api};
use crate::errors::FieldErrors;
use crate::messages;
use crate::ui::button::{Button, Kind, Size};
use crate::ui::choice::{Choice, Toggles};
use crate::ui::failure::FailureNotice;
use crate::ui::field::TextField;
use crate::ui::toast::use_toasts;
use crate::words::{self, Lang, lang, lang_untracked, t};

/// Whether something is being asked for, and what of before is mended by it. `Copy`.
#[derive(Clone, Copy)]
pub struct Asking {
    pub open: RwSignal<bool>,
    mended: RwSignal<Option<CorrectionRequest>>,
    wishes: Wishes,
}

impl Asking {
    pub fn new(wishes: Wishes) -> Self {
        Self { open: RwSignal::new(false), mended: RwSignal::new(None), wishes }
    }

    /// Opens the form, with what is to be mended.
    pub fn begin(self, mended: Option<CorrectionRequest>) {
        self.mended.set(mended);
        self.open.set(true);
    }

    pub fn title(self, lang: Lang) -> &'static str {
        if self.mended.with(Option::is_some) { words::correction::mend(lang) } else { words::correction::ask(lang) }
    }
}

/// What a person wishes, as typed. `Copy`.
#[derive(Clone, Copy)]
struct Draft {
    wishes: RwSignal<Vec<(CustomerField, String)>>,
    note: RwSignal<String>,
    errors: RwSignal<FieldErrors>,
}

impl Draft {
    /// What was wished before, or nothing yet.
    fn of(before: Option<CorrectionRequest>) -> Self {
        let (wishes, note) = before.map(|before| (before.wishes, before.note)).unwrap_or_default();
        let typed = |Wish { field, wanted, .. }: Wish| (field, wanted.unwrap_or_default());
        Self {
            wishes: RwSignal::new(wishes.into_iter().map(typed).collect()),
            note: RwSignal::new(note.unwrap_or_default()),
            errors: RwSignal::new(FieldErrors::default()),
        }
    }

    fn toggle(self, field: CustomerField, now: String) {
        self.errors.set(FieldErrors::default());
        self.wishes.update(|wishes| match wishes.iter().position(|(known, _)| *known == field) {
            Some(at) => {
                wishes.remove(at);
            }
            None => {
                wishes.push((field, now));
                wishes.sort_by_key(|(field, _)| *field);
            }
        });
    }

    fn has(self, field: CustomerField) -> bool {
        self.wishes.with(|wishes| wishes.iter().any(|(known, _)| *known == field))
    }

    fn set(self, field: CustomerField, text: String) {
        self.wishes.update(|wishes| {
            if let Some((_, typed)) = wishes.iter_mut().find(|(known, _)| *known == field) {
                *typed = text;
            }
        });
    }

    fn text(self, field: CustomerField) -> String {
        self.wishes.with(|wishes| {
            wishes.iter().find(|(known, _)| *known == field).map(|(_, typed)| typed.clone()).unwrap_or_default()
        })
    }

    /// What is wrong with a wish; the server counts them.
    fn error_of(self, field: CustomerField) -> Option<String> {
        let at = self.wishes.with(|wishes| wishes.iter().position(|(known, _)| *known == field))?;
        self.errors
            .with(|errors| errors.of(&format!("wishes.{at}.wanted")).map(|broken| messages::field(broken, lang())))
    }

    fn sent(self) -> NewCorrectionRequest {
        let wish = |(field, typed): (CustomerField, String)| NewWish {
            field,
            wanted: Some(typed).filter(|typed| !typed.trim().is_empty()),
        };
        NewCorrectionRequest {
            wishes: self.wishes.get_untracked().into_iter().map(wish).collect(),
            note: Some(self.note.get_untracked()).filter(|note| !note.trim().is_empty()),
        }
    }
}

/// What can be asked for here; stores and colleagues are settled in EXTREME.
const FIELDS: [CustomerField; 12] = [
    CustomerField::Name,
    CustomerField::Kana,
    CustomerField::ContactName,
    CustomerField::Birthday,
    CustomerField::Phones,
    CustomerField::Mails,
    CustomerField::PostalCode,
    CustomerField::Prefecture,
    CustomerField::City,
    CustomerField::Town,
    CustomerField::Street,
    CustomerField::Building,
];

/// What stands there now, as the server compares it.
fn present(field: CustomerField, customer: &Customer) -> String {
    let list = |texts: Vec<String>| texts.join(",");
    let address = &customer.address;
    let text = match field {
        CustomerField::Name => Some(customer.name.clone()),
        CustomerField::Kana => customer.kana.clone(),
        CustomerField::ContactName => customer.contact_name.clone(),
        CustomerField::Birthday => customer.birthday.map(|day| day.to_string()),
        CustomerField::Phones => Some(list(customer.phone_numbers.iter().map(|phone| phone.display.clone()).collect())),
        CustomerField::Mails => Some(list(customer.mails.clone())),
        CustomerField::PostalCode => address.postal_code.clone(),
        CustomerField::Prefecture => address.prefecture.clone(),
        CustomerField::City => address.city.clone(),
        CustomerField::Town => address.town.clone(),
        CustomerField::Street => address.street.clone(),
        CustomerField::Building => address.building.clone(),
        CustomerField::StoreCode | CustomerField::StaffCode => None,
    };
    text.unwrap_or_default()
}

#[component]
pub fn WishForm(code: CustomerCode, customer: Signal<Customer>, asking: Asking) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let mended = asking.mended.get_untracked();
    let (draft, mended) = (Draft::of(mended.clone()), mended.map(|wish| wish.id));
    let (key, code) = (StoredValue::new(idempotency_key()), StoredValue::new(code));
    let send = Action::new_local(move |(): &()| async move {
        let asked = match mended {
            Some(id) => api.resend_correction(code.get_value(), id, draft.sent()).await,
            None => api.request_correction(code.get_value(), draft.sent(), key.get_value()).await,
        };
        if let Err(error) = &asked {
            draft.errors.set(error.fields().iter().cloned().collect());
        }
        asked?;
        let said = if mended.is_some() { words::correction::mended } else { words::correction::asked };
        toasts.say(said(lang_untracked()));
        asking.wishes.refetch();
        asking.open.set(false);
        Ok::<(), ApiError>(())
    });
    let failure = move || {
        let error = send.value().get().and_then(Result::err).filter(|_| !send.pending().get())?;
        error.fields().is_empty().then(|| {
            view! { <FailureNotice failure=Signal::stored(error.into()) title=words::correction::not_asked /> }
        })
    };
    let choices = move || FIELDS.map(|field| Choice::new(field.as_str(), lines::field(field)(lang()))).to_vec();
    let field_of = |value: &str| FIELDS.into_iter().find(|field| field.as_str() == value);
    let is_chosen = Callback::new(move |value: String| field_of(&value).is_some_and(|field| draft.has(field)));
    let toggle = Callback::new(move |value: String| {
        if let Some(field) = field_of(&value) {
            draft.toggle(field, customer.with_untracked(|customer| present(field, customer)));
        }
    });
    let nothing = move || draft.wishes.with(Vec::is_empty);
    let chosen =
        Memo::new(move |_| draft.wishes.with(|wishes| wishes.iter().map(|(field, _)| *field).collect::<Vec<_>>()));
    view! {
        <div class="dialog-body stack">
            {failure}
            <Toggles
                name="correction_fields"
                legend=Signal::derive(move || words::correction::which(lang()).to_owned())
                choices=Signal::derive(choices)
                is_chosen
                on_toggle=toggle
            />
            <For each=move || chosen.get() key=|field| *field let:field>
                <WishField field draft customer />
            </For>
            <TextField
                name="correction_note"
                label=Signal::derive(move || words::correction::note(lang()).to_owned())
                hint=Signal::derive(move || Some(words::correction::note_hint(lang()).to_owned()))
                value=draft.note
                on_type=Callback::new(move |text| draft.note.set(text))
                rows=3
            />
        </div>
        <footer>
            <Button kind=Kind::Quiet on_click=Callback::new(move |()| asking.open.set(false))>{t(words::common::cancel)}</Button>
            <Button
                kind=Kind::Primary
                size=Size::Large
                busy=send.pending()
                on_click=Callback::new(move |()| {
                    if nothing() {
                        toasts.say(words::correction::choose(lang_untracked()));
                    } else {
                        send.dispatch_local(());
                    }
                })
            >
                {t(if mended.is_some() { words::correction::send_again } else { words::correction::send })}
            </Button>
        </footer>
    }
}

#[component]
fn WishField(field: CustomerField, draft: Draft, customer: Signal<Customer>) -> impl IntoView {
    let now = move || {
        let now = customer.with(|customer| present(field, customer));
        let now = if now.is_empty() { words::common::empty(lang()).to_owned() } else { now };
        Some(words::correction::now(lang(), now))
    };
    view! {
        <TextField
            name=format!("wish_{}", field.as_str())
            label=Signal::derive(move || lines::field(field)(lang()).to_owned())
            hint=Signal::derive(now)
            error=Signal::derive(move || draft.error_of(field))
            value=Signal::derive(move || draft.text(field))
            on_type=Callback::new(move |text| draft.set(field, text))
        />
    }
}
