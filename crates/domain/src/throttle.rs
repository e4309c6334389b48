//! How often something may be tried: the generic cell rate algorithm, and the growing delay after failures in a row.

use chrono::TimeDelta;

use crate::Timestamp;
use crate::clock::SKEW;

/// So many tries in so many seconds; all at once is fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    pub tries: i32,
    pub seconds: i32,
}

/// Failures in a row after which each further try waits, twice as long each time.
const PATIENCE: i64 = 10;
/// The longest such wait.
const LONGEST_DELAY_SECONDS: i64 = 15 * 60;
/// Failures in a row after which the password needs recovery (NIST SP 800-63B).
pub const EXHAUSTED: i64 = 100;

impl Quota {
    /// Admits a try at `now`, given the theoretical arrival time that was kept, and returns the one to keep.
    ///
    /// # Errors
    /// How long to wait when the quota is spent.
    pub fn admit(self, arrival: Timestamp, now: Timestamp) -> Result<Timestamp, TimeDelta> {
        // No quota is spent for longer, so that the clock was set back since: the wait would last until it has caught up.
        let longest = TimeDelta::seconds(i64::from(self.seconds) + LONGEST_DELAY_SECONDS);
        let arrival = if arrival > now + longest + SKEW { now } else { arrival };
        let next = arrival.max(now) + self.interval();
        let earliest = next - TimeDelta::seconds(i64::from(self.seconds));
        if now < earliest { Err(earliest - now) } else { Ok(next) }
    }

    /// The arrival time to keep so that the next try is admitted at this instant, and no further one for a while.
    #[must_use]
    pub fn closed_until(self, at: Timestamp) -> Timestamp {
        at + TimeDelta::seconds(i64::from(self.seconds)) - self.interval()
    }

    fn interval(self) -> TimeDelta {
        TimeDelta::milliseconds(i64::from(self.seconds) * 1000 / i64::from(self.tries.max(1)))
    }
}

/// How long the try after so many failures in a row must wait.
#[must_use]
pub fn delay_after(failures: i64) -> TimeDelta {
    let doublings = u32::try_from(failures - PATIENCE).unwrap_or(0).min(20);
    let seconds = if failures < PATIENCE { 0 } else { 1_i64 << doublings };
    TimeDelta::seconds(seconds.min(LONGEST_DELAY_SECONDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_timestamp(1_700_000_000 + second, 0).unwrap()
    }

    #[test]
    fn ten_tries_in_fifteen_minutes_and_then_one_each_ninety_seconds() {
        let login = Quota { tries: 10, seconds: 900 };
        let mut arrival = at(0);
        for _ in 0..10 {
            arrival = login.admit(arrival, at(0)).unwrap();
        }
        assert_eq!(login.admit(arrival, at(0)), Err(TimeDelta::seconds(90)));
        assert_eq!(login.admit(arrival, at(89)), Err(TimeDelta::seconds(1)));
        assert!(login.admit(arrival, at(90)).is_ok());
    }

    #[test]
    fn a_clock_that_is_set_back_closes_no_quota_until_it_has_caught_up() {
        let login = Quota { tries: 10, seconds: 900 };
        let mut arrival = at(86_400);
        for _ in 0..10 {
            arrival = login.admit(arrival, at(86_400)).unwrap();
        }
        assert!(login.admit(arrival, at(86_400)).is_err());
        assert_eq!(login.admit(arrival, at(0)), Ok(at(90)));
        assert!(login.admit(arrival, at(86_400 - 300)).is_err(), "five minutes open nothing");
    }

    #[test]
    fn a_closed_quota_opens_for_one_try() {
        let login = Quota { tries: 10, seconds: 900 };
        let closed = login.closed_until(at(16));
        assert_eq!(login.admit(closed, at(0)), Err(TimeDelta::seconds(16)));
        let arrival = login.admit(closed, at(16)).unwrap();
        assert_eq!(login.admit(arrival, at(16)), Err(TimeDelta::seconds(90)));
    }

    #[test]
    fn the_delay_doubles_and_ends_at_a_quarter_of_an_hour() {
        for (failures, seconds) in [(0, 0), (9, 0), (10, 1), (11, 2), (14, 16), (30, 900), (5_000, 900)] {
            assert_eq!(delay_after(failures), TimeDelta::seconds(seconds), "{failures}");
        }
    }
}
