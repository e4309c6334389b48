//! 再発行・失効. What cuts an integrator off asks first.

use leptos::prelude::*;
use noren_api::api_clients::{ApiClient, Rotation};

use super::client::Client;
use crate::api::{ApiError, use_api};
use crate::ui::button::{Button, Kind, Size};
use crate::ui::dialog::Dialog;
use crate::ui::failure::FailureNotice;
use crate::ui::toast::use_toasts;
use crate::words::{self, Lang, lang, lang_untracked, t};

type Act = Action<(), Result<(), ApiError>>;

/// Another secret, and the end of the key. Nothing is left to do with one that is revoked.
#[component]
pub fn ActsCard(client: Signal<ApiClient>, resource: Client, secret: RwSignal<Option<String>>) -> impl IntoView {
    let revoked = Memo::new(move |_| client.with(|client| client.revoked_at.is_some()));
    move || {
        let acts = if revoked.get() {
            view! { <p class="t-2">{t(words::api_clients::revoked_what)}</p> }.into_any()
        } else {
            view! {
                <Rotate client resource secret />
                <Revoke client resource />
            }
            .into_any()
        };
        view! {
            <section class="card moves">
                <header><h2 class="as-card">{t(words::api_clients::acts)}</h2></header>
                <div class="body stack">{acts}</div>
            </section>
        }
    }
}

/// One act: what it does, the button, and the question before it.
#[component]
fn Asked(
    what: fn(Lang) -> &'static str,
    label: fn(Lang) -> &'static str,
    #[prop(into)] title: Signal<String>,
    act: Act,
    asking: RwSignal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let open = Callback::new(move |()| {
        act.clear();
        asking.set(true);
    });
    let go = Callback::new(move |()| {
        act.dispatch_local(());
    });
    let cancel = Callback::new(move |()| asking.set(false));
    let failure = move || {
        let error = act.value().get().and_then(Result::err).filter(|_| !act.pending().get())?;
        let failure = Signal::stored(error.into());
        Some(view! { <FailureNotice failure title=words::api_clients::not_done /> })
    };
    let children = StoredValue::new(children);
    view! {
        <div class="line way" data-wrap>
            <p class="grow t-2">{t(what)}</p>
            <Button kind=Kind::Secondary on_click=open>{t(label)}</Button>
        </div>
        <Dialog open=asking title>
            <div class="dialog-body stack">
                {failure}
                {children.with_value(|children| children())}
            </div>
            <footer>
                <Button kind=Kind::Quiet on_click=cancel>{t(words::common::cancel)}</Button>
                <Button kind=Kind::Primary size=Size::Large busy=act.pending() on_click=go>{t(label)}</Button>
            </footer>
        </Dialog>
    }
}

#[component]
fn Rotate(client: Signal<ApiClient>, resource: Client, secret: RwSignal<Option<String>>) -> impl IntoView {
    let (api, asking, at_once) = (use_api(), RwSignal::new(false), RwSignal::new(false));
    let act: Act = Action::new_local(move |(): &()| {
        let (id, version) = client.with_untracked(|client| (client.id, client.version));
        let wanted = Rotation { at_once: at_once.get_untracked() };
        async move {
            let rotated = api.rotate_api_client(id, version, wanted).await;
            resource.refetch();
            let issued = rotated?;
            asking.try_set(false);
            secret.try_set(Some(issued.key));
            Ok(())
        }
    });
    let title =
        Signal::derive(move || client.with(|client| words::api_clients::rotate_ask(lang(), &client.profile.name)));
    let choice = move |value: bool, name: fn(Lang) -> &'static str, what: fn(Lang) -> &'static str| {
        view! {
            <label class="chip option">
                <input
                    type="radio"
                    name="at_once"
                    prop:checked=move || at_once.get() == value
                    on:change=move |_| at_once.set(value)
                />
                <span>
                    <b>{t(name)}</b>
                    <small>{t(what)}</small>
                </span>
            </label>
        }
    };
    view! {
        <Asked what=words::api_clients::rotate_what label=words::api_clients::rotate title act asking>
            <fieldset class="choices">
                <legend class="sr">{t(words::api_clients::former)}</legend>
                <div class="options">
                    {choice(false, words::api_clients::overlap, words::api_clients::overlap_what)}
                    {choice(true, words::api_clients::at_once, words::api_clients::at_once_what)}
                </div>
            </fieldset>
        </Asked>
    }
}

#[component]
fn Revoke(client: Signal<ApiClient>, resource: Client) -> impl IntoView {
    let (api, asking, toasts) = (use_api(), RwSignal::new(false), use_toasts());
    let act: Act = Action::new_local(move |(): &()| {
        let (id, version) = client.with_untracked(|client| (client.id, client.version));
        async move {
            let revoked = api.revoke_api_client(id, version).await;
            resource.refetch();
            revoked?;
            asking.try_set(false);
            toasts.say(words::api_clients::revoked_now(lang_untracked()));
            Ok(())
        }
    });
    let title =
        Signal::derive(move || client.with(|client| words::api_clients::revoke_ask(lang(), &client.profile.name)));
    view! {
        <Asked what=words::api_clients::revoke_what label=words::api_clients::revoke title act asking>
            <p>{t(words::api_clients::revoke_what)}</p>
        </Asked>
    }
}
