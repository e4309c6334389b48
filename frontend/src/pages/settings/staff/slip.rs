//! The way in for a person: asked for, shown once, and printed on a slip of paper.

use leptos::prelude::*;
use noren_api::staff::{IssuedInvitation, StaffAccount};

use super::person::Person;
use crate::api::{ApiError, use_api};
use crate::ui::button::{Button, Kind, Size};
use crate::ui::copied::Copied;
use crate::ui::date;
use crate::ui::dialog::Dialog;
use crate::ui::effect::on_change;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::{Icon, Mark};
use crate::words::{self, lang, t};

/// Whether a code can be given without asking: nobody has one, and no password is replaced by it.
fn asks_first(person: &StaffAccount) -> bool {
    person.joined || person.invited_until.is_some()
}

#[component]
pub fn InviteButton(person: Signal<StaffAccount>, resource: Person) -> impl IntoView {
    let (api, id) = (use_api(), person.with_untracked(|person| person.id));
    let open = RwSignal::new(false);
    let invite = Action::new_local(move |(): &()| async move {
        let issued = api.invite(id).await;
        open.try_set(true);
        issued
    });
    let go = Callback::new(move |()| {
        invite.dispatch_local(());
    });
    let asks = Memo::new(move |_| person.with(asks_first));
    let on_click = Callback::new(move |()| {
        invite.clear();
        if asks.get_untracked() { open.set(true) } else { go.run(()) }
    });
    // The code is nowhere once the dialog is closed, and the page says that there is one.
    let closed = move || {
        let issued = invite.value().with_untracked(|got| matches!(got, Some(Ok(_))));
        if issued && !open.get_untracked() {
            invite.clear();
            resource.refetch();
        }
    };
    on_change(move || open.track(), closed);
    // Where mail reaches people, that is the main way.
    let main = Memo::new(move |_| person.with(|person| !person.joined && !person.mail_reaches));
    let label = move || if asks.get() { words::staff::new_code(lang()) } else { words::staff::invite(lang()) };
    let title = Signal::derive(move || match invite.value().get() {
        Some(Ok(_)) => person.with(|person| words::staff::slip(lang(), &person.profile.name)),
        _ => words::staff::code_ask(lang()).to_owned(),
    });
    let button = move || {
        let (kind, size) = if main.get() { (Kind::Primary, Size::Large) } else { (Kind::Quiet, Size::Medium) };
        view! { <Button kind size icon=Icon::Mail busy=invite.pending() on_click>{label}</Button> }
    };
    view! {
        {button}
        <Dialog open title>
            {move || match invite.value().get() {
                Some(Ok(issued)) => view! { <Slip person=person.get_untracked() issued open /> }.into_any(),
                got => {
                    let failed = got.and_then(Result::err);
                    view! { <Ask person failed busy=invite.pending().into() open go /> }.into_any()
                }
            }}
        </Dialog>
    }
}

/// What a new code does, or why there is none.
#[component]
fn Ask(
    person: Signal<StaffAccount>,
    failed: Option<ApiError>,
    busy: Signal<bool>,
    open: RwSignal<bool>,
    go: Callback<()>,
) -> impl IntoView {
    let (joined, invited) = person.with_untracked(|person| (person.joined, person.invited_until.is_some()));
    let cancel = Callback::new(move |()| open.set(false));
    let failure = failed.map(|error| {
        view! { <FailureNotice failure=Signal::stored(error.into()) title=words::staff::not_invited /> }
    });
    view! {
        <div class="dialog-body">
            {failure}
            {joined.then(|| view! { <p>{t(words::staff::code_forgot)}</p> })}
            {invited.then(|| view! { <p>{t(words::staff::code_replaces)}</p> })}
        </div>
        <footer>
            <Button kind=Kind::Quiet on_click=cancel>{t(words::common::cancel)}</Button>
            <Button kind=Kind::Primary size=Size::Large busy on_click=go>{t(words::staff::code_go)}</Button>
        </footer>
    }
}

#[component]
fn Slip(person: StaffAccount, issued: IssuedInvitation, open: RwSignal<bool>) -> impl IntoView {
    let url = issued.url.clone();
    let print = Callback::new(|()| {
        let _ = window().print();
    });
    view! {
        <div class="dialog-body">
            <p class="slip-once">{t(words::staff::once)}</p>
            <SlipPaper person issued />
            <Copied id="invitation" label=words::staff::slip_link text=url />
        </div>
        <footer>
            <Button kind=Kind::Secondary on_click=print>{t(words::staff::print)}</Button>
            <Button kind=Kind::Primary size=Size::Large on_click=Callback::new(move |()| open.set(false))>
                {t(words::staff::shown)}
            </Button>
        </footer>
    }
}

/// What is printed and handed over.
#[component]
pub fn SlipPaper(person: StaffAccount, issued: IssuedInvitation) -> impl IntoView {
    let IssuedInvitation { code, url, expires_at, .. } = issued;
    let address = url.split_once('#').map_or(url.as_str(), |(page, _)| page).to_owned();
    let name = person.profile.name;
    view! {
        <article class="slip">
            <header class="line">
                <Mark />
                <b class="grow">{t(words::staff::slip_title)}</b>
                <span>{move || words::staff::slip_name(lang(), &name)}</span>
            </header>
            <p class="slip-code num">{code}</p>
            <ol class="slip-steps">
                <li>{move || words::staff::slip_open(lang(), &address)}</li>
                <li>{t(words::staff::slip_type)}</li>
                <li>{t(words::staff::slip_choose)}</li>
            </ol>
            <dl class="facts">
                <dt>{t(words::staff::slip_until)}</dt>
                <dd>{move || date::long(expires_at, lang())}</dd>
                <dt>{t(words::staff_part::mail)}</dt>
                <dd>{person.profile.mail}</dd>
            </dl>
            <p class="t-meta">{t(words::staff::slip_secret)}</p>
        </article>
    }
}
