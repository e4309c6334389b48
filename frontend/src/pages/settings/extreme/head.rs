//! The first line: does it work? And how to begin, where there is no EXTREME yet.

use leptos::prelude::*;
use noren_api::extreme::{Breaker, ConnectionState, ExtremeConnection, ExtremeStatus};

use super::said;
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::icon::{Glyph, Icon, Size};
use crate::words::{self, Lang, lang, t};

#[component]
pub fn Head(status: Signal<ExtremeStatus>) -> impl IntoView {
    let connection = Memo::new(move |_| status.with(|status| status.connection.clone()));
    move || connection.get().map(|connection| view! { <Line connection /> })
}

#[component]
fn Line(connection: ExtremeConnection) -> impl IntoView {
    let (state, title): (_, fn(Lang) -> &'static str) = match connection.state {
        ConnectionState::Connected => ("ok", words::extreme::connected),
        ConnectionState::Failing => ("danger", words::extreme::failing),
        ConnectionState::Unknown => ("plain", words::extreme::unknown),
    };
    let ticker = use_ticker();
    let near = move |at| date::near(at, ticker.get_untracked(), lang());
    let failure = connection.failure.clone();
    let greeted = connection.greeted_at.zip(connection.version.clone());
    let under = move || match (&failure, &greeted) {
        (Some(failure), _) => said::reason(&failure.code, lang()).to_owned(),
        (None, Some((at, version))) => words::extreme::greeted(lang(), near(*at), version),
        (None, None) => words::extreme::not_greeted(lang()).to_owned(),
    };
    let well = connection.failure.as_ref().map(|failure| {
        let well_at = failure.well_at;
        let words = move || match well_at {
            Some(at) => words::extreme::still_works(lang(), near(at)),
            None => words::extreme::nothing_yet(lang()).to_owned(),
        };
        view! { <p class="t-2">{words}</p> }
    });
    view! {
        <section class="card extreme-head" data-state=state aria-labelledby="extreme-state">
            <div class="extreme-line">
                <span class="lamp"><Glyph icon=Icon::Swap size=Size::Large /></span>
                <div class="stack">
                    <h2 id="extreme-state">{t(title)}</h2>
                    <p class="t-2 t-meta num">{under}</p>
                    {well}
                </div>
            </div>
            <Figures connection />
        </section>
    }
}

#[component]
fn Figures(connection: ExtremeConnection) -> impl IntoView {
    let ExtremeConnection { median_milliseconds, slowest_milliseconds, breaker, clock_skew_seconds, .. } = connection;
    let answers = median_milliseconds.zip(slowest_milliseconds).map(|(median, slowest)| {
        view! {
            <div>
                <dt>{t(words::extreme::answers)}</dt>
                <dd class="num">{median}<small>{move || words::extreme::slowest(lang(), slowest)}</small></dd>
            </div>
        }
    });
    let skew = clock_skew_seconds.map(|skew| {
        let tone = (skew.abs() > 5).then_some("warn");
        view! {
            <div data-tone=tone>
                <dt>{t(words::extreme::skew)}</dt>
                <dd class="num">{move || words::extreme::seconds(lang(), skew)}</dd>
            </div>
        }
    });
    let tone = (breaker != Breaker::Closed).then_some("warn");
    view! {
        <dl class="extreme-figures">
            {answers}
            <div data-tone=tone>
                <dt>{t(words::extreme::breaker)}</dt>
                <dd>{t(said::breaker(breaker))}</dd>
            </div>
            {skew}
        </dl>
    }
}

/// What whoever runs the server writes.
const SETTINGS: &str =
    "NOREN_EXTREME_URL=https://extreme.example.jp/extreme/v1\nNOREN_EXTREME_CLIENT_ID=…\nNOREN_EXTREME_CLIENT_SECRET=…";

/// Noren works without EXTREME; this is how the two come together.
#[component]
pub fn NotConfigured() -> impl IntoView {
    view! {
        <section class="card extreme-none" aria-labelledby="extreme-none">
            <Glyph icon=Icon::Swap size=Size::Large />
            <h2 id="extreme-none">{t(words::extreme::none)}</h2>
            <p class="t-2">{t(words::extreme::none_what)}</p>
            <p>{t(words::extreme::none_how)}</p>
            <pre tabindex="0" aria-label=t(words::extreme::none_settings)><code>{SETTINGS}</code></pre>
            <p class="t-2 t-meta">{t(words::extreme::none_key)}</p>
        </section>
    }
}
