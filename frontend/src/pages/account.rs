//! アカウント: who I am here, how the app looks on this device, and the way out.

use leptos::prelude::*;
use noren_domain::staff::Role;

use crate::api::{ApiError, use_api};
use crate::device;
use crate::session::use_masters;
use crate::ui::button::{Button, Kind};
use crate::ui::choice::{Choice, Choices};
use crate::ui::failure::FailureNotice;
use crate::ui::heading::PageHeading;
use crate::ui::theme::Theme;
use crate::words::{self, Lang, lang, speak, t};

fn role_name(role: Role) -> fn(Lang) -> &'static str {
    match role {
        Role::Salesperson => words::role::salesperson,
        Role::Manager => words::role::manager,
        Role::Administrator => words::role::administrator,
        Role::ApiClient => words::role::api_client,
    }
}

#[component]
pub fn Account() -> impl IntoView {
    view! {
        <main class="page plain account">
            <PageHeading title=Signal::derive(move || words::account::title(lang()).to_owned()) />
            <PersonCard />
            <DeviceCard />
            <SignOut />
        </main>
    }
}

#[component]
fn PersonCard() -> impl IntoView {
    let me = use_masters().me.clone();
    let stores = me.stores.iter().map(|store| store.name.clone()).collect::<Vec<_>>().join("、");
    view! {
        <section class="card">
            <header><h2 class="as-card">{me.name}</h2></header>
            <div class="body">
                <dl class="facts">
                    <dt>{t(words::account::role)}</dt>
                    <dd>{t(role_name(me.role))}</dd>
                    <dt>{t(words::account::mail)}</dt>
                    <dd>{me.mail}</dd>
                    <dt>{t(words::account::stores)}</dt>
                    <dd>{stores}</dd>
                </dl>
            </div>
        </section>
    }
}

#[component]
fn DeviceCard() -> impl IntoView {
    let languages = || Lang::ALL.map(|lang| Choice::new(lang.tag(), lang.own_name())).to_vec();
    let choose_language = Callback::new(|tag: String| {
        speak(Lang::ALL.into_iter().find(|lang| lang.tag() == tag).unwrap_or_default());
    });
    let theme = RwSignal::new(Theme::kept());
    let themes = move || {
        let name = |theme| match theme {
            Theme::Device => words::account::theme_device(lang()),
            Theme::Light => words::account::theme_light(lang()),
            Theme::Dark => words::account::theme_dark(lang()),
        };
        Theme::ALL.map(|theme| Choice::new(theme.as_str(), name(theme))).to_vec()
    };
    let choose_theme = Callback::new(move |name: String| {
        let chosen = Theme::named(&name);
        chosen.choose();
        theme.set(chosen);
    });
    view! {
        <section class="card">
            <header><h2 class="as-card">{t(words::account::device)}</h2></header>
            <div class="body stack">
                <Choices
                    name="language"
                    legend=Signal::derive(move || words::account::language(lang()).to_owned())
                    choices=Signal::derive(languages)
                    chosen=Signal::derive(move || lang().tag().to_owned())
                    on_choose=choose_language
                />
                <Choices
                    name="theme"
                    legend=Signal::derive(move || words::account::theme(lang()).to_owned())
                    choices=Signal::derive(themes)
                    chosen=Signal::derive(move || theme.get().as_str().to_owned())
                    on_choose=choose_theme
                />
            </div>
        </section>
    }
}

#[component]
fn SignOut() -> impl IntoView {
    let api = use_api();
    let sign_out = Action::new_local(move |(): &()| async move {
        api.sign_out().await?;
        device::forget_all(device::DRAFTS);
        Ok::<(), ApiError>(())
    });
    let failure = move || {
        let error = sign_out.value().get().and_then(Result::err).filter(|_| !sign_out.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::account::not_signed_out /> })
    };
    view! {
        {failure}
        <p>
            <Button
                kind=Kind::Secondary
                busy=sign_out.pending()
                on_click=Callback::new(move |()| {
                    sign_out.dispatch_local(());
                })
            >
                {t(words::account::sign_out)}
            </Button>
        </p>
    }
}
