//! Signing in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use noren_api::auth::{Login, PersonHere};
use noren_api::second_factors::SecondFactorWanted;

use crate::api::{ApiError, use_api};
use crate::pages::factor::{PasskeyEntry, SecondStep};
use crate::pages::turns::TurnsPage;
use crate::passkey;
use crate::routes::{Page, after_sign_in};
use crate::session::Session;
use crate::ui::button::{Button, Kind, LinkButton, Size};
use crate::ui::door::Door;
use crate::ui::effect::effect;
use crate::ui::failure::FailureNotice;
use crate::ui::field::{TextField, Typing};
use crate::ui::icon::Icon;
use crate::ui::later::{Draw, Later};
use crate::ui::password::{PasswordField, Which};
use crate::ui::skeleton::Skeleton;
use crate::words::{self, Lang, lang, t};

const MAIL: Typing = Typing {
    kind: Some("text"),
    inputmode: Some("email"),
    autocomplete: Some("username"),
    enterkeyhint: Some("next"),
    placeholder: None,
};

#[component]
pub fn SignIn() -> impl IntoView {
    let query = use_query_map();
    let next = move || after_sign_in(query.with(|query| query.get("next")).as_deref());
    let navigate = use_navigate();
    let session = expect_context::<RwSignal<Session>>();
    // Nobody can sign in where nobody works yet.
    let (api, to_setup) = (use_api(), use_navigate());
    spawn_local(async move {
        if api.is_empty_house().await == Ok(true) {
            to_setup(&Page::Setup.href(), NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    // Whoever is signed in already, or has just become so, goes on.
    effect(move || {
        if session.with(|session| matches!(session, Session::In(_) | Session::Enrolling(_))) {
            navigate(&next(), NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    view! {
        <Door title=words::sign_in::title lead=words::sign_in::for_whom>
            <Ways />
        </Door>
    }
}

/// The people of this tablet go on by their PINs; everybody else, and they too if they like, by the password.
#[component]
fn Ways() -> impl IntoView {
    let api = use_api();
    let people = LocalResource::new(move || api.people_here());
    let by_password = RwSignal::new(false);
    let on_password = Callback::new(move |()| by_password.set(true));
    let (wanted, by_passkey) = (RwSignal::new(None), RwSignal::new(false));
    let on_back = Callback::new(move |()| {
        wanted.set(None);
        by_passkey.set(false);
    });
    provide_context(FurtherWays { wanted, by_passkey, on_back });
    move || match people.get() {
        _ if wanted.with(Option::is_some) => view! { <Later code=|| Box::pin(second_step()) /> }.into_any(),
        _ if by_passkey.get() => view! { <Later code=|| Box::pin(passkey_entry()) /> }.into_any(),
        None => view! { <Skeleton lines=4 /> }.into_any(),
        Some(Ok(people)) if !people.is_empty() && !by_password.get() => {
            provide_context(Here { people, on_password });
            view! { <Later code=|| Box::pin(turns()) /> }.into_any()
        }
        Some(people) => {
            let back = people.is_ok_and(|people| !people.is_empty());
            let on_back = back.then(|| Callback::new(move |()| by_password.set(false)));
            view! { <ByPassword on_back /> }.into_any()
        }
    }
}

#[wasm_split(door, wasm_split_path = ::leptos::wasm_split, fallible)]
fn turns() -> Result<Draw, SplitLoaderError> {
    Ok(|| {
        let Here { people, on_password } = expect_context();
        view! { <TurnsPage people on_password /> }.into_any()
    })
}

#[wasm_split(door, wasm_split_path = ::leptos::wasm_split, fallible)]
fn second_step() -> Result<Draw, SplitLoaderError> {
    Ok(|| {
        let FurtherWays { wanted, on_back, .. } = expect_context();
        // The app goes on by itself once somebody is signed in.
        let on_done = Callback::new(|()| ());
        wanted.get_untracked().map(|wanted| view! { <SecondStep wanted on_back on_done /> }).into_any()
    })
}

#[wasm_split(door, wasm_split_path = ::leptos::wasm_split, fallible)]
fn passkey_entry() -> Result<Draw, SplitLoaderError> {
    Ok(|| {
        let FurtherWays { on_back, .. } = expect_context();
        view! { <PasskeyEntry on_back /> }.into_any()
    })
}

/// What there is beside password and PIN. `Copy`, in context.
#[derive(Clone, Copy)]
struct FurtherWays {
    wanted: RwSignal<Option<SecondFactorWanted>>,
    by_passkey: RwSignal<bool>,
    on_back: Callback<()>,
}

/// The way in without a password, where the browser knows it.
#[component]
pub fn PasskeyWay() -> impl IntoView {
    let FurtherWays { by_passkey, .. } = expect_context();
    let on_click = Callback::new(move |()| by_passkey.set(true));
    passkey::are_known().then(|| {
        view! { <Button kind=Kind::Secondary icon=Icon::Lock on_click>{t(words::sign_in::by_passkey)}</Button> }
    })
}

/// What the later part is given.
#[derive(Clone)]
struct Here {
    people: Vec<PersonHere>,
    on_password: Callback<()>,
}

#[component]
fn ByPassword(
    /// Back to the people of this tablet, if there are any.
    on_back: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <SignInForm />
        <PasskeyWay />
        <p class="turns-ways">
            {on_back.map(|back| view! { <Button kind=Kind::Quiet on_click=back>{t(words::sign_in::by_pin)}</Button> })}
            <LinkButton href=Page::Recover.href() kind=Kind::Quiet>{t(words::sign_in::forgot)}</LinkButton>
            <LinkButton href=Page::Join.href() kind=Kind::Quiet>{t(words::sign_in::invited)}</LinkButton>
        </p>
        <p class="t-meta t-3">{t(words::sign_in::help)}</p>
    }
}

#[component]
fn SignInForm() -> impl IntoView {
    let api = use_api();
    let (mail, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let sent = RwSignal::new(false);
    let missing = move |text: RwSignal<String>, words: fn(Lang) -> &'static str| {
        Signal::derive(move || {
            (sent.get() && text.with(|text| text.trim().is_empty())).then(|| words(lang()).to_owned())
        })
    };
    let FurtherWays { wanted, .. } = expect_context();
    let sign_in = Action::new_local(move |login: &Login| {
        let login = login.clone();
        async move {
            let further = api.sign_in(login).await?;
            if further.is_some() {
                wanted.set(further);
            }
            Ok(())
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let login = Login { mail: mail.get_untracked().trim().to_owned(), password: password.get_untracked() };
        let complete = !login.mail.is_empty() && !login.password.is_empty();
        sent.set(!complete);
        if complete {
            sign_in.dispatch_local(login);
        } else {
            focus(if login.mail.is_empty() { "mail" } else { "password" });
        }
    };
    let failure = move || {
        let error: ApiError = sign_in.value().get().and_then(Result::err).filter(|_| !sign_in.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::sign_in::failed /> })
    };
    view! {
        <form class="stack" action=Page::SignIn.href() method="post" novalidate on:submit=send>
            {failure}
            <TextField
                name="mail"
                label=Signal::derive(move || words::sign_in::mail(lang()).to_owned())
                value=mail
                on_type=Callback::new(move |text| mail.set(text))
                typing=MAIL
                error=missing(mail, words::sign_in::mail_missing)
            />
            <PasswordField
                name="password"
                label=Signal::derive(move || words::sign_in::password(lang()).to_owned())
                which=Which::Current
                value=password
                error=missing(password, words::sign_in::password_missing)
            />
            <Button kind=Kind::Primary size=Size::Large role="submit" busy=sign_in.pending()>
                {t(words::sign_in::submit)}
            </Button>
        </form>
    }
}

fn focus(id: &str) {
    use wasm_bindgen::JsCast as _;
    let field = document().get_element_by_id(id).and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(field) = field {
        let _ = field.focus();
    }
}
