//! The way in for a person by mail: asked, sent, and said where to see what becomes of it.

use leptos::prelude::*;
use noren_api::staff::StaffAccount;

use super::person::Person;
use crate::api::{ApiError, use_api};
use crate::ui::button::{Button, Kind, Size};
use crate::ui::dialog::Dialog;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::Icon;
use crate::ui::toast::use_toasts;
use crate::words::{self, lang, lang_untracked, t};

#[component]
pub fn MailButton(person: Signal<StaffAccount>, resource: Person) -> impl IntoView {
    let (api, toasts, id) = (use_api(), use_toasts(), person.with_untracked(|person| person.id));
    let open = RwSignal::new(false);
    let mail = Action::new_local(move |(): &()| async move {
        api.invite_by_mail(id).await?;
        toasts.say(words::staff::mail_sent(lang_untracked()));
        open.try_set(false);
        resource.refetch();
        Ok::<_, ApiError>(())
    });
    let ask = Callback::new(move |()| {
        mail.clear();
        open.set(true);
    });
    let send = Callback::new(move |()| {
        mail.dispatch_local(());
    });
    let failure = move || {
        let error = mail.value().get().and_then(Result::err).filter(|_| !mail.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::staff::mail_not_sent /> })
    };
    let replaces = Memo::new(move |_| person.with(|person| person.invited_until.is_some()));
    view! {
        <Button kind=Kind::Primary size=Size::Large icon=Icon::Mail on_click=ask>{t(words::staff::mail_invite)}</Button>
        <Dialog open title=Signal::derive(move || words::staff::mail_ask(lang()).to_owned())>
            <div class="dialog-body">
                {failure}
                <p>{move || person.with(|person| words::staff::mail_what(lang(), &person.profile.mail))}</p>
                {move || replaces.get().then(|| view! { <p>{t(words::staff::mail_replaces)}</p> })}
            </div>
            <footer>
                <Button kind=Kind::Quiet on_click=Callback::new(move |()| open.set(false))>{t(words::common::cancel)}</Button>
                <Button kind=Kind::Primary size=Size::Large busy=mail.pending() on_click=send>{t(words::staff::mail_go)}</Button>
            </footer>
        </Dialog>
    }
}
