//! 検証: whether the record of changes still holds, chain by chain.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::audit_events::{AuditVerification, VerificationState, VerifiedChain};

use super::frame::{AuditGate, AuditHead};
use super::said;
use crate::api::{ApiError, idempotency_key, use_api};
use crate::session::{Session, use_masters};
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, Kind, Size};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::SkeletonRows;
use crate::words::{self, lang, t};

/// How often a walk is asked how far it has come.
const LOOK_MS: u32 = 1_000;

type Walks = LocalResource<Result<Vec<AuditVerification>, ApiError>>;

#[component]
pub fn VerificationPage() -> impl IntoView {
    view! {
        <main class="page audit">
            <AuditGate may=Session::administers view=|| view! { <Verification /> }.into_any() />
        </main>
    }
}

#[component]
fn Verification() -> impl IntoView {
    let api = use_api();
    let resource: Walks = LocalResource::new(move || api.list_audit_verifications());
    let ask = Action::new_local(move |(): &()| async move {
        api.verify_audit(idempotency_key()).await?;
        resource.refetch();
        Ok::<_, ApiError>(())
    });
    let goes_on = Memo::new(move |_| match resource.get() {
        Some(Ok(walks)) => walks.first().is_some_and(goes_on),
        _ => false,
    });
    let busy = Signal::derive(move || ask.pending().get() || goes_on.get());
    let failure = move || {
        let error = ask.value().get().and_then(Result::err).filter(|_| !ask.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::verification::not_asked /> })
    };
    let body = move |loaded: Loaded<Vec<AuditVerification>>| view! { <Results loaded resource /> }.into_any();
    view! {
        <AuditHead />
        <div class="scroll settings-body stack audit-results">
            <p class="t-2">{t(words::verification::what)}</p>
            {failure}
            <Load
                resource
                failed=words::verification::not_loaded
                skeleton=|| view! { <SkeletonRows rows=3 /> }
                view=body
            />
        </div>
        <footer class="actions">
            <span class="push"></span>
            <Button
                kind=Kind::Primary
                size=Size::Large
                icon=Icon::Check
                busy
                on_click=Callback::new(move |()| drop(ask.dispatch_local(())))
            >
                {t(words::verification::ask)}
            </Button>
        </footer>
    }
}

fn goes_on(walk: &AuditVerification) -> bool {
    matches!(walk.state, VerificationState::Waiting | VerificationState::Running)
}

#[component]
fn Results(loaded: Loaded<Vec<AuditVerification>>, resource: Walks) -> impl IntoView {
    let walks = loaded.value;
    // Each answer while a walk goes on leads to the next question.
    Effect::new(move |_| {
        if walks.with(|walks| walks.first().is_some_and(goes_on)) {
            spawn_local(async move {
                TimeoutFuture::new(LOOK_MS).await;
                // The page may be gone by now.
                if resource.try_get_untracked().is_some() {
                    resource.refetch();
                }
            });
        }
    });
    move || {
        let walks = walks.get();
        if walks.is_empty() {
            let title = Signal::derive(move || words::verification::never(lang()).to_owned());
            return view! { <Empty icon=Icon::Clock title /> }.into_any();
        }
        let mut walks = walks.into_iter();
        let latest = walks.next().map(|walk| view! { <Walk walk /> });
        let before: Vec<_> = walks.collect();
        let before = (!before.is_empty()).then(|| {
            view! {
                <h2 class="audit-day">{t(words::verification::before)}</h2>
                <ul class="stack">{before.into_iter().map(|walk| view! { <li><Past walk /></li> }).collect_view()}</ul>
            }
        });
        view! {
            {latest}
            {before}
        }
        .into_any()
    }
}

/// The last walk: how far it is, or what it found.
#[component]
fn Walk(walk: AuditVerification) -> impl IntoView {
    let open = goes_on(&walk);
    let AuditVerification { entries, checked, .. } = walk;
    let going = open.then(|| {
        view! {
            <div class="stack" role="status">
                <progress max=entries.max(1) value=checked aria-label=t(words::verification::running)></progress>
                <p class="t-2 num">{move || words::verification::progress(lang(), checked, entries)}</p>
            </div>
        }
    });
    view! {
        <section class="card">
            <header>
                <h2 class="as-card grow"><When walk=walk.clone() /></h2>
                <Verdict walk=walk.clone() />
            </header>
            <div class="body stack">
                {going}
                <Chains chains=walk.chains />
            </div>
        </section>
    }
}

/// An earlier walk, which unfolds.
#[component]
fn Past(walk: AuditVerification) -> impl IntoView {
    view! {
        <details class="card audit-entry">
            <summary>
                <span class="grow"><When walk=walk.clone() /></span>
                <Verdict walk=walk.clone() />
            </summary>
            <div class="body stack">
                <Chains chains=walk.chains />
            </div>
        </details>
    }
}

#[component]
fn When(walk: AuditVerification) -> impl IntoView {
    let AuditVerification { asked_at, asked_by_name, .. } = walk;
    let name = asked_by_name.unwrap_or_default();
    move || words::verification::asked(lang(), date::near(asked_at, use_ticker().get_untracked(), lang()), &name)
}

#[component]
fn Verdict(walk: AuditVerification) -> impl IntoView {
    let AuditVerification { state, chains, .. } = walk;
    let bad = chains.iter().filter(|chain| chain.bad.is_some()).count();
    match (state, bad) {
        (VerificationState::Waiting | VerificationState::Running, _) => {
            view! { <Badge tone=Tone::Accent>{t(words::verification::running)}</Badge> }.into_any()
        }
        (VerificationState::Failed, _) => {
            view! { <Badge tone=Tone::Warn icon=Icon::Alert>{t(words::verification::failed)}</Badge> }.into_any()
        }
        (VerificationState::Done, 0) => {
            view! { <Badge tone=Tone::Ok icon=Icon::Check>{t(words::verification::good)}</Badge> }.into_any()
        }
        (VerificationState::Done, _) => {
            view! { <Badge tone=Tone::Warn icon=Icon::Alert>{move || words::verification::bad(lang(), bad)}</Badge> }
                .into_any()
        }
    }
}

#[component]
fn Chains(chains: Vec<VerifiedChain>) -> impl IntoView {
    let masters = use_masters();
    let row = |chain: VerifiedChain| {
        let VerifiedChain { chain, chain_name, entries, bad, head_sequence, head_signature, .. } = chain;
        let masters = masters.clone();
        let name = move || chain_name.clone().unwrap_or_else(|| said::chain(&chain, &masters, lang()));
        let wrong = bad.map(|bad| {
            view! {
                <p class="t-danger">
                    {move || words::verification::first_bad(lang(), bad.sequence, said::flaw(&bad.reason)(lang()))}
                </p>
            }
        });
        view! {
            <li class="audit-chain">
                <p class="line" data-wrap>
                    <b class="grow">{name}</b>
                    <span class="num">{move || words::verification::fits(lang(), entries, head_sequence)}</span>
                </p>
                {wrong}
                <p class="audit-proof t-3">{move || words::verification::signature(lang(), &head_signature)}</p>
            </li>
        }
    };
    let shown = !chains.is_empty();
    let rows = chains.into_iter().map(row).collect_view();
    shown.then(|| view! { <ul class="stack">{rows}</ul> })
}
