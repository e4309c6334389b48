//! 走り書き: a lead in six taps and a name, while the customer is still taking off their coat.

mod chips;
mod kana;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;

use self::chips::{BudgetChips, ShapeChips, SourceChips, TemperatureChips};
use self::kana::Filling;
use super::fields::Field;
use super::form::{ContactRow, Form, ProfileField};
use super::list::use_lead_list;
use super::opening::{Acts, Opening};
use crate::editor::{FormPage, FormWords};
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::field::TextField;
use crate::words::{self, lang, t};

const WORDS: FormWords =
    FormWords { title: words::quick::title, save: words::new_lead::save, failed: words::new_lead::not_saved };
/// What the dye at the top counts, in the order of the form.
const STEPS: [Field; 5] = [Field::Name, Field::Source, Field::BodyType, Field::Budget, Field::Temperature];

#[component]
pub fn QuickPage() -> impl IntoView {
    let (list, masters) = (use_lead_list(), use_masters());
    let (opening, was_kept) = Opening::begin(&masters);
    if !opening.is_quick(&masters) {
        let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
        return view! { <Redirect path=list.beside(Page::NewLeadInFull) options /> }.into_any();
    }
    let Acts { back, sending, send, restored, on_drop } = opening.acts(masters, was_kept);
    let in_full = move || list.beside(Page::NewLeadInFull);
    let way = view! {
        <a class="btn" data-kind="quiet" data-carries="" href=in_full>
            {t(words::quick::in_full)}
        </a>
    };
    let form = opening.form;
    view! {
        <div class="pane form-pane">
            <FormPage
                words=WORDS
                back
                sending
                send
                restored
                on_drop
                head=view! { <Progress form /> }.into_any()
                way=way.into_any()
            >
                <div class="quick">
                    <NameFields form />
                    <div class="pair">
                        <ContactRow form field=Field::Phones at=0 />
                        <ProfileField form field=Field::Note />
                    </div>
                    <SourceChips form />
                    <ShapeChips form />
                    <BudgetChips form />
                    <TemperatureChips form />
                </div>
            </FormPage>
        </div>
    }
    .into_any()
}

/// How much of it is there: the cloth is dyed deeper with each.
#[component]
fn Progress(form: Form) -> impl IntoView {
    let done = Memo::new(move |_| {
        form.draft.with(|draft| STEPS.iter().filter(|field| !draft.text(**field).trim().is_empty()).count())
    });
    let step = move |at: usize| view! { <i data-dye=move || (at < done.get()).then_some(at + 2)></i> };
    view! {
        <div
            class="dye push"
            role="img"
            aria-label=move || words::quick::progress(lang(), STEPS.len(), done.get())
        >
            {(0..STEPS.len()).map(step).collect_view()}
        </div>
    }
}

/// The name, and its reading, which fills in while the name is typed.
#[component]
fn NameFields(form: Form) -> impl IntoView {
    let text = move |field| form.draft.with_untracked(|draft| draft.text(field).to_owned());
    let filling = StoredValue::new(Filling::of(&text(Field::Kana)));
    let fill = move |kana: Option<String>| {
        if let Some(kana) = kana {
            form.set(Field::Kana, kana);
        }
    };
    let ask = move |act: &dyn Fn(&mut Filling) -> Option<String>| fill(filling.try_update_value(act).flatten());
    let type_name = Callback::new(move |name: String| {
        if name.is_empty() {
            ask(&Filling::name_emptied);
        }
        form.set(Field::Name, name);
    });
    let type_kana = Callback::new(move |kana: String| {
        filling.update_value(|filling| filling.typed_by_hand(&kana));
        form.set(Field::Kana, kana);
    });
    view! {
        <div class="pair">
            <div
                class="name"
                on:compositionupdate=move |ev| {
                    ask(&|filling| filling.composing(&ev.data().unwrap_or_default(), &text(Field::Name)));
                }
                on:compositionend=move |ev| ask(&|filling| filling.composed(&ev.data().unwrap_or_default()))
            >
                <Typed form field=Field::Name on_type=type_name />
            </div>
            <Typed form field=Field::Kana on_type=type_kana />
        </div>
    }
}

#[component]
fn Typed(form: Form, field: Field, on_type: Callback<String>) -> impl IntoView {
    view! {
        <TextField
            name=field.path()
            label=Signal::derive(move || field.label()(lang()).to_owned())
            value=form.text(field)
            on_type
            on_leave=Callback::new(move |()| form.left(field.path()))
            typing=field.typing()
            error=form.error(field.path())
            required=form.needs(field)
        />
    }
}
