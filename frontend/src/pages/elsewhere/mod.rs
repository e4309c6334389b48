//! ほかのシステム: buttons that open a car or a customer where other systems have them, and what these call it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::external_systems::ExternalLink;
use noren_domain::external_system::{Subject, SystemKey};

use crate::api::{ApiError, use_api};
use crate::messages;
use crate::session::Session;
use crate::ui::button::{Button, Kind};
use crate::ui::dialog::Dialog;
use crate::ui::failure::FailureNotice;
use crate::ui::field::TextField;
use crate::ui::icon::{Glyph, Icon, Size};
use crate::ui::toast::use_toasts;
use crate::words::{self, Lang, lang, lang_untracked, t};

type Links = RwSignal<Vec<ExternalLink>>;

/// The card; not there where no system knows of such a thing.
#[component]
pub fn Elsewhere(subject: Subject) -> impl IntoView {
    let api = use_api();
    let (links, open) = (Links::default(), RwSignal::new(false));
    let asked = subject.clone();
    // Beside everything else on the page: where it cannot be read, nothing is missing that one came for.
    spawn_local(async move {
        if let Ok(told) = api.list_external_links(asked).await {
            let _ = links.try_set(told);
        }
    });
    let edits = expect_context::<RwSignal<Session>>().with_untracked(Session::settles_forms);
    let subject = StoredValue::new(subject);
    let shown = Memo::new(move |_| links.with(|links| links.iter().any(|link| link.url.is_some() || edits)));
    let buttons = move || {
        let known = links.get().into_iter().filter_map(|link| link.url.clone().map(|url| (link, url)));
        let buttons = known.map(button).collect_view();
        if links.with(|links| links.iter().all(|link| link.url.is_none())) {
            return view! { <p class="t-2">{t(words::elsewhere::none)}</p> }.into_any();
        }
        view! { <ul class="elsewhere">{buttons}</ul> }.into_any()
    };
    let edit = move || {
        edits.then(|| {
            view! {
                <Button kind=Kind::Quiet icon=Icon::Pen on_click=Callback::new(move |()| open.set(true))>
                    {t(words::elsewhere::edit)}
                </Button>
            }
        })
    };
    move || {
        shown.get().then(|| {
            view! {
                <section class="card elsewhere-card">
                    <header>
                        <Glyph icon=Icon::Globe />
                        <h2 class="as-card">{t(words::elsewhere::title)}</h2>
                    </header>
                    <div class="body stack">
                        {buttons}
                        {edit}
                    </div>
                    <Dialog open title=Signal::derive(move || words::elsewhere::edit(lang()).to_owned())>
                        <Codes subject=subject.get_value() links open />
                    </Dialog>
                </section>
            }
        })
    }
}

fn name(link: &ExternalLink, lang: Lang) -> String {
    match lang {
        Lang::Ja => link.name_ja.clone(),
        Lang::En => link.name_en.clone(),
    }
}

fn button((link, url): (ExternalLink, String)) -> impl IntoView {
    view! {
        <li>
            <a class="btn" data-kind="secondary" href=url target="_blank" rel="noopener noreferrer">
                <span>{move || name(&link, lang())}</span>
                <Glyph icon=Icon::Expand size=Size::Small />
                <span class="sr">{t(words::elsewhere::new_tab)}</span>
            </a>
        </li>
    }
}

/// What each system calls it, as it is typed.
#[component]
fn Codes(subject: Subject, links: Links, open: RwSignal<bool>) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let typed: Vec<(ExternalLink, RwSignal<String>)> = links
        .get_untracked()
        .into_iter()
        .map(|link| (link.clone(), RwSignal::new(link.code.unwrap_or_default())))
        .collect();
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(None::<(SystemKey, ApiError)>));
    let rows = typed.clone();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (subject, rows) = (subject.clone(), rows.clone());
        busy.set(true);
        spawn_local(async move {
            for (link, typed) in rows {
                let code = typed.get_untracked().trim().to_owned();
                if code == link.code.unwrap_or_default() {
                    continue;
                }
                match api.set_external_code(subject.clone(), link.system_key.clone(), code).await {
                    Ok(told) => drop(links.try_set(told)),
                    Err(error) => {
                        let _ = refused.try_set(Some((link.system_key, error)));
                        let _ = busy.try_set(false);
                        return;
                    }
                }
            }
            toasts.say(words::elsewhere::saved(lang_untracked()));
            let _ = open.try_set(false);
        });
    };
    let field = |(link, typed): (ExternalLink, RwSignal<String>)| {
        let key = link.system_key.clone();
        let id = format!("external_code_{}", key.as_str());
        let error = Signal::derive(move || {
            let (of, error) = refused.get()?;
            let broken = error.fields().first().filter(|_| of == key)?.clone();
            Some(match broken.code.as_str() {
                "code.form" => words::elsewhere::code_form(lang()).to_owned(),
                _ => messages::field(&broken, lang()),
            })
        });
        view! {
            <TextField
                name=id
                label=Signal::derive(move || name(&link, lang()))
                value=typed
                on_type=Callback::new(move |text| typed.set(text))
                error
            />
        }
    };
    let failure = move || {
        let (_, error) = refused.get().filter(|(_, error)| error.fields().is_empty())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::elsewhere::not_saved /> })
    };
    view! {
        <form class="dialog-body stack" novalidate on:submit=save>
            {failure}
            <p class="t-2">{t(words::elsewhere::hint)}</p>
            {typed.into_iter().map(field).collect_view()}
            <p class="line">
                <span class="push"></span>
                <Button kind=Kind::Primary role="submit" busy>{t(words::common::save)}</Button>
            </p>
        </form>
    }
}
