//! How many requests are let in: so many a minute, so many at once. It counts by the machine's time, because callers do.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::locked;

const MINUTE: Duration = Duration::from_secs(60);

/// Counts requests.
#[derive(Default)]
pub struct Limiter {
    window: Mutex<Option<(Instant, u32)>>,
    inside: AtomicU32,
}

/// A place among the requests that are worked on; dropped it is free again.
pub struct Turn<'a>(&'a AtomicU32);

impl Limiter {
    /// Lets one in, or says after how many seconds to come again.
    pub fn enter(&self, per_minute: u32, concurrent: u32) -> Result<Turn<'_>, u64> {
        self.count(per_minute)?;
        let turn = Turn(&self.inside);
        if self.inside.fetch_add(1, Ordering::SeqCst) >= concurrent { Err(1) } else { Ok(turn) }
    }

    fn count(&self, per_minute: u32) -> Result<(), u64> {
        let mut window = locked(&self.window);
        let now = Instant::now();
        let (since, count) = window.filter(|(since, _)| now - *since < MINUTE).unwrap_or((now, 0));
        if count >= per_minute {
            return Err((MINUTE - (now - since)).as_secs().max(1));
        }
        *window = Some((since, count + 1));
        Ok(())
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_a_minute_and_so_many_at_once() {
        let limiter = Limiter::default();
        let turn = limiter.enter(10, 1).ok();
        assert_eq!(limiter.enter(10, 1).err(), Some(1));
        drop(turn);
        assert!(limiter.enter(10, 1).is_ok());
        let wait = limiter.enter(3, 1).err().unwrap();
        assert!((50..=60).contains(&wait), "{wait}");
    }
}
