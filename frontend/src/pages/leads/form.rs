//! The form of a lead, for a new one and for an edit.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::leads::LeadProfile;
use noren_api::postal_codes::PostalPlace;
use noren_domain::lead::{MAX_CONTACTS, Temperature};

use super::draft::{Draft, phone_reading};
use super::fields::Field;
use super::lines;
use super::tags::TagField;
use crate::api::ApiError;
use crate::editor::focus;
use crate::errors::FieldErrors;
use crate::messages;
use crate::postal::PostalCode;
use crate::session::use_masters;
use crate::ui::button::{Button, Kind};
use crate::ui::choice::{Choice, Choices};
use crate::ui::field::{Opt, SelectField, TextField};
use crate::ui::icon::Icon;
use crate::words::{self, Lang, lang, t};

/// A form in work. `Copy`, so that every field holds it.
#[derive(Clone, Copy)]
pub struct Form {
    pub draft: RwSignal<Draft>,
    pub errors: RwSignal<FieldErrors>,
}

impl Form {
    pub fn new(draft: Draft) -> Self {
        Self { draft: RwSignal::new(draft), errors: RwSignal::new(FieldErrors::default()) }
    }

    pub fn text(self, field: Field) -> Signal<String> {
        Signal::derive(move || self.draft.with(|draft| draft.text(field).to_owned()))
    }

    pub fn set(self, field: Field, text: String) {
        self.draft.update(|draft| draft.set(field, text));
    }

    /// One row of phones or mails.
    fn set_row(self, field: Field, at: usize, text: String) {
        self.draft.update(|draft| draft.set_row(field, at, text));
    }

    /// Whether the lead cannot be saved without it: a name is needed only as long as there is no company.
    pub fn needs(self, field: Field) -> Signal<bool> {
        Signal::derive(move || match field {
            Field::Source => true,
            Field::Name => self.draft.with(|draft| draft.text(Field::Company).trim().is_empty()),
            _ => false,
        })
    }

    /// What is wrong with a field, in words.
    pub fn error(self, path: impl Into<String>) -> Signal<Option<String>> {
        let path = path.into();
        Signal::derive(move || {
            self.errors.with(|errors| errors.of(&path).map(|broken| messages::field(broken, lang())))
        })
    }

    /// Checks one field when it is left; an empty required field is told only when the form is sent.
    pub fn left(self, path: &str) {
        let found = self.draft.with_untracked(Draft::check).err().and_then(|errors| errors.of(path).cloned());
        self.errors.update(|errors| {
            errors.remove(path);
            if let Some(found) = found.filter(|found| found.code != "required") {
                errors.add(found);
            }
        });
    }

    /// Drops empty rows, checks everything and gives what is to be sent; otherwise the first bad field takes the focus.
    pub fn checked(self) -> Option<LeadProfile> {
        self.draft.update(|draft| *draft = std::mem::take(draft).tidied());
        match self.draft.with_untracked(Draft::check) {
            Ok(profile) => {
                self.errors.set(FieldErrors::default());
                Some(profile)
            }
            Err(errors) => {
                self.show(errors, &[]);
                None
            }
        }
    }

    /// Puts the server's field errors beside the fields. Whether there were any.
    pub fn refused(self, error: &ApiError, first: &[&str]) -> bool {
        let errors: FieldErrors = error.fields().iter().cloned().collect();
        let any = !errors.is_empty();
        if any {
            self.show(errors, first);
        }
        any
    }

    /// Shows errors and leads to the first; `first` are fields before those of the profile.
    pub fn show(self, errors: FieldErrors, first: &[&str]) {
        let order: Vec<&str> = first.iter().copied().chain(Field::ALL.map(Field::path)).collect();
        let bad = errors.first(&order).map(str::to_owned);
        self.errors.set(errors);
        if let Some(bad) = bad {
            spawn_local(focus(bad));
        }
    }
}

/// Who, what car, how they came, and where they live.
#[component]
pub fn ProfileForm(
    form: Form,
    /// What stands beside the note: a new lead has more to say there.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let rest = if children.is_some() { words::form::reception } else { words::form::other };
    view! {
        <FormSection title=words::form::person>
            <ProfileField form field=Field::Name hint=words::form::name_hint />
            <ProfileField form field=Field::Kana />
            <SourceField form />
            <ProfileField form field=Field::Company />
            <ContactRows form field=Field::Phones add=words::form::add_phone />
            <ContactRows form field=Field::Mails add=words::form::add_mail />
        </FormSection>
        <FormSection title=words::form::car>
            <TemperatureField form />
            <ProfileField form field=Field::Maker />
            <ProfileField form field=Field::Model />
            <ProfileField form field=Field::BodyType hint=words::form::body_type_hint />
            <ProfileField form field=Field::Budget hint=words::form::budget_hint unit=words::form::man_yen />
            <ProfileField form field=Field::Timing hint=words::form::timing_hint />
        </FormSection>
        <FormSection title=rest>
            {children.map(|children| children())}
            <TagField form />
            <ProfileField form field=Field::Note rows=3 />
        </FormSection>
        <FormSection title=words::form::address>
            <PostalField form />
            <ProfileField form field=Field::Prefecture />
            <ProfileField form field=Field::City />
            <ProfileField form field=Field::Town />
            <ProfileField form field=Field::Street />
            <div class="wide">
                <ProfileField form field=Field::Building />
            </div>
        </FormSection>
    }
}

/// A group of fields under a heading.
#[component]
fn FormSection(title: fn(Lang) -> &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="card form-section">
            <header><h2 class="as-card">{t(title)}</h2></header>
            <div class="body fields">{children()}</div>
        </section>
    }
}

/// One text of the profile.
#[component]
pub fn ProfileField(
    form: Form,
    field: Field,
    #[prop(optional)] hint: Option<fn(Lang) -> &'static str>,
    /// What a number counts, inside the field; its hint says it too.
    #[prop(optional)]
    unit: Option<fn(Lang) -> &'static str>,
    #[prop(default = 1)] rows: u32,
) -> impl IntoView {
    let end = unit.map(|unit| view! { <span class="unit" aria-hidden="true">{t(unit)}</span> }.into_any());
    let label = Signal::derive(move || field.label()(lang()).to_owned());
    let hint = Signal::derive(move || {
        let reading = form.draft.with(|draft| draft.reading(field));
        reading.map(|reading| words::form::read_as(lang(), reading)).or_else(|| Some(hint?(lang()).to_owned()))
    });
    view! {
        <TextField
            name=field.path()
            label
            value=form.text(field)
            on_type=Callback::new(move |text| form.set(field, text))
            on_leave=Callback::new(move |()| form.left(field.path()))
            typing=field.typing()
            hint
            error=form.error(field.path())
            required=form.needs(field)
            rows
            end
        />
    }
}

#[component]
fn PostalField(form: Form) -> impl IntoView {
    let on_take = Callback::new(move |place: PostalPlace| {
        form.draft.update(|draft| {
            draft.set(Field::Prefecture, place.prefecture);
            draft.set(Field::City, place.city);
            draft.set(Field::Town, place.town);
        });
    });
    view! {
        <PostalCode typed=form.text(Field::PostalCode) on_take>
            <ProfileField form field=Field::PostalCode hint=words::form::postal_hint />
        </PostalCode>
    }
}

/// Phones or mail addresses: as many rows as there are, and one to begin with.
#[component]
fn ContactRows(form: Form, field: Field, add: fn(Lang) -> &'static str) -> impl IntoView {
    let count = Memo::new(move |_| form.draft.with(|draft| draft.list(field).len().max(1)));
    let more = Callback::new(move |()| form.set_row(field, count.get_untracked(), String::new()));
    view! {
        <div class="contact-rows wide">
            <For each=move || 0..count.get() key=|at| *at let:at>
                <ContactRow form field at />
            </For>
            {move || {
                (count.get() < MAX_CONTACTS)
                    .then(|| view! { <Button kind=Kind::Quiet icon=Icon::Plus on_click=more>{t(add)}</Button> })
            }}
        </div>
    }
}

#[component]
pub fn ContactRow(form: Form, field: Field, at: usize) -> impl IntoView {
    let value = Signal::derive(move || form.draft.with(|draft| draft.list(field).get(at).cloned().unwrap_or_default()));
    let path = format!("{}.{at}", field.path());
    let label = Signal::derive(move || {
        let label = field.label()(lang());
        if at == 0 { label.to_owned() } else { words::form::numbered(lang(), label, at + 1) }
    });
    let hint = Signal::derive(move || {
        let reading = (field == Field::Phones).then(|| value.with(|typed| phone_reading(typed))).flatten();
        reading.map(|reading| words::form::read_as(lang(), reading))
    });
    let leave = {
        let path = path.clone();
        Callback::new(move |()| form.left(&path))
    };
    view! {
        <TextField
            name=path.clone()
            label
            value
            on_type=Callback::new(move |text| form.set_row(field, at, text))
            on_leave=leave
            typing=field.typing()
            hint
            error=form.error(path)
        />
    }
}

pub fn temperatures() -> Vec<Choice> {
    Temperature::ALL.map(|known| Choice::new(known.as_str(), lines::temperature(known)(lang()))).to_vec()
}

#[component]
fn TemperatureField(form: Form) -> impl IntoView {
    let choices = move || {
        let unknown = Choice::new("", words::temperature::unknown(lang()));
        temperatures().into_iter().chain(std::iter::once(unknown)).collect::<Vec<_>>()
    };
    view! {
        <div class="wide">
            <Choices
                name=Field::Temperature.path()
                legend=Signal::derive(move || Field::Temperature.label()(lang()).to_owned())
                choices=Signal::derive(choices)
                chosen=form.text(Field::Temperature)
                on_choose=Callback::new(move |name| form.set(Field::Temperature, name))
            />
        </div>
    }
}

#[component]
fn SourceField(form: Form) -> impl IntoView {
    let masters = use_masters();
    let options = move || {
        let chosen = form.draft.with(|draft| draft.text(Field::Source).to_owned());
        let usable = masters.sources.iter().filter(|source| source.active || source.code.0 == chosen);
        let named = usable
            .map(|source| Opt { value: source.code.0.clone(), label: masters.source_name(&source.code.0, lang()) });
        let none = Opt { value: String::new(), label: words::form::choose(lang()).to_owned() };
        std::iter::once(none).chain(named).collect::<Vec<_>>()
    };
    view! {
        <SelectField
            name=Field::Source.path()
            label=Signal::derive(move || Field::Source.label()(lang()).to_owned())
            options=Signal::derive(options)
            value=form.text(Field::Source)
            on_choose=Callback::new(move |code| {
                form.set(Field::Source, code);
                form.left(Field::Source.path());
            })
            error=form.error(Field::Source.path())
            required=form.needs(Field::Source)
        />
    }
}
