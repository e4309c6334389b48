//! 修正依頼 instead of edits: which members, what stands there and what should, and why; and what became of earlier wishes.

use leptos::prelude::*;
use noren_api::Page as Rows;
use noren_api::customers::{CorrectionRequest, Customer, NewCorrectionRequest, NewWish};
use noren_domain::code::CustomerCode;
use noren_domain::customer::{CorrectionState, CustomerField, Wish};

use super::lines;
use crate::api::{ApiError, idempotency_key, use_api};
use crate::errors::FieldErrors;
use crate::messages;
use crate::ui::badge::Badge;
use crate::ui::button::{Button, Kind, Size};
use crate::ui::choice::{Choice, Toggles};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::dialog::Dialog;
use crate::ui::failure::FailureNotice;
use crate::ui::field::TextField;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::ui::toast::use_toasts;
use crate::words::{self, lang, lang_untracked, t};

type Wishes = LocalResource<Result<Rows<CorrectionRequest>, ApiError>>;

#[component]
pub fn Corrections(code: CustomerCode, customer: Signal<Customer>) -> impl IntoView {
    let api = use_api();
    let asked = code.clone();
    let wishes: Wishes = LocalResource::new(move || api.list_corrections(asked.clone()));
    let open = RwSignal::new(false);
    let body = move |Loaded { value, .. }: Loaded<Rows<CorrectionRequest>>| {
        let rows = move || {
            let items = value.with(|page| page.items.clone());
            if items.is_empty() {
                return view! { <p class="t-2">{t(words::correction::none)}</p> }.into_any();
            }
            view! { <ul class="records">{items.into_iter().map(|wish| view! { <OneWish wish /> }).collect_view()}</ul> }
                .into_any()
        };
        rows.into_any()
    };
    let code = StoredValue::new(code);
    view! {
        <section class="card">
            <header>
                <Glyph icon=Icon::Pen />
                <h2 class="as-card">{t(words::correction::title)}</h2>
            </header>
            <div class="body stack">
                <p class="t-meta t-2">{t(words::correction::what)}</p>
                <Load resource=wishes failed=words::correction::not_loaded skeleton=|| view! { <Skeleton lines=2 /> } view=body />
                <p>
                    <Button icon=Icon::Pen on_click=Callback::new(move |()| open.set(true))>{t(words::correction::ask)}</Button>
                </p>
            </div>
        </section>
        <Dialog open title=Signal::derive(move || words::correction::ask(lang()).to_owned())>
            <WishForm code=code.get_value() customer open wishes />
        </Dialog>
    }
}

#[component]
fn OneWish(wish: CorrectionRequest) -> impl IntoView {
    let CorrectionRequest { wishes, note, state, requested_at, staff_name, reason, .. } = wish;
    let (tone, stands) = lines::state(state);
    let when = move || date::near(requested_at, use_ticker().get_untracked(), lang());
    let by = staff_name.map(|name| format!("・{name}"));
    let line = |Wish { field, seen, wanted }: Wish| {
        let empty = || words::common::empty(lang()).to_owned();
        let said = move || {
            let (seen, wanted) = (seen.clone().unwrap_or_else(empty), wanted.clone().unwrap_or_else(empty));
            words::correction::change(lang(), lines::field(field)(lang()), seen, wanted)
        };
        view! { <li class="wish">{said}</li> }
    };
    let why = reason.map(|reason| {
        view! { <p class="t-meta t-warn">{move || words::correction::reason(lang(), &reason)}</p> }
    });
    let help = (state == CorrectionState::Stuck)
        .then(|| view! { <p class="t-meta t-2">{t(words::correction::stuck_what)}</p> });
    view! {
        <li>
            <p class="line" data-wrap>
                <Badge tone>{t(stands)}</Badge>
                <span class="t-meta t-3 num">{when} {by}</span>
            </p>
            <ul>{wishes.into_iter().map(line).collect_view()}</ul>
            {note.map(|note| view! { <p class="t-meta t-2 note">{note}</p> })}
            {why}
            {help}
        </li>
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
fn WishForm(code: CustomerCode, customer: Signal<Customer>, open: RwSignal<bool>, wishes: Wishes) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let draft = Draft {
        wishes: RwSignal::new(Vec::new()),
        note: RwSignal::new(String::new()),
        errors: RwSignal::new(FieldErrors::default()),
    };
    let (key, code) = (StoredValue::new(idempotency_key()), StoredValue::new(code));
    let send = Action::new_local(move |(): &()| async move {
        let asked = api.request_correction(code.get_value(), draft.sent(), key.get_value()).await;
        if let Err(error) = &asked {
            draft.errors.set(error.fields().iter().cloned().collect());
        }
        asked?;
        toasts.say(words::correction::asked(lang_untracked()));
        wishes.refetch();
        open.set(false);
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
            <Button kind=Kind::Quiet on_click=Callback::new(move |()| open.set(false))>{t(words::common::cancel)}</Button>
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
                {t(words::correction::send)}
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
