//! The time now, and clocks that run.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{TimeDelta, Utc};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_domain::Timestamp;

use super::icon::{Glyph, Icon, Size};
use crate::words::{self, Lang, lang, t};

/// How far the server's clock is ahead of this device's, in milliseconds.
static AHEAD: AtomicI64 = AtomicI64::new(0);
/// The server says its time to the second, and an answer takes its time: less than this is no difference.
const BLUR: i64 = 2_000;

/// The time now, by the server's clock as far as it is known: a tablet's own may be wrong by hours.
pub fn now() -> Timestamp {
    by_device() + TimeDelta::milliseconds(AHEAD.load(Ordering::Relaxed))
}

/// The time of this device.
#[expect(clippy::disallowed_methods, reason = "the one place where the app reads the device's clock")]
pub fn by_device() -> Timestamp {
    Utc::now()
}

/// Learns the server's time from an answer that was asked for at `asked` and has just come, by this device's clock.
pub fn set_by(server: Timestamp, asked: Timestamp) {
    let ahead = ahead(server, asked, by_device());
    if (ahead - AHEAD.load(Ordering::Relaxed)).abs() > BLUR {
        AHEAD.store(ahead, Ordering::Relaxed);
    }
}

/// Half-way between question and answer the server's clock showed that second, on average its half.
fn ahead(server: Timestamp, asked: Timestamp, answered: Timestamp) -> i64 {
    (server - asked).num_milliseconds() + 500 - (answered - asked).num_milliseconds() / 2
}

/// A time that moves on by the second, for everything that counts. `Copy`, in context.
#[derive(Clone, Copy)]
pub struct Ticker(RwSignal<Timestamp>);

impl Ticker {
    pub fn start() -> Self {
        let ticking = RwSignal::new(now());
        spawn_local(async move {
            loop {
                TimeoutFuture::new(1_000).await;
                ticking.set(now());
            }
        });
        Self(ticking)
    }

    pub fn get(self) -> Timestamp {
        self.0.get()
    }

    pub fn get_untracked(self) -> Timestamp {
        self.0.get_untracked()
    }
}

/// The [`Ticker`] of the app.
pub fn use_ticker() -> Ticker {
    expect_context()
}

/// How late a first answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lateness {
    InTime,
    Late,
}

impl Lateness {
    pub fn of(due: Timestamp, now: Timestamp) -> Self {
        if now > due { Self::Late } else { Self::InTime }
    }

    pub fn tone(self) -> &'static str {
        match self {
            Self::InTime => "warn",
            Self::Late => "danger",
        }
    }
}

/// A span that runs: `08:18` below an hour, `2:08:18` below a day, then whole days.
pub fn running(span: TimeDelta, lang: Lang) -> String {
    let seconds = span.num_seconds().max(0);
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes:02}:{rest:02}"),
        1..24 => format!("{hours}:{minutes:02}:{rest:02}"),
        _ => words::date::days(lang, hours / 24),
    }
}

/// The clock of a row: how long the customer has been waiting.
#[component]
pub fn WaitClock(since: Timestamp, due: Timestamp) -> impl IntoView {
    let ticker = use_ticker();
    let lateness = Memo::new(move |_| Lateness::of(due, ticker.get()));
    let late = move || {
        (lateness.get() == Lateness::Late).then(|| {
            view! {
                <Glyph icon=Icon::Alert size=Size::Small />
                <span class="sr">{t(words::lead::late)}</span>
            }
        })
    };
    view! {
        <span class="clock" data-tone=move || lateness.get().tone()>
            {late}
            <span class="sr">{t(words::lead::waiting)}</span>
            {move || running(ticker.get() - since, lang())}
        </span>
    }
}

/// How much of the time until the target is gone, in per cent.
pub fn gone(since: Timestamp, due: Timestamp, now: Timestamp) -> i64 {
    let whole = (due - since).num_seconds().max(1);
    ((now - since).num_seconds() * 100 / whole).clamp(0, 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_clock_stays_narrow_however_long_it_runs() {
        let cases =
            [(498, "08:18"), (2238, "37:18"), (7698, "2:08:18"), (86_399, "23:59:59"), (200_000, "2日"), (-5, "00:00")];
        for (seconds, shown) in cases {
            assert_eq!(running(TimeDelta::seconds(seconds), Lang::Ja), shown);
        }
    }

    #[test]
    fn a_wrong_clock_is_known_by_the_server_s() {
        let (asked, answered) = (at("2026-11-21T01:00:00Z"), at("2026-11-21T01:00:01Z"));
        assert_eq!(ahead(at("2026-11-21T01:00:00Z"), asked, answered), 0);
        assert_eq!(ahead(at("2026-11-21T02:00:00Z"), asked, answered), 3_600_000);
        assert_eq!(ahead(at("2026-11-21T00:59:00Z"), asked, answered), -60_000);
    }

    #[test]
    fn an_answer_is_late_only_after_its_target() {
        let due = at("2026-11-21T01:00:00Z");
        assert_eq!(Lateness::of(due, due), Lateness::InTime);
        assert_eq!(Lateness::of(due, at("2026-11-21T01:00:01Z")), Lateness::Late);
    }

    #[test]
    fn the_meter_is_full_at_the_target_and_never_fuller() {
        let (since, due) = (at("2026-11-21T01:00:00Z"), at("2026-11-21T01:15:00Z"));
        assert_eq!(gone(since, due, since), 0);
        assert_eq!(gone(since, due, at("2026-11-21T01:07:30Z")), 50);
        assert_eq!(gone(since, due, at("2026-11-22T01:00:00Z")), 100);
    }
}
