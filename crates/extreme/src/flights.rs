//! Identical reads that are asked at the same time are one call, whose answer all of them get.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use futures_util::FutureExt as _;
use futures_util::future::{Shared, WeakShared};

type Call<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The calls that are under way, by what they ask. Nobody who waits for one keeps it from ending once all have gone.
pub struct Flights<T: Clone>(Mutex<HashMap<String, WeakShared<Call<T>>>>);

impl<T: Clone> Default for Flights<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Flights<T> {
    /// The answer of the call that is under way for this, or of one that begins now.
    pub async fn join(&self, asked: String, call: impl FnOnce() -> Call<T>) -> T {
        let flight = self.flight(asked, call);
        flight.await
    }

    fn flight(&self, asked: String, call: impl FnOnce() -> Call<T>) -> Shared<Call<T>> {
        let mut under_way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // An answer that is there already is from before this was asked.
        let known = under_way.get(&asked).and_then(WeakShared::upgrade).filter(|flight| flight.peek().is_none());
        known.unwrap_or_else(|| {
            under_way.retain(|_, flight| flight.upgrade().is_some());
            let flight = call().shared();
            under_way.extend(flight.downgrade().map(|weak| (asked, weak)));
            flight
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use futures_util::future::join_all;
    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn who_asks_the_same_meanwhile_gets_the_same_answer_and_who_asks_later_a_new_one() {
        let (flights, calls, landed) = (Flights::default(), Arc::new(AtomicU32::new(0)), Arc::new(Notify::new()));
        let ask = |what: &str| {
            let (calls, landed) = (Arc::clone(&calls), Arc::clone(&landed));
            flights.join(what.to_owned(), move || {
                Box::pin(async move {
                    let call = calls.fetch_add(1, Ordering::SeqCst) + 1;
                    landed.notified().await;
                    call
                })
            })
        };
        let asked = join_all([ask("a"), ask("a"), ask("b"), ask("a")]);
        let lands = async {
            // Everybody has asked by then: this future is polled after all of them.
            landed.notify_waiters();
        };
        let (answers, ()) = futures_util::future::join(asked, lands).await;
        assert_eq!(answers, [1, 1, 2, 1]);
        landed.notify_one();
        assert_eq!(ask("a").await, 3);
    }

    #[tokio::test]
    async fn a_call_that_nobody_waits_for_any_more_ends() {
        let flights: Flights<()> = Flights::default();
        let alive = Arc::new(());
        let held = Arc::clone(&alive);
        let mut waiting = Box::pin(flights.join("a".to_owned(), move || {
            Box::pin(async move {
                let _held = held;
                std::future::pending::<()>().await;
            })
        }));
        assert!(futures_util::poll!(&mut waiting).is_pending());
        assert_eq!(Arc::strong_count(&alive), 2);
        drop(waiting);
        assert_eq!(Arc::strong_count(&alive), 1);
    }
}
