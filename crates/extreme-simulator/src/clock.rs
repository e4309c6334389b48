//! The simulator's time: the machine's plus an offset, or standing still where a test wants to turn it. Every time that the simulator
//! shows comes from here.

use std::sync::Mutex;

use chrono::{DateTime, FixedOffset, SubsecRound, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::locked;

/// An instant by the clock of Japan.
pub type Time = DateTime<FixedOffset>;

const JAPAN: FixedOffset = match FixedOffset::east_opt(9 * 3600) {
    Some(offset) => offset,
    None => panic!("nine hours are an offset"),
};

/// How the clock goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// How far it is ahead of the machine's clock, or of `frozen_at`.
    #[serde(default)]
    pub offset_seconds: i64,
    /// Where it stands still.
    #[serde(default)]
    pub frozen_at: Option<Time>,
}

/// A clock that can be turned.
#[derive(Debug, Default)]
pub struct Clock(Mutex<Pace>);

impl Clock {
    pub fn new(pace: Pace) -> Self {
        Self(Mutex::new(pace))
    }

    /// Now, to the millisecond.
    pub fn now(&self) -> Time {
        let pace = self.pace();
        let base = pace.frozen_at.unwrap_or_else(machine_time);
        in_japan(base + TimeDelta::seconds(pace.offset_seconds))
    }

    pub fn pace(&self) -> Pace {
        *locked(&self.0)
    }

    pub fn set(&self, pace: Pace) {
        *locked(&self.0) = pace;
    }

    /// Turns the clock forward, or back where `seconds` is negative.
    pub fn turn(&self, seconds: i64) {
        locked(&self.0).offset_seconds += seconds;
    }
}

/// The same instant by the clock of Japan, to the millisecond.
pub fn in_japan(time: Time) -> Time {
    time.with_timezone(&JAPAN).trunc_subsecs(3)
}

#[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
fn machine_time() -> Time {
    chrono::Utc::now().fixed_offset()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_moves_only_when_it_is_turned() {
        let at: Time = "2026-11-23T00:00:00.1239Z".parse().unwrap();
        let clock = Clock::new(Pace { frozen_at: Some(at), ..Pace::default() });
        assert_eq!(clock.now().to_rfc3339(), "2026-11-23T09:00:00.123+09:00");
        clock.turn(90);
        assert_eq!(clock.now().to_rfc3339(), "2026-11-23T09:01:30.123+09:00");
        clock.set(Pace::default());
        assert!(clock.now() > at - TimeDelta::days(365_000));
    }
}
