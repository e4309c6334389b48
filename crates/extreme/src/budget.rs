//! What may be asked at once and within a minute, and how many of the calls may be second tries.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicI64, Ordering};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::sync::{Semaphore, SemaphorePermit};

/// A second try costs five calls: one in five may be one.
const COST_OF_A_RETRY: i64 = 5;
/// How much can be saved up, so that the first call of a day may be tried again too.
const SAVINGS: i64 = 10 * COST_OF_A_RETRY;

/// The budget of one destination.
pub struct Budget {
    at_once: Semaphore,
    per_minute: DefaultDirectRateLimiter,
    savings: AtomicI64,
}

impl Budget {
    pub fn new(at_once: usize, per_minute: NonZeroU32) -> Self {
        // A burst is a second's worth, so that a full read does not spend a minute's requests at once.
        let burst = NonZeroU32::new(per_minute.get().div_ceil(60)).unwrap_or(NonZeroU32::MIN);
        let per_minute = RateLimiter::direct(Quota::per_minute(per_minute).allow_burst(burst));
        Self { at_once: Semaphore::new(at_once), per_minute, savings: AtomicI64::new(SAVINGS) }
    }

    /// Waits for a turn. What comes back is held for as long as the call lasts; `None` only when the budget is closed, which it never is.
    pub async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        let turn = self.at_once.acquire().await.ok()?;
        self.per_minute.until_ready().await;
        self.savings.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |saved| Some((saved + 1).min(SAVINGS))).ok();
        Some(turn)
    }

    /// Whether a call may be tried again; it is paid for then.
    pub fn pays_for_a_retry(&self) -> bool {
        let pay = |saved| (saved >= COST_OF_A_RETRY).then_some(saved - COST_OF_A_RETRY);
        self.savings.fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_call_in_five_may_be_a_second_try() {
        let budget = Budget::new(1, NonZeroU32::new(60_000).unwrap());
        let retries = (0..100).filter(|_| budget.pays_for_a_retry()).count();
        assert_eq!(retries, 10, "what was saved up");
        for _ in 0..10 {
            drop(budget.turn().await);
        }
        assert_eq!((0..100).filter(|_| budget.pays_for_a_retry()).count(), 2);
    }
}
