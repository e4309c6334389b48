//! The circuit breaker: whoever fails again and again is left alone for a while, so that nobody waits for nothing.
//!
//! It opens at five failures in a row, or when half of twenty or more calls in thirty seconds failed. It stays open for five seconds,
//! doubling to thirty; then one call is let through, and three successes close it. Pure: the time is handed in.

use std::collections::VecDeque;
use std::time::Duration;

const IN_A_ROW: u32 = 5;
const WINDOW: Duration = Duration::from_secs(30);
const ENOUGH_CALLS: usize = 20;
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
const SUCCESSES_TO_CLOSE: u32 = 3;

/// How the breaker stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakerState {
    Closed,
    HalfOpen,
    Open,
}

/// Between two movements of the breaker. How a call ended that began in an earlier one says nothing of how EXTREME fares now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Era(u64);

/// Whether a call may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permit {
    Go(Era),
    /// Not before so much time has passed.
    Wait(Duration),
}

/// The breaker of one destination. Times are counted from any fixed instant.
#[derive(Debug, Default)]
pub struct Breaker {
    /// Calls of the last thirty seconds: when each ended, and whether it failed.
    calls: VecDeque<(Duration, bool)>,
    failures_in_a_row: u32,
    open: Option<Open>,
    era: Era,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    until: Duration,
    pause: Duration,
    /// Whether the one call is on its way.
    trying: bool,
    successes: u32,
}

impl Breaker {
    /// Asks for a call, which is then to be [`noted`](Self::note).
    pub fn ask(&mut self, now: Duration) -> Permit {
        let Some(open) = &mut self.open else { return Permit::Go(self.era) };
        if now < open.until {
            return Permit::Wait(open.until.saturating_sub(now));
        }
        if open.trying {
            return Permit::Wait(FIRST_PAUSE);
        }
        open.trying = true;
        Permit::Go(self.era)
    }

    /// A call has ended that said nothing of how EXTREME fares, such as one that was given up by whoever asked.
    pub fn forget(&mut self, era: Era) {
        if let Some(open) = self.open.as_mut().filter(|_| era == self.era) {
            open.trying = false;
        }
    }

    /// Notes how a call ended.
    pub fn note(&mut self, now: Duration, era: Era, failed: bool) {
        if era != self.era {
            return;
        }
        match (self.open, failed) {
            (Some(open), true) => self.shut(now, (open.pause * 2).min(LONGEST_PAUSE)),
            (Some(open), false) if open.successes + 1 >= SUCCESSES_TO_CLOSE => {
                *self = Self { era: Era(self.era.0 + 1), ..Self::default() };
            }
            (Some(open), false) => {
                self.open = Some(Open { trying: false, successes: open.successes + 1, ..open });
            }
            (None, failed) => self.count(now, failed),
        }
    }

    fn count(&mut self, now: Duration, failed: bool) {
        self.calls.push_back((now, failed));
        while self.calls.front().is_some_and(|(at, _)| *at + WINDOW < now) {
            self.calls.pop_front();
        }
        self.failures_in_a_row = if failed { self.failures_in_a_row + 1 } else { 0 };
        let failures = self.calls.iter().filter(|(_, failed)| *failed).count();
        let half = self.calls.len() >= ENOUGH_CALLS && failures * 2 >= self.calls.len();
        if failed && (self.failures_in_a_row >= IN_A_ROW || half) {
            self.shut(now, FIRST_PAUSE);
        }
    }

    fn shut(&mut self, now: Duration, pause: Duration) {
        self.calls.clear();
        self.failures_in_a_row = 0;
        self.era = Era(self.era.0 + 1);
        self.open = Some(Open { until: now + pause, pause, trying: false, successes: 0 });
    }

    /// How it stands.
    pub fn state(&self, now: Duration) -> BreakerState {
        match self.open {
            None => BreakerState::Closed,
            Some(open) if now < open.until => BreakerState::Open,
            Some(_) => BreakerState::HalfOpen,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// A call that is let through.
    fn asked(breaker: &mut Breaker, now: Duration) -> Era {
        let Permit::Go(era) = breaker.ask(now) else { panic!("it is open") };
        era
    }

    fn called(breaker: &mut Breaker, now: Duration, failed: bool) {
        let era = asked(breaker, now);
        breaker.note(now, era, failed);
    }

    fn failed_five_times() -> Breaker {
        let mut breaker = Breaker::default();
        for _ in 0..5 {
            called(&mut breaker, at(0), true);
        }
        breaker
    }

    #[test]
    fn what_began_before_it_moved_moves_it_no_more() {
        let mut breaker = Breaker::default();
        let eight: Vec<Era> = (0..8).map(|_| asked(&mut breaker, at(0))).collect();
        for era in &eight {
            breaker.note(at(10), *era, true);
        }
        assert_eq!(breaker.ask(at(10)), Permit::Wait(at(5)), "the last three made the pause no longer");
        let trial = asked(&mut breaker, at(15));
        breaker.note(at(15), eight[0], false);
        breaker.forget(eight[1]);
        assert!(matches!(breaker.ask(at(15)), Permit::Wait(_)), "the one call is still on its way");
        breaker.note(at(16), trial, true);
        assert_eq!(breaker.ask(at(16)), Permit::Wait(at(10)));
    }

    #[test]
    fn five_failures_in_a_row_open_it_for_five_seconds_and_one_call_tries() {
        let mut breaker = failed_five_times();
        assert_eq!((breaker.ask(at(1)), breaker.state(at(1))), (Permit::Wait(at(4)), BreakerState::Open));
        assert_eq!((breaker.ask(at(5)), breaker.state(at(5))), (Permit::Go(Era(1)), BreakerState::HalfOpen));
        assert!(matches!(breaker.ask(at(5)), Permit::Wait(_)), "one at a time");
    }

    #[test]
    fn the_pause_doubles_to_thirty_seconds() {
        let mut breaker = failed_five_times();
        let mut now = at(5);
        for pause in [10, 20, 30, 30] {
            called(&mut breaker, now, true);
            assert_eq!(breaker.ask(now), Permit::Wait(at(pause)));
            now += at(pause);
        }
    }

    #[test]
    fn three_successes_close_it() {
        let mut breaker = failed_five_times();
        for _ in 0..3 {
            called(&mut breaker, at(6), false);
        }
        assert_eq!(breaker.state(at(6)), BreakerState::Closed);
    }

    #[test]
    fn a_call_that_says_nothing_gives_its_turn_back() {
        let mut breaker = failed_five_times();
        let era = asked(&mut breaker, at(5));
        breaker.forget(era);
        assert!(matches!(breaker.ask(at(5)), Permit::Go(_)));
    }

    #[test]
    fn half_of_twenty_calls_open_it_and_what_is_long_past_does_not_count() {
        let mut breaker = Breaker::default();
        for call in 0..19 {
            called(&mut breaker, at(1), call % 2 == 0);
        }
        assert_eq!(breaker.state(at(1)), BreakerState::Closed);
        called(&mut breaker, at(1), true);
        assert_eq!(breaker.state(at(1)), BreakerState::Open);

        let mut slow = Breaker::default();
        for call in 0..60_u64 {
            called(&mut slow, at(call * 3), call % 2 == 0);
        }
        assert_eq!(slow.state(at(180)), BreakerState::Closed, "eleven calls in thirty seconds are too few to judge by");
    }
}
