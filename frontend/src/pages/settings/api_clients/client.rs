//! One key: what it may do, how it was used, and what can be done with it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use noren_api::api_clients::ApiClient;
use noren_domain::ApiClientId;

use super::ClientGate;
use super::acts::ActsCard;
use super::content::{Standing, scope_words};
use super::issued::{self, IssuedDialog};
use super::list::StandingBadge;
use crate::api::{ApiError, use_api};
use crate::pages::not_found::NothingHere;
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::button::{BackLink, Kind, LinkButton, Size};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::failure::FailureNotice;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::words::{self, lang, t};

/// The key, read anew after everything that is done.
pub type Client = LocalResource<Result<ApiClient, ApiError>>;

#[component]
pub fn ApiClientPage() -> impl IntoView {
    view! {
        <main class="page settings-list">
            <ClientGate view=|| view! { <ClientOfAddress /> }.into_any() />
        </main>
    }
}

#[component]
fn ClientOfAddress() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse().ok())));
    move || match id.get() {
        Some(id) => view! { <ClientOf id /> }.into_any(),
        None => view! { <NothingHere /> }.into_any(),
    }
}

#[component]
fn ClientOf(id: ApiClientId) -> impl IntoView {
    let api = use_api();
    let secret = RwSignal::new(issued::take(id));
    let resource: Client = LocalResource::new(move || api.get_api_client(id));
    let missing = Memo::new(move |_| resource.with(|got| matches!(got, Some(Err(error)) if error.status() == 404)));
    let body = move |Loaded { value, failure }: Loaded<ApiClient>| {
        let retry = Callback::new(move |()| resource.refetch());
        let old = move || {
            failure.get().map(|failure| {
                view! { <FailureNotice failure=Signal::stored(failure) title=words::api_clients::not_loaded retry /> }
            })
        };
        view! {
            <Head client=value />
            <div class="scroll settings-body stack">
                {old}
                <div class="person-cards">
                    <ScopesCard client=value />
                    <div class="stack">
                        <UseCard client=value />
                        <PlacesCard client=value />
                    </div>
                </div>
                <ActsCard client=value resource secret />
            </div>
            <Foot client=value />
            <IssuedDialog client=value secret />
        }
        .into_any()
    };
    let skeleton = || view! { <div class="settings-body"><Skeleton lines=8 /></div> };
    move || {
        if missing.get() {
            return view! { <NothingHere /> }.into_any();
        }
        view! { <Load resource failed=words::api_clients::not_loaded skeleton view=body /> }.into_any()
    }
}

/// How the key stands by now.
pub fn standing(client: Signal<ApiClient>) -> Memo<Standing> {
    let now = use_ticker();
    Memo::new(move |_| client.with(|client| Standing::of(client.revoked_at, client.profile.expires_at, now.get())))
}

#[component]
fn Head(client: Signal<ApiClient>) -> impl IntoView {
    let (name, standing) =
        (Signal::derive(move || client.with(|client| client.profile.name.clone())), standing(client));
    view! {
        <header class="detail-head">
            <BackLink href=Page::ApiClients.href() label=words::common::back />
            <div class="grow">
                <PageHeading title=name />
            </div>
            {move || view! { <StandingBadge standing=standing.get() /> }}
        </header>
    }
}

#[component]
fn ScopesCard(client: Signal<ApiClient>) -> impl IntoView {
    let rows = move || {
        let scopes = client.with(|client| client.profile.scopes.clone());
        let row = |scope: noren_domain::api_client::Scope| {
            let [name, what] = scope_words(scope);
            view! {
                <dt>{t(name)}</dt>
                <dd>
                    {t(what)}
                    <br />
                    <code class="t-meta t-3">{scope.as_str()}</code>
                </dd>
            }
        };
        scopes.into_iter().map(row).collect_view()
    };
    view! {
        <section class="card">
            <header><h2 class="as-card">{t(words::api_client_part::scopes)}</h2></header>
            <div class="body">
                <dl class="facts">{rows}</dl>
            </div>
        </section>
    }
}

#[component]
fn UseCard(client: Signal<ApiClient>) -> impl IntoView {
    let at = |at| date::near(at, use_ticker().get_untracked(), lang());
    move || {
        let ApiClient { profile, created_at, revoked_at, last_used_at, former_until, .. } = client.get();
        let used = last_used_at.map_or_else(|| words::api_clients::never_used(lang()).to_owned(), at);
        let former = former_until.map(|until| {
            view! {
                <dt>{t(words::api_clients::former)}</dt>
                <dd>{words::api_clients::former_until(lang(), at(until))}</dd>
            }
        });
        let revoked = revoked_at.map(|revoked| {
            view! {
                <dt>{t(words::api_clients::revoked)}</dt>
                <dd>{at(revoked)}</dd>
            }
        });
        view! {
            <section class="card">
                <header><h2 class="as-card">{t(words::api_clients::in_use)}</h2></header>
                <div class="body">
                    <dl class="facts">
                        <dt>{t(words::api_clients::last_used)}</dt>
                        <dd>{used}</dd>
                        <dt>{t(words::api_client_part::expires)}</dt>
                        <dd>{at(profile.expires_at)}</dd>
                        {former}
                        {revoked}
                        <dt>{t(words::api_clients::made)}</dt>
                        <dd>{at(created_at)}</dd>
                    </dl>
                </div>
            </section>
        }
    }
}

#[component]
fn PlacesCard(client: Signal<ApiClient>) -> impl IntoView {
    let masters = use_masters();
    move || {
        let profile = client.with(|client| client.profile.clone());
        let addresses = match profile.addresses.as_slice() {
            [] => words::api_clients::anywhere(lang()).to_owned(),
            some => some.join(words::common::comma(lang())),
        };
        let requests = match profile.requests_per_minute {
            None => words::api_clients::usual(lang()).to_owned(),
            Some(count) => words::api_clients::each_minute(lang(), count),
        };
        view! {
            <section class="card">
                <header><h2 class="as-card">{t(words::api_clients::places)}</h2></header>
                <div class="body">
                    <dl class="facts">
                        <dt>{t(words::api_client_part::stores)}</dt>
                        <dd>{masters.store_names(&profile.store_ids, lang())}</dd>
                        <dt>{t(words::api_client_part::addresses)}</dt>
                        <dd>{addresses}</dd>
                        <dt>{t(words::api_client_part::requests)}</dt>
                        <dd>{requests}</dd>
                    </dl>
                </div>
            </section>
        }
    }
}

#[component]
fn Foot(client: Signal<ApiClient>) -> impl IntoView {
    let edits = Memo::new(move |_| client.with(|client| client.revoked_at.is_none()));
    let href = move || Page::EditApiClient(client.with_untracked(|client| client.id)).href();
    view! {
        <footer class="actions">
            <a class="btn" data-kind="quiet" href="/docs" target="_blank" rel="noopener">
                {t(words::api_clients::docs)}
            </a>
            <span class="push"></span>
            {move || {
                edits.get().then(|| {
                    view! {
                        <LinkButton href=href() kind=Kind::Primary size=Size::Large icon=Icon::Pen>
                            {t(words::lead::edit)}
                        </LinkButton>
                    }
                })
            }}
        </footer>
    }
}
