//! Something that tasks wait for and another one tells.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

#[derive(Clone, Default)]
pub struct Bell(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    rung: bool,
    wakers: Vec<Waker>,
}

impl Bell {
    /// Tells it. If nobody is waiting, the next one who does is told at once.
    pub fn ring(&self) {
        let mut state = self.0.borrow_mut();
        state.rung = true;
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Waits until it has rung since the last time; for one task alone.
    pub async fn heard(&self) {
        poll_fn(|context| {
            let mut state = self.0.borrow_mut();
            if std::mem::take(&mut state.rung) {
                return Poll::Ready(());
            }
            state.wait(context.waker());
            Poll::Pending
        })
        .await;
    }

    /// Waits until something is so, of whose change it rings; for any number of tasks.
    pub async fn until(&self, is_so: impl Fn() -> bool) {
        poll_fn(|context| {
            if is_so() {
                return Poll::Ready(());
            }
            self.0.borrow_mut().wait(context.waker());
            Poll::Pending
        })
        .await;
    }
}

impl State {
    fn wait(&mut self, waker: &Waker) {
        if !self.wakers.iter().any(|known| known.will_wake(waker)) {
            self.wakers.push(waker.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use futures_util::FutureExt;
    use futures_util::stream::{FuturesUnordered, StreamExt};

    use super::*;

    #[test]
    fn everybody_who_waits_is_told() {
        let (bell, stands) = (Bell::default(), Cell::new(false));
        let mut waiting: FuturesUnordered<_> = (0..4).map(|_| bell.until(|| stands.get())).collect();
        assert!(waiting.next().now_or_never().is_none());
        stands.set(true);
        bell.ring();
        assert_eq!(waiting.count().now_or_never(), Some(4));
    }

    #[test]
    fn a_ring_that_nobody_heard_is_heard_once() {
        let bell = Bell::default();
        bell.ring();
        assert!(bell.heard().now_or_never().is_some());
        assert!(bell.heard().now_or_never().is_none());
    }
}
