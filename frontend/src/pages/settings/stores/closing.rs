//! The end of a store, and its return.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use noren_api::stores::{StoreDetail, StoreUse};
use noren_domain::StoreId;

use crate::api::{ApiError, use_api};
use crate::pages::settings::fields::Section;
use crate::routes::Page;
use crate::session::use_fresh_masters;
use crate::ui::button::{Button, Kind, LinkButton, Size};
use crate::ui::dialog::Dialog;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::ui::toast::use_toasts;
use crate::words::{self, Lang, lang, lang_untracked, t};

#[derive(Clone, Copy, PartialEq)]
enum Move {
    Close,
    Reopen,
}

/// Closes or reopens the store in the version that the page shows, and leads back to the list.
fn moving(id: StoreId, version: i64) -> Action<Move, Result<(), ApiError>> {
    let (api, masters, toasts, navigate) = (use_api(), use_fresh_masters(), use_toasts(), use_navigate());
    Action::new_local(move |to: &Move| {
        let (to, navigate) = (*to, navigate.clone());
        async move {
            let said: fn(Lang) -> &'static str = match to {
                Move::Close => api.close_store(id, version).await.map(|_| words::store::closed_now as _),
                Move::Reopen => api.reopen_store(id, version).await.map(|_| words::store::reopened as _),
            }?;
            masters.reload(api).await;
            toasts.say(said(lang_untracked()));
            navigate(&Page::Stores.href(), NavigateOptions { replace: true, ..NavigateOptions::default() });
            Ok(())
        }
    })
}

#[component]
pub fn Closing(store: StoreDetail) -> impl IntoView {
    let moved = moving(store.id, store.version);
    let failure = move || {
        let error = moved.value().get().and_then(Result::err).filter(|_| !moved.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::store::not_moved /> })
    };
    let reopens = store.closed_at.is_some();
    let (title, body) = if reopens {
        let on_click = Callback::new(move |()| {
            moved.dispatch_local(Move::Reopen);
        });
        let body = view! {
            <p>{t(words::store::reopen_what)}</p>
            <p><Button kind=Kind::Secondary busy=moved.pending() on_click>{t(words::store::reopen)}</Button></p>
        };
        (words::store::is_closed as fn(Lang) -> &'static str, body.into_any())
    } else {
        let body = view! { <Ending store moved /> };
        (words::store::ending as _, body.into_any())
    };
    view! {
        <Section title>
            {failure}
            {body}
        </Section>
    }
}

/// What is left there, or the way to close it.
#[component]
fn Ending(store: StoreDetail, moved: Action<Move, Result<(), ApiError>>) -> impl IntoView {
    let (api, id, open) = (use_api(), store.id, RwSignal::new(false));
    let left = LocalResource::new(move || {
        moved.version().track();
        api.store_use(id)
    });
    let ask = Callback::new(move |()| open.set(true));
    let go = Callback::new(move |()| {
        open.set(false);
        moved.dispatch_local(Move::Close);
    });
    let view = move |Loaded { value, .. }: Loaded<StoreUse>| {
        let ready = move || {
            let left = value.get();
            if left == (StoreUse { staff: 0, leads: 0, forms: 0 }) {
                let busy = moved.pending();
                return view! { <p><Button kind=Kind::Secondary busy on_click=ask>{t(words::store::ending)}</Button></p> }
                    .into_any();
            }
            view! { <Left left id /> }.into_any()
        };
        ready.into_any()
    };
    let name = store.profile.name;
    let title = Signal::derive(move || words::store::close_ask(lang(), &name));
    view! {
        <p>{t(words::store::ending_what)}</p>
        <Load resource=left failed=words::stores::not_loaded skeleton=|| view! { <Skeleton lines=2 /> } view />
        <Dialog open title>
            <div class="dialog-body">
                <p>{t(words::store::ending_what)}</p>
            </div>
            <footer>
                <Button kind=Kind::Quiet on_click=Callback::new(move |()| open.set(false))>{t(words::common::cancel)}</Button>
                <Button kind=Kind::Primary size=Size::Large on_click=go>{t(words::store::close)}</Button>
            </footer>
        </Dialog>
    }
}

/// Each with the way to where it is settled.
#[component]
fn Left(left: StoreUse, id: StoreId) -> impl IntoView {
    let StoreUse { staff, leads, forms } = left;
    let link = |count: u64, href: String, icon: Icon, say: fn(Lang, u64) -> String| {
        (count > 0).then(|| view! { <LinkButton href icon>{move || say(lang(), count)}</LinkButton> })
    };
    view! {
        <p>{t(words::store::left)}</p>
        <div class="line" data-wrap>
            {link(staff, format!("{}?store={id}", Page::Staff.href()), Icon::Users, words::store::left_staff)}
            {link(leads, format!("{}?store={id}", Page::Leads.href()), Icon::Leads, words::store::left_leads)}
            {link(forms, Page::Forms.href(), Icon::Globe, words::store::left_forms)}
        </div>
    }
}
