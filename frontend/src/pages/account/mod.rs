//! アカウント: who I am here, how the app looks on this device, and the way out.

mod install;
mod password;
mod pin;
mod sessions;

use leptos::prelude::*;
use leptos::task::spawn_local;

use self::install::InstallCard;
use self::password::PasswordCard;
use self::pin::PinCard;
use self::sessions::SessionsCard;
use crate::api::use_api;
use crate::drafts::Unsent;
use crate::pages::factor::SecondFactorCard;
use crate::routes::Page;
use crate::session::{Session, use_held, use_masters};
use crate::sign_out::{sign_out, unsent_by};
use crate::ui::button::{Button, Kind, LinkButton};
use crate::ui::choice::{Choice, Choices};
use crate::ui::dialog::Dialog;
use crate::ui::failure::FailureNotice;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::theme::Theme;
use crate::ui::toast::use_toasts;
use crate::words::{self, Lang, lang, role_name, speak, t};

#[component]
pub fn Account() -> impl IntoView {
    view! {
        <main class="page plain account">
            <PageHeading title=Signal::derive(move || words::account::title(lang()).to_owned()) />
            <PersonCard />
            <DeviceCard />
            <WaysCard />
            <SignIns />
            <InstallCard />
            <SignOut />
        </main>
    }
}

/// The sessions, read anew when a new PIN or password has ended the others.
#[component]
fn SignIns() -> impl IntoView {
    let turn = RwSignal::new(0);
    let on_changed = Callback::new(move |()| turn.update(|turn| *turn += 1));
    view! {
        <PinCard on_changed />
        <SecondFactorCard />
        <SessionsCard turn />
        <PasswordCard on_changed />
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
    let (api, toasts) = (use_api(), use_toasts());
    let choose_language = Callback::new(move |tag: String| {
        let chosen = Lang::ALL.into_iter().find(|lang| lang.tag() == tag).unwrap_or_default();
        speak(chosen);
        spawn_local(async move {
            if api.set_language(chosen.into()).await.is_err() {
                toasts.say(words::account::language_here(chosen));
            }
        });
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

/// The ways that a phone's bar has no room for: whom EXTREME knows, what waits for a look, and what is settled for the whole store.
#[component]
fn WaysCard() -> impl IntoView {
    let may = expect_context::<RwSignal<Session>>().with_untracked(Session::settles_forms);
    let held = use_held();
    let waiting = move || words::nav::held_count(lang(), held.get());
    let settings = may.then(|| {
        view! { <LinkButton href=Page::Settings.href() icon=Icon::Wrench>{t(words::settings::title)}</LinkButton> }
    });
    view! {
        <section class="card">
            <header><h2 class="as-card">{t(words::form::other)}</h2></header>
            <div class="body line" data-wrap>
                <LinkButton href=Page::Customers.href() icon=Icon::Known>{t(words::nav::customers)}</LinkButton>
                <LinkButton href=Page::Submissions.href() icon=Icon::Inbox>{waiting}</LinkButton>
                {settings}
            </div>
        </section>
    }
}

/// The way out. What is written here and not sent goes with it, so that is asked first.
#[component]
fn SignOut() -> impl IntoView {
    let (api, me) = (use_api(), use_masters().me.id);
    let (asking, unsent) = (RwSignal::new(false), RwSignal::new(Vec::new()));
    let sign_out = Action::new_local(move |(): &()| sign_out(api, me));
    let go = Callback::new(move |()| {
        asking.set(false);
        sign_out.dispatch_local(());
    });
    let ask = Callback::new(move |()| {
        unsent.set(unsent_by(me));
        if unsent.with_untracked(Vec::is_empty) {
            go.run(());
        } else {
            asking.set(true);
        }
    });
    let failure = move || {
        let error = sign_out.value().get().and_then(Result::err).filter(|_| !sign_out.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::account::not_signed_out /> })
    };
    view! {
        {failure}
        <p>
            <Button kind=Kind::Secondary busy=sign_out.pending() on_click=ask>{t(words::account::sign_out)}</Button>
        </p>
        <Dialog open=asking title=Signal::derive(move || words::account::unsent(lang()).to_owned())>
            <UnsentSheet asking unsent go />
        </Dialog>
    }
}

/// What would be lost, and the ways to it.
#[component]
fn UnsentSheet(asking: RwSignal<bool>, unsent: RwSignal<Vec<Unsent>>, go: Callback<()>) -> impl IntoView {
    let link = |Unsent { page, whom }: Unsent| {
        let called = move || whom.clone().unwrap_or_else(|| words::lead::nameless(lang()).to_owned());
        view! { <LinkButton href=page.href() icon=Icon::Pen>{called}</LinkButton> }
    };
    view! {
        <div class="dialog-body">
            <p>{t(words::account::unsent_goes)}</p>
            {move || unsent.get().into_iter().map(link).collect_view()}
        </div>
        <footer>
            <Button kind=Kind::Quiet on_click=Callback::new(move |()| asking.set(false))>{t(words::account::stay)}</Button>
            <Button kind=Kind::Primary on_click=go>{t(words::account::sign_out_anyway)}</Button>
        </footer>
    }
}
