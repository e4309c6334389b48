//! The first form of the web: made of what most dealers ask, and ready to be put on a page.

use leptos::prelude::*;
use noren_api::forms::{Form, FormContent};
use noren_domain::company::SetupStep;

use super::Run;
use super::step::StepPage;
use crate::api::{ApiError, idempotency_key};
use crate::pages::settings::forms::{Share, blank};
use crate::session::use_masters;
use crate::ui::button::{Button, Kind};
use crate::ui::failure::FailureNotice;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::words::{self, lang_untracked, t};

#[component]
pub fn FormStep(run: Run) -> impl IntoView {
    let forms = LocalResource::new(move || run.api.list_forms());
    let view = move |Loaded { value, .. }: Loaded<Vec<Form>>| {
        let forms_now = move || match value.get().into_iter().next() {
            Some(form) => view! { <Share form /> }.into_any(),
            None => view! { <Usual run forms /> }.into_any(),
        };
        forms_now.into_any()
    };
    view! {
        <StepPage
            run
            step=SetupStep::Form
            title=words::setup::form
            lead=words::setup::form_lead
            next_label=words::setup::finish
            next=None
        >
            <Load resource=forms failed=words::forms::not_loaded skeleton=|| view! { <Skeleton lines=3 /> } view />
        </StepPage>
    }
}

/// Offers the usual form.
#[component]
fn Usual(run: Run, forms: LocalResource<Result<Vec<Form>, ApiError>>) -> impl IntoView {
    let usual = blank(&use_masters());
    // One for as long as the page is open, so that it is made once.
    let key = StoredValue::new(idempotency_key());
    let make = Action::new_local(move |content: &FormContent| {
        let content = FormContent { name: words::setup::form_name(lang_untracked()).to_owned(), ..content.clone() };
        async move {
            let made = run.api.create_form(content, key.get_value()).await;
            forms.refetch();
            made.map(drop)
        }
    });
    let on_click = Callback::new(move |()| {
        if let Some(content) = usual.clone() {
            make.dispatch_local(content);
        }
    });
    let failure = move || {
        let error: ApiError = make.value().get().and_then(Result::err).filter(|_| !make.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::edit::not_saved /> })
    };
    view! {
        <section class="card form-section">
            <header><h2 class="as-card">{t(words::forms::title)}</h2></header>
            <div class="body stack">
                {failure}
                <p>{t(words::setup::form_usual)}</p>
                <p>
                    <Button kind=Kind::Secondary icon=Icon::Globe busy=make.pending() on_click>{t(words::forms::create)}</Button>
                </p>
            </div>
        </section>
    }
}
