//! One file: what became of it, what a person is asked, and its original.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use noren_api::extreme_intakes::ExtremeIntake;
use noren_domain::ExtremeIntakeId;
use noren_domain::intake::IntakeState;

use super::reasons::Reasons;
use super::said;
use crate::api::{ApiError, File, use_api};
use crate::pages::not_found::NothingHere;
use crate::pages::settings::gate::Gate;
use crate::routes::Page;
use crate::session::Session;
use crate::ui::badge::Badge;
use crate::ui::button::{BackLink, Button, Kind, LinkButton};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::failure::FailureNotice;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::notice::{Notice, Tone};
use crate::ui::skeleton::Skeleton;
use crate::ui::toast::use_toasts;
use crate::ui::yen::grouped;
use crate::words::{self, Lang, lang, lang_untracked, t};

/// How many seconds lie between two looks while the file waits.
const EVERY: i64 = 2;

type Resource = LocalResource<Result<ExtremeIntake, ApiError>>;

#[component]
pub fn ExtremeFilePage() -> impl IntoView {
    view! {
        <main class="page settings-list">
            <Gate
                may=Session::administers
                title=words::extreme_files::title
                not_yours=words::extreme::not_yours
                view=|| view! { <OfAddress /> }.into_any()
            />
        </main>
    }
}

#[component]
fn OfAddress() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse().ok())));
    move || match id.get() {
        Some(id) => view! { <Intake id /> }.into_any(),
        None => view! { <NothingHere /> }.into_any(),
    }
}

#[component]
fn Intake(id: ExtremeIntakeId) -> impl IntoView {
    let (api, ticker, waits) = (use_api(), use_ticker(), RwSignal::new(false));
    let round = Memo::new(move |_| waits.get().then(|| ticker.get().timestamp() / EVERY));
    let resource: Resource = LocalResource::new(move || {
        round.track();
        async move {
            let intake = api.get_extreme_intake(id).await?;
            let is_waiting = intake.state == IntakeState::Waiting;
            if waits.try_get_untracked() != Some(is_waiting) {
                waits.try_set(is_waiting);
            }
            Ok(intake)
        }
    });
    let missing = Memo::new(move |_| resource.with(|got| matches!(got, Some(Err(error)) if error.status() == 404)));
    let body = move |loaded: Loaded<ExtremeIntake>| view! { <Whole loaded resource /> }.into_any();
    let skeleton = || view! { <div class="settings-body"><Skeleton lines=6 /></div> };
    move || {
        if missing.get() {
            return view! { <NothingHere /> }.into_any();
        }
        view! { <Load resource failed=words::extreme_files::not_loaded skeleton view=body /> }.into_any()
    }
}

#[component]
fn Whole(loaded: Loaded<ExtremeIntake>, resource: Resource) -> impl IntoView {
    let Loaded { value: intake, failure } = loaded;
    let old = move || {
        failure.get().map(|failure| {
            view! { <FailureNotice failure=Signal::stored(failure) title=words::extreme_files::not_loaded /> }
        })
    };
    let title = Signal::derive(move || intake.with(|intake| intake.file_name.clone()));
    let state = Memo::new(move |_| intake.with(|intake| (intake.state, intake.version)));
    let badge = move || {
        let (tone, words) = said::state(state.get().0);
        view! { <Badge tone>{t(words)}</Badge> }
    };
    let rest = move || match state.get().0 {
        IntakeState::Asking => view! { <Asks intake resource /> }.into_any(),
        IntakeState::Refused => view! { <Reasons intake /> }.into_any(),
        IntakeState::Repeated => view! { <Repeats intake /> }.into_any(),
        IntakeState::Waiting | IntakeState::Taken => ().into_any(),
    };
    view! {
        <header class="detail-head">
            <BackLink href=Page::Extreme.href() label=words::extreme_files::back />
            <PageHeading title />
            {badge}
        </header>
        <div class="scroll settings-body extreme-body" tabindex="0">
            {old}
            <About intake />
            {rest}
        </div>
        <Foot id=intake.with_untracked(|intake| intake.id) state />
    }
}

#[component]
fn About(intake: Signal<ExtremeIntake>) -> impl IntoView {
    let ticker = use_ticker();
    let kind = move || intake.with(|intake| super::super::said::stream(intake.stream).1(lang()));
    let lines = move || {
        use words::extreme_files as say;
        let near = |at| date::near(at, ticker.get_untracked(), lang());
        intake.with(|intake| {
            let rows = (intake.rows > 0).then(|| say::rows(lang(), grouped(intake.rows)));
            let written = say::written(lang(), near(intake.written_at));
            let handed_in = say::handed_in(lang(), near(intake.handed_in_at));
            let parts = [rows, Some(written), Some(handed_in), Some(said::from(intake, lang()))];
            parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("・")
        })
    };
    let figures = move || intake.with(|intake| said::figures(intake, lang()));
    view! {
        <section class="card extreme-file" aria-live="polite">
            <h2 class="as-card">{kind}</h2>
            <p class="t-2 num">{lines}</p>
            <p class="num figures">{figures}</p>
        </section>
    }
}

/// More than a third of the cars would go.
#[component]
fn Asks(intake: Signal<ExtremeIntake>, resource: Resource) -> impl IntoView {
    use words::extreme_files as say;
    let (api, toasts) = (use_api(), use_toasts());
    let decide = Action::new_local(move |what: &&'static str| {
        let what = *what;
        let (id, version) = intake.with_untracked(|intake| (intake.id, intake.version));
        async move {
            let decided = api.decide_extreme_intake(id, version, what).await;
            if decided.is_ok() {
                let said: fn(Lang) -> &'static str = if what == "allow" { say::allowed } else { say::dismissed };
                toasts.say(said(lang_untracked()));
            }
            resource.refetch();
            decided.map(|_| ())
        }
    });
    let failure = move || {
        let error = decide.value().get().and_then(Result::err).filter(|_| !decide.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=say::not_decided /> })
    };
    let gone = move || intake.with(|intake| grouped(intake.gone));
    let title = move || intake.with(|intake| say::asks(lang(), grouped(intake.gone), grouped(intake.here)));
    let act = move |what: &'static str| Callback::new(move |()| drop(decide.dispatch_local(what)));
    view! {
        <Notice icon=Icon::Alert tone=Tone::Danger>
            <div class="stack">
                <h2>{title}</h2>
                <p>{t(say::asks_what)}</p>
                {failure}
                <p class="line" data-wrap>
                    <Button busy=decide.pending() on_click=act("dismiss")>{t(say::dismiss)}</Button>
                    <Button kind=Kind::Quiet busy=decide.pending() on_click=act("allow")>
                        {move || say::allow(lang(), gone())}
                    </Button>
                </p>
            </div>
        </Notice>
    }
}

#[component]
fn Repeats(intake: Signal<ExtremeIntake>) -> impl IntoView {
    let before = move || {
        let id = intake.with(|intake| intake.repeats)?;
        let href = Page::ExtremeFile(id).href();
        Some(view! { <LinkButton href kind=Kind::Quiet>{t(words::extreme_files::repeated_what)}</LinkButton> })
    };
    view! {
        <section class="card extreme-file">
            <p>{t(words::extreme_files::repeats)}</p>
            <p>{before}</p>
        </section>
    }
}

/// The file itself, and what is to be mended as a table.
#[component]
fn Foot(id: ExtremeIntakeId, state: Memo<(IntakeState, i64)>) -> impl IntoView {
    use words::extreme_files as say;
    let (api, toasts) = (use_api(), use_toasts());
    let keep = move |file: Result<File, ApiError>| {
        file?.save().map_err(|_| ApiError::Unexpected { request_id: None })?;
        toasts.say(say::saved(lang_untracked()));
        Ok::<(), ApiError>(())
    };
    let original = Action::new_local(move |(): &()| async move { keep(api.export_extreme_intake_file(id).await) });
    let report = Action::new_local(move |(): &()| async move { keep(api.export_extreme_intake_reasons(id).await) });
    let failure = move || {
        let failed =
            original.value().get().and_then(Result::err).or_else(|| report.value().get().and_then(Result::err));
        let error = failed.filter(|_| !original.pending().get() && !report.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=say::not_saved /> })
    };
    let as_table = move || {
        (state.get().0 == IntakeState::Refused).then(|| {
            let on_click = Callback::new(move |()| drop(report.dispatch_local(())));
            view! { <Button busy=report.pending() on_click>{t(say::report)}</Button> }
        })
    };
    view! {
        {failure}
        <footer class="actions">
            <Button
                kind=Kind::Quiet
                busy=original.pending()
                on_click=Callback::new(move |()| drop(original.dispatch_local(())))
            >
                {t(say::original)}
            </Button>
            <span class="push"></span>
            {as_table}
        </footer>
    }
}
