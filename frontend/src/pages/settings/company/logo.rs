//! The logo: chosen from the device, sent at once, and shown as everybody will see it.

use leptos::html;
use leptos::prelude::*;
use noren_api::FieldProblem;
use noren_api::company::{Company, Logo};
use web_sys::File;

use super::CompanyWork;
use crate::api::{ApiError, use_api};
use crate::messages;
use crate::ui::button::{Button, Kind};
use crate::ui::failure::FailureNotice;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::toast::use_toasts;
use crate::words::{self, Lang, lang, lang_untracked, t};

const TYPES: [&str; 3] = ["image/png", "image/jpeg", "image/webp"];
const LARGEST: f64 = 15.0 * 1024.0 * 1024.0;

/// Why a file is not even sent.
fn refused(file: &File) -> Option<fn(Lang) -> &'static str> {
    match file.size() {
        _ if !TYPES.contains(&file.type_().as_str()) => Some(words::problem::media_type),
        size if size > LARGEST => Some(words::problem::too_large),
        _ => None,
    }
}

/// What the server had against the file, where it says so.
fn of_file(error: &ApiError) -> Option<FieldProblem> {
    error.fields().first().cloned()
}

/// The logo of the company that is in work. Each change is a version of its own, from which the form goes on.
#[component]
pub fn LogoCard(work: CompanyWork, logo: Option<Logo>) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let (logo, wrong) = (RwSignal::new(logo), RwSignal::new(None::<String>));
    let seen = move || work.base.with_value(|(version, _)| version.unwrap_or_default());
    let taken = move |answered: Result<Company, ApiError>, said: fn(Lang) -> &'static str| match answered {
        Ok(company) => {
            work.base.update_value(|(version, _)| *version = Some(company.version));
            logo.try_set(company.logo);
            toasts.say(said(lang_untracked()));
            Ok(())
        }
        Err(error) => {
            if let Some(current) = error.current::<Company>() {
                logo.try_set(current.logo);
            }
            wrong.try_set(of_file(&error).map(|problem| messages::field(&problem, lang_untracked())));
            Err(error)
        }
    };
    let send = Action::new_local(move |file: &File| {
        let file = file.clone();
        async move { taken(api.set_logo(seen(), file).await, words::company::logo_set) }
    });
    let remove =
        Action::new_local(
            move |(): &()| async move { taken(api.remove_logo(seen()).await, words::company::logo_removed) },
        );
    let choose = move |file: File| {
        wrong.set(refused(&file).map(|why| why(lang_untracked()).to_owned()));
        if wrong.with_untracked(Option::is_none) {
            send.dispatch_local(file);
        }
    };
    let failure = move || {
        let failed = send.value().get().and_then(Result::err).or_else(|| remove.value().get().and_then(Result::err));
        let busy = send.pending().get() || remove.pending().get();
        let error = failed.filter(|error| !busy && wrong.with(Option::is_none) && error.fields().is_empty())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::company::logo_failed /> })
    };
    view! {
        <section class="card form-section">
            <header><h2 class="as-card">{t(words::company::logo)}</h2></header>
            <div class="body stack">
                {failure}
                {move || match logo.get() {
                    Some(logo) => view! { <Shown logo /> }.into_any(),
                    None => view! { <p class="t-2">{t(words::company::no_logo)}</p> }.into_any(),
                }}
                <Chooser busy=send.pending().into() some=Signal::derive(move || logo.with(Option::is_some)) choose wrong />
                {move || {
                    logo.with(Option::is_some)
                        .then(|| {
                            let on_click = Callback::new(move |()| {
                                send.clear();
                                wrong.set(None);
                                remove.dispatch_local(());
                            });
                            view! {
                                <Button kind=Kind::Quiet icon=Icon::Close busy=remove.pending() on_click>
                                    {t(words::company::remove_logo)}
                                </Button>
                            }
                        })
                }}
            </div>
        </section>
    }
}

#[component]
fn Shown(logo: Logo) -> impl IntoView {
    let Logo { url, width, height } = logo;
    view! { <img class="logo" src=url width=width height=height alt=t(words::company::logo) /> }
}

/// The device's own chooser of files, as a button.
#[component]
fn Chooser(
    busy: Signal<bool>,
    some: Signal<bool>,
    choose: impl Fn(File) + Copy + 'static,
    wrong: RwSignal<Option<String>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            choose(file);
        }
        // So that the same file can be chosen again.
        input.set_value("");
    };
    let words = move || match (busy.get(), some.get()) {
        (true, _) => words::company::logo_sending(lang()),
        (false, true) => words::company::other_logo(lang()),
        (false, false) => words::company::choose_logo(lang()),
    };
    view! {
        <div class="field" data-state=move || wrong.with(Option::is_some).then_some("error")>
            <label class="btn file" data-kind="secondary" aria-busy=move || busy.get().then_some("true")>
                <input
                    id="logo"
                    class="sr"
                    type="file"
                    accept=TYPES.join(",")
                    node_ref=input
                    disabled=busy
                    aria-describedby="logo-hint logo-error"
                    on:change=chosen
                />
                <Glyph icon=Icon::Plus />
                <span>{words}</span>
            </label>
            <p class="sr" role="status">{move || busy.get().then(|| words::company::logo_sending(lang()))}</p>
            <p class="hint" id="logo-hint">{t(words::company::logo_hint)}</p>
            <div id="logo-error" role="alert">
                {move || wrong.get().map(|text| view! { <p class="error">{text}</p> })}
            </div>
        </div>
    }
}
