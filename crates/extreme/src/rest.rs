//! What EXTREME asked to wait is waited by everybody: until then nothing is asked of it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::{Cause, Error};

/// Until when nothing is asked, and why.
#[derive(Debug, Default)]
pub struct Rest(Mutex<Option<(Duration, Cause)>>);

impl Rest {
    /// # Errors
    /// What was answered then, with what is left of the wait.
    pub fn check(&self, now: Duration) -> Result<(), Error> {
        let asked = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match asked {
            Some((until, cause)) if now < until => Err(Error::Transient { cause, after: Some(until - now) }),
            _ => Ok(()),
        }
    }

    /// Notes what an answer asked for.
    pub fn note(&self, now: Duration, error: &Error) {
        if let Error::Transient { cause, after: Some(after) } = error {
            let mut rest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let until = now + *after;
            if rest.is_none_or(|(known, _)| known < until) {
                *rest = Some((until, *cause));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_asked_before_the_wait_is_over() {
        let (rest, seconds) = (Rest::default(), Duration::from_secs);
        let busy = |after| Error::Transient { cause: Cause::TooManyRequests, after: Some(seconds(after)) };
        rest.note(seconds(100), &busy(30));
        assert_eq!(rest.check(seconds(110)), Err(busy(20)));
        assert_eq!(rest.check(seconds(130)), Ok(()));
        rest.note(seconds(101), &busy(2));
        assert_eq!(rest.check(seconds(110)), Err(busy(20)), "a shorter wait ends no longer one");
        rest.note(seconds(130), &Error::transient(Cause::Timeout));
        assert_eq!(rest.check(seconds(131)), Ok(()));
    }
}
