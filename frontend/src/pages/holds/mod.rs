//! 自分の仮押さえ: what the person holds, asks for and waits for, and below it what has ended and why.

use leptos::prelude::*;
use noren_api::holds::{Hold, HoldFilter};
use noren_domain::Timestamp;
use noren_domain::hold::HoldState;

use crate::api::use_api;
use crate::holds::{is_unseen, said, use_my_holds};
use crate::live::use_live;
use crate::pages::leads::lines::called;
use crate::paging::{Ask, First, Pager};
use crate::routes::Page;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{BackLink, Kind, LinkButton};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::more::More;
use crate::ui::skeleton::SkeletonRows;
use crate::words::{self, Lang, lang, t};

#[component]
pub fn MyHoldsPage() -> impl IntoView {
    let (api, holds) = (use_api(), use_my_holds());
    let list = move |open| {
        Pager::new(move |Ask { after, limit }| {
            Box::pin(api.list_holds(HoldFilter { open: Some(open), after, limit, ..HoldFilter::default() }))
        })
    };
    let (open, over) = (list(true), list(false));
    let looked = holds.looked_at();
    holds.seen();
    use_live().on_news(move |news| {
        if news.is_about_my_holds() {
            open.follow();
            over.follow();
            holds.seen();
        }
    });
    view! {
        <main class="page plain">
            <header class="line">
                <BackLink href=Page::Stock.href() label=words::vehicle::back />
                <PageHeading title=Signal::derive(move || words::my_holds::title(lang()).to_owned()) />
            </header>
            <Section pager=open part=Part::Open looked />
            <Section pager=over part=Part::Over looked />
        </main>
    }
}

/// Which of them.
#[derive(Clone, Copy)]
enum Part {
    Open,
    Over,
}

impl Part {
    fn name(self) -> fn(Lang) -> &'static str {
        match self {
            Self::Open => words::my_holds::open,
            Self::Over => words::my_holds::over,
        }
    }

    fn nothing(self) -> AnyView {
        match self {
            Self::Open => view! { <NoneOpen /> }.into_any(),
            Self::Over => view! { <p class="t-2">{t(words::my_holds::none_over)}</p> }.into_any(),
        }
    }
}

#[component]
fn Section(pager: Pager<Hold>, part: Part, looked: Timestamp) -> impl IntoView {
    let body = move |loaded| view! { <Rows loaded pager part looked /> }.into_any();
    view! {
        <section class="stack" aria-label=t(part.name())>
            <h2 class="as-card">{t(part.name())}</h2>
            <Load resource=pager.first failed=words::my_holds::not_loaded skeleton=|| view! { <SkeletonRows rows=2 /> } view=body />
        </section>
    }
}

#[component]
fn Rows(loaded: Loaded<First<Hold>>, pager: Pager<Hold>, part: Part, looked: Timestamp) -> impl IntoView {
    let Loaded { value: first, failure } = loaded;
    let rows = Memo::new(move |_| first.with(|first| pager.rows(first)));
    let retry = Callback::new(move |()| pager.refetch());
    let stale = move || {
        failure.get().map(|failure| {
            let failure = Signal::stored(failure);
            view! { <FailureNotice failure title=words::my_holds::not_refreshed retry /> }
        })
    };
    let none = move || rows.with(Vec::is_empty).then(|| part.nothing());
    view! {
        {stale}
        {none}
        <ol class="my-holds card" hidden=move || rows.with(Vec::is_empty)>
            <For each=move || rows.get() key=|hold| (hold.id, hold.version, hold.position) let:hold>
                <Row hold looked />
            </For>
        </ol>
        <More tail=pager.tail(first) />
    }
}

#[component]
fn NoneOpen() -> impl IntoView {
    view! {
        <Empty icon=Icon::Hold title=Signal::derive(move || words::my_holds::none(lang()).to_owned())>
            <p class="t-meta">{t(words::my_holds::none_why)}</p>
            <LinkButton kind=Kind::Secondary icon=Icon::Car href=Page::Stock.href()>{t(words::my_holds::to_stock)}</LinkButton>
        </Empty>
    }
}

#[component]
fn Row(hold: Hold, looked: Timestamp) -> impl IntoView {
    let unseen = is_unseen(&hold, looked);
    let (state, tone) = (said::state(&hold), tone(hold.state));
    let icon = (hold.state == HoldState::Requested).then_some(Icon::Clock);
    let (car, href, lead) = (said::car(&hold), Page::vehicle(&hold.stock_number), hold.lead_name.clone());
    let number = hold.stock_number.to_string();
    let whom = move || {
        let lead = lead.as_deref().map(|name| called(Some(name), None, lang()).to_string());
        [lead, Some(number.clone())].into_iter().flatten().collect::<Vec<_>>().join(words::common::dot(lang()))
    };
    view! {
        <li>
            <a class="my-hold" href=href data-unseen=unseen.then_some("")>
                <span class="line">
                    <b class="t-lead clip grow">{car}</b>
                    {unseen.then(|| view! { <Badge tone=Tone::Accent>{t(words::my_holds::unseen)}</Badge> })}
                    {match icon {
                        Some(icon) => view! { <Badge tone icon>{t(state)}</Badge> }.into_any(),
                        None => view! { <Badge tone>{t(state)}</Badge> }.into_any(),
                    }}
                </span>
                <span class="line t-meta t-2">
                    <span class="clip grow">{whom}</span>
                    <Rest hold />
                </span>
            </a>
        </li>
    }
}

fn tone(state: HoldState) -> Tone {
    match state {
        HoldState::Held => Tone::Accent,
        HoldState::Requested | HoldState::Expired | HoldState::Lost => Tone::Warn,
        HoldState::Queued => Tone::Line,
        HoldState::Released => Tone::Plain,
        HoldState::Contracted => Tone::Ok,
    }
}

/// How long it still lasts, which place it has, or when it ended.
#[component]
fn Rest(hold: Hold) -> impl IntoView {
    let ticker = use_ticker();
    let Hold { state, position, expires_at, ended_at, .. } = hold;
    let said = Memo::new(move |_| match (state, expires_at, ended_at) {
        (HoldState::Held, Some(until), _) => {
            let now = ticker.get();
            let until_when = words::hold::until(lang(), date::near(until, now, lang()));
            [until_when, said::left(until - now, lang())].join(words::common::dot(lang()))
        }
        (HoldState::Queued, ..) => words::hold::place(lang(), position.unwrap_or(1)),
        (_, _, Some(ended)) => date::near(ended, ticker.get(), lang()),
        _ => String::new(),
    });
    view! { <span class="num nowrap">{said}</span> }
}
