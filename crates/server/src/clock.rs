//! The system clock, behind a trait because tests turn it.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use noren_domain::Timestamp;
use noren_domain::clock::to_micros;

/// Where the time comes from. It is read once per use case and then passed as a value.
pub trait Clock: Send + Sync {
    /// Now, to the microsecond.
    fn now(&self) -> Timestamp;

    /// Time that has passed since some instant in the past. It never runs back, as the time of day may.
    fn elapsed(&self) -> Duration;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the system clock is read")]
    fn now(&self) -> Timestamp {
        to_micros(chrono::Utc::now())
    }

    fn elapsed(&self) -> Duration {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        START.elapsed()
    }
}
