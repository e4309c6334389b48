//! A form that is there: where it is, and what it asks.

use leptos::prelude::*;
use noren_api::forms::Form;

use super::FormGate;
use super::FormWork;
use super::parts::Parts;
use super::preview::{Preview, PreviewLink};
use super::share::Share;
use crate::editor::FormWords;
use crate::pages::settings::editing::Edit;
use crate::words;

const WORDS: FormWords =
    FormWords { title: words::forms::edit, save: words::common::save, failed: words::edit::not_saved };

#[component]
pub fn EditFormPage() -> impl IntoView {
    let edit = || view! { <Edit words=WORDS failed=words::forms::not_loaded body /> }.into_any();
    view! {
        <main class="page form-pane form-work">
            <FormGate view=edit />
        </main>
    }
}

fn body(work: FormWork, form: Form) -> AnyView {
    view! {
        <div class="parts">
            <PreviewLink />
            <Share form />
            <Parts work />
        </div>
        <Preview work />
    }
    .into_any()
}
