//! A new form.

use leptos::prelude::*;
use noren_api::forms::{Form, FormContent};
use noren_domain::language::Language;
use noren_domain::lead_source::SourceCode;

use super::FormGate;
use super::FormWork;
use super::content::usual_fields;
use super::parts::Parts;
use super::preview::{Preview, PreviewLink};
use crate::editor::FormWords;
use crate::pages::settings::editing::New;
use crate::routes::Page;
use crate::session::{Masters, use_masters};
use crate::words;

const WORDS: FormWords =
    FormWords { title: words::forms::new, save: words::forms::create, failed: words::edit::not_saved };
/// Where most forms stand.
const OWN_SITE: &str = "own_site";

#[component]
pub fn NewFormPage() -> impl IntoView {
    view! {
        <main class="page form-pane form-work">
            <FormGate view=|| view! { <NewForm /> }.into_any() />
        </main>
    }
}

/// What a form begins from; a person without a store has none to put it into.
pub fn blank(masters: &Masters) -> Option<FormContent> {
    let store = masters.me.stores.iter().find(|store| !store.closed).or(masters.open_stores(None).next())?;
    let known = masters.sources.iter().any(|source| source.active && source.code == SourceCode(OWN_SITE.to_owned()));
    Some(FormContent {
        store_id: store.id,
        source_code: if known { OWN_SITE.to_owned() } else { String::new() },
        name: String::new(),
        language: Language::Ja,
        title: words::forms::usual_title(words::Lang::Ja).to_owned(),
        intro: None,
        thanks: None,
        fields: usual_fields(),
        origins: Vec::new(),
        consent: None,
        active: true,
    })
}

/// It leads to the new form, where its address stands.
#[component]
fn NewForm() -> impl IntoView {
    let blank = blank(&use_masters())?;
    let on = |form: &Form| Page::Form(form.id);
    Some(view! { <New words=WORDS blank said=words::forms::created on body /> })
}

fn body(work: FormWork) -> AnyView {
    view! {
        <div class="parts">
            <PreviewLink />
            <Parts work />
        </div>
        <Preview work />
    }
    .into_any()
}
