//! All keys, those that are over among them.

use leptos::prelude::*;
use leptos_router::components::A;
use noren_api::api_clients::ApiClient;

use super::ClientGate;
use super::content::{Standing, scope_names};
use crate::api::use_api;
use crate::pages::settings::listing::{Listing, Rows};
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::badge::{Badge, Tone};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::icon::Icon;
use crate::words::{self, lang, t};

const LISTING: Listing = Listing {
    title: words::api_clients::title,
    failed: words::api_clients::not_loaded,
    empty: words::api_clients::empty,
    icon: Icon::Swap,
    new: Page::NewApiClient,
    new_label: words::api_clients::new,
};

#[component]
pub fn ApiClientsPage() -> impl IntoView {
    view! {
        <main class="page settings-list">
            <ClientGate view=|| view! { <ClientList /> }.into_any() />
        </main>
    }
}

#[component]
fn ClientList() -> impl IntoView {
    let api = use_api();
    let resource = LocalResource::new(move || api.list_api_clients());
    view! { <Rows listing=LISTING resource texts row=|client| view! { <Row client /> }.into_any() /> }
}

#[component]
fn Row(client: ApiClient) -> impl IntoView {
    let (masters, now) = (use_masters(), use_ticker().get_untracked());
    let ApiClient { id, profile, revoked_at, last_used_at, .. } = client;
    let standing = Standing::of(revoked_at, profile.expires_at, now);
    let (scopes, stores, expires_at) = (profile.scopes, profile.store_ids, profile.expires_at);
    let used = move || match last_used_at {
        Some(at) => words::api_clients::used(lang(), date::near(at, now, lang())),
        None => words::api_clients::never_used(lang()).to_owned(),
    };
    let until = move || match standing {
        Standing::Revoked => String::new(),
        _ => words::api_clients::until(lang(), date::near(expires_at, now, lang())),
    };
    let away = matches!(standing, Standing::Over | Standing::Revoked).then_some("");
    view! {
        <A href=Page::ApiClient(id).href() attr:class="settings-row person" attr:data-away=away>
            <span class="line" data-wrap>
                <b class="t-lead">{profile.name}</b>
                <StandingBadge standing />
            </span>
            <span class="t-2">{move || scope_names(&scopes, lang())}</span>
            <span class="t-2">{move || masters.store_names(&stores, lang())}</span>
            <span class="line t-meta t-3" data-wrap>
                <span>{used}</span>
                <span>{until}</span>
            </span>
        </A>
    }
}

/// What is to be said of a key that is not simply in use.
#[component]
pub fn StandingBadge(standing: Standing) -> impl IntoView {
    use words::api_clients as say;
    match standing {
        Standing::InUse => None,
        Standing::EndsSoon => Some(view! { <Badge tone=Tone::Warn>{t(say::ends_soon)}</Badge> }),
        Standing::Over => Some(view! { <Badge tone=Tone::Plain>{t(say::over)}</Badge> }),
        Standing::Revoked => Some(view! { <Badge tone=Tone::Plain>{t(say::revoked)}</Badge> }),
    }
}

fn texts(client: &ApiClient) -> Vec<&str> {
    vec![client.profile.name.as_str()]
}
