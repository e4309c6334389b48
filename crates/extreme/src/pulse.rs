//! How EXTREME fares just now, as whoever calls it sees it.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::BreakerState;

/// How many answers are looked back on.
const REMEMBERED: usize = 200;

/// The breaker, and how long the last answers took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pulse {
    pub breaker: BreakerState,
    /// Half of the answers took longer; none before the first answer.
    pub median: Option<Duration>,
    /// One in a hundred took longer.
    pub slowest: Option<Duration>,
}

/// How long the last answers took.
#[derive(Debug, Default)]
pub struct Times(Mutex<VecDeque<Duration>>);

impl Times {
    pub fn note(&self, took: Duration) {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        times.push_back(took);
        if times.len() > REMEMBERED {
            times.pop_front();
        }
    }

    /// With the breaker as it stands.
    pub fn pulse(&self, breaker: BreakerState) -> Pulse {
        let mut times: Vec<Duration> = self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect();
        times.sort_unstable();
        let at = |percent: usize| times.get((times.len() * percent).div_ceil(100).saturating_sub(1)).copied();
        Pulse { breaker, median: at(50), slowest: at(99) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_slowest_of_the_last_answers_are_told() {
        let times = Times::default();
        assert_eq!(times.pulse(BreakerState::Closed).median, None);
        for millis in 1..=300 {
            times.note(Duration::from_millis(millis));
        }
        let pulse = times.pulse(BreakerState::Closed);
        assert_eq!((pulse.median, pulse.slowest), (Some(Duration::from_millis(200)), Some(Duration::from_millis(298))));
    }
}
