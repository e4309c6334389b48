//! パスワードを忘れたとき: asks for the mail address and says what happens next, in words that do not tell whether there is
//! such an account.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_domain::contact;

use crate::api::{ApiError, use_api};
use crate::editor::focus;
use crate::routes::Page;
use crate::ui::button::{Button, Kind, LinkButton, Size};
use crate::ui::door::Door;
use crate::ui::failure::FailureNotice;
use crate::ui::field::{TextField, Typing};
use crate::ui::icon::Icon;
use crate::ui::notice::Notice;
use crate::words::{self, lang, t};

const FIELD: &str = "mail";
const ASKED: &str = "asked";
const TYPING: Typing = Typing {
    kind: Some("text"),
    inputmode: Some("email"),
    autocomplete: Some("username"),
    enterkeyhint: Some("send"),
    placeholder: None,
};

/// What was asked for, and whether the server sends mail at all.
#[derive(Clone, PartialEq)]
struct Asked {
    mail: String,
    sends_mail: bool,
}

#[component]
pub fn RecoverPage() -> impl IntoView {
    let (mail, asked) = (RwSignal::new(String::new()), RwSignal::new(None::<Asked>));
    let again = Callback::new(move |()| asked.set(None));
    let step = move || match asked.get() {
        None => view! { <AskForm mail asked /> }.into_any(),
        Some(Asked { sends_mail: false, .. }) => view! { <NoMail /> }.into_any(),
        Some(Asked { mail, .. }) => view! { <OnItsWay mail again /> }.into_any(),
    };
    view! {
        <Door title=words::recover::title lead=words::recover::lead>
            {step}
            <p><LinkButton href=Page::SignIn.href() kind=Kind::Quiet>{t(words::recover::to_sign_in)}</LinkButton></p>
        </Door>
    }
}

#[component]
fn AskForm(mail: RwSignal<String>, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let api = use_api();
    let sent = RwSignal::new(false);
    let wrong = move || mail.with(|typed| contact::mail(typed).is_err());
    let error =
        Signal::derive(move || (sent.get() && wrong()).then(|| words::field_problem::mail_form(lang()).to_owned()));
    let ask = Action::new_local(move |typed: &String| {
        let typed = typed.clone();
        async move {
            let accepted = api.recover(typed.clone()).await?;
            asked.try_set(Some(Asked { mail: typed, sends_mail: accepted.sends_mail }));
            focus(ASKED.to_owned()).await;
            Ok::<_, ApiError>(())
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sent.set(true);
        match contact::mail(&mail.get_untracked()) {
            Ok(typed) => drop(ask.dispatch_local(typed)),
            Err(_) => spawn_local(focus(FIELD.to_owned())),
        }
    };
    let failure = move || {
        let error = ask.value().get().and_then(Result::err).filter(|_| !ask.pending().get())?;
        // The general sentence speaks of a minute; here it takes longer.
        let title = if error.status() == 429 { words::recover::limited } else { words::recover::failed };
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title /> })
    };
    view! {
        <form class="stack" action=Page::Recover.href() method="post" novalidate on:submit=send>
            {failure}
            <TextField
                name=FIELD
                label=Signal::derive(move || words::recover::mail(lang()).to_owned())
                value=mail
                on_type=Callback::new(move |text| mail.set(text))
                typing=TYPING
                hint=Signal::derive(move || Some(words::recover::mail_hint(lang()).to_owned()))
                error
            />
            <Button kind=Kind::Primary size=Size::Large role="submit" busy=ask.pending()>{t(words::recover::send)}</Button>
        </form>
    }
}

#[component]
fn OnItsWay(mail: String, again: Callback<()>) -> impl IntoView {
    view! {
        <section class="stack" role="status">
            <h2 id=ASKED class="as-card" tabindex="-1">{t(words::recover::asked)}</h2>
            <p>{move || words::recover::asked_what(lang(), &mail)}</p>
            <div>
                <h3 class="t-2">{t(words::recover::nothing)}</h3>
                <ul class="recover-hints">
                    <li>{t(words::recover::nothing_spam)}</li>
                    <li>{t(words::recover::nothing_typo)}</li>
                    <li>{t(words::recover::nothing_admin)}</li>
                </ul>
            </div>
            <p><Button kind=Kind::Secondary on_click=again>{t(words::recover::again)}</Button></p>
        </section>
    }
}

#[component]
fn NoMail() -> impl IntoView {
    view! {
        <div id=ASKED tabindex="-1" role="status">
            <Notice icon=Icon::Alert>
                <p class="grow">{t(words::recover::no_mail)}</p>
            </Notice>
        </div>
    }
}
