//! Where messages go: how many wait there, and the switch that has them wait.

use leptos::prelude::*;
use noren_api::outbox::{OutboxDestination, PauseOutbox};
use noren_domain::outbox::Destination;

use crate::api::{ApiError, use_api};
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, Kind};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::dialog::Dialog;
use crate::ui::failure::FailureNotice;
use crate::ui::field::TextField;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::words::{self, Lang, lang, t};

fn name(destination: Destination) -> fn(Lang) -> &'static str {
    match destination {
        Destination::Mail => words::outbox::to_mail,
        Destination::Extreme => words::outbox::to_extreme,
    }
}

fn title(destination: Destination) -> fn(Lang) -> &'static str {
    match destination {
        Destination::Mail => words::outbox::sends_mail,
        Destination::Extreme => words::outbox::sends_extreme,
    }
}

/// What a person wants of a destination: nothing sent there, and why; or everything.
type Switched = (Destination, Option<PauseOutbox>);

#[component]
pub fn Destinations(
    /// Told when messages may have begun to go.
    on_switched: Callback<()>,
    /// The one that is shown, where not all are.
    #[prop(optional)]
    only: Option<Destination>,
    /// Looked at again when it changes.
    #[prop(optional, into)]
    round: Signal<i64>,
) -> impl IntoView {
    let api = use_api();
    let resource = LocalResource::new(move || {
        round.track();
        api.list_outbox_destinations()
    });
    let switching = Action::new_local(move |wanted: &Switched| {
        let (to, pause) = wanted.clone();
        async move {
            match pause {
                Some(why) => api.pause_outbox(to, why).await?,
                None => api.resume_outbox(to).await?,
            };
            resource.refetch();
            on_switched.try_run(());
            Ok::<_, ApiError>(())
        }
    });
    let failure = move || {
        let error = switching.value().get().and_then(Result::err).filter(|_| !switching.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::outbox::not_switched /> })
    };
    let body = move |Loaded { value, .. }: Loaded<Vec<OutboxDestination>>| {
        let is_shown = move |to: &OutboxDestination| only.is_none_or(|only| to.destination == only);
        let row = move |to: OutboxDestination| view! { <Row to switching /> };
        let rows = move || value.get().into_iter().filter(is_shown).map(row).collect_view();
        view! { <ul class="outbox-destinations">{rows}</ul> }.into_any()
    };
    view! {
        {failure}
        <Load
            resource
            failed=words::outbox::destinations_not_loaded
            skeleton=|| view! { <div class="card body"><Skeleton lines=2 /></div> }
            view=body
        />
    }
}

#[component]
fn Row(to: OutboxDestination, switching: Action<Switched, Result<(), ApiError>>) -> impl IntoView {
    let OutboxDestination { destination, waiting, dead, oldest_at, pause } = to;
    let asking = RwSignal::new(false);
    let now = use_ticker().get_untracked();
    let standing = if pause.is_some() {
        view! { <Badge tone=Tone::Warn>{t(words::outbox::stopped)}</Badge> }
    } else {
        view! { <Badge tone=Tone::Ok>{t(words::outbox::flowing)}</Badge> }
    };
    let counted = move || {
        let waits = oldest_at.map(|at| words::outbox::waits_since(lang(), date::near(at, now, lang()), waiting));
        let given_up = (dead > 0).then(|| words::outbox::given_up(lang(), dead));
        let said: Vec<String> = [waits, given_up].into_iter().flatten().collect();
        if said.is_empty() {
            words::outbox::nothing_waits(lang()).to_owned()
        } else {
            said.join(words::common::dot(lang()))
        }
    };
    let is_paused = pause.is_some();
    let why = pause.map(|pause| {
        let who = pause.staff_name.unwrap_or_default();
        let since = move || words::outbox::stopped_by(lang(), date::near(pause.since, now, lang()), &who);
        view! {
            <p class="t-2">{since}</p>
            {pause.reason.map(|reason| view! { <p class="t-2">{reason}</p> })}
        }
    });
    let resume = Callback::new(move |()| {
        switching.dispatch_local((destination, None));
    });
    let ask = Callback::new(move |()| asking.set(true));
    view! {
        <li class="card">
            <div class="body line" data-wrap>
                <div class="grow">
                    <h2 class="as-card line">{t(title(destination))} {standing}</h2>
                    <p class="t-2 num">{counted}</p>
                    {why}
                </div>
                {if is_paused {
                    view! { <Button kind=Kind::Soft busy=switching.pending() on_click=resume>{t(words::outbox::resume)}</Button> }
                        .into_any()
                } else {
                    view! { <Button busy=switching.pending() on_click=ask>{t(words::outbox::stop)}</Button> }.into_any()
                }}
            </div>
            <AskWhy destination asking switching />
        </li>
    }
}

/// Asks why nothing is to be sent, for the colleagues who wonder.
#[component]
fn AskWhy(
    destination: Destination,
    asking: RwSignal<bool>,
    switching: Action<Switched, Result<(), ApiError>>,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let stop = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let typed = reason.get_untracked();
        let why = PauseOutbox { reason: (!typed.trim().is_empty()).then(|| typed.trim().to_owned()) };
        asking.set(false);
        reason.set(String::new());
        switching.dispatch_local((destination, Some(why)));
    };
    let title = Signal::derive(move || words::outbox::stop_ask(lang(), name(destination)(lang())));
    view! {
        <Dialog open=asking title>
            <form on:submit=stop>
                <div class="dialog-body stack">
                    <p>{t(words::outbox::stop_what)}</p>
                    <TextField
                        name="reason"
                        label=Signal::derive(move || words::outbox::stop_reason(lang()).to_owned())
                        value=reason
                        on_type=Callback::new(move |typed| reason.set(typed))
                    />
                </div>
                <footer>
                    <Button kind=Kind::Quiet on_click=Callback::new(move |()| asking.set(false))>{t(words::common::cancel)}</Button>
                    <Button kind=Kind::Primary role="submit">{t(words::outbox::stop)}</Button>
                </footer>
            </form>
        </Dialog>
    }
}
