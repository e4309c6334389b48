//! A lock that all tabs of this browser share (the Web Locks API). Where there is none, nobody waits.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use futures_util::future::{Either, select};
use futures_util::pin_mut;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};

/// A lock in hand. It is given back when this is dropped.
pub struct Held {
    release: Rc<RefCell<Option<Function>>>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = self.release.borrow_mut().take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Waits until no other tab holds the lock of this name, but no longer than `patience` milliseconds: a tab that sleeps
/// with the lock in hand must not keep the others out.
pub async fn hold(name: &str, patience: u32) -> Option<Held> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok().filter(JsValue::is_object)?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let release = Rc::new(RefCell::new(None));
    // The browser holds the lock until this promise is kept.
    let done = Promise::new(&mut |resolve, _| {
        release.borrow_mut().replace(resolve);
    });
    let held = Held { release };
    let granted = Rc::new(RefCell::new(Granted::default()));
    let on_grant = {
        let granted = Rc::clone(&granted);
        Closure::once_into_js(move |_: JsValue| {
            granted.borrow_mut().tell();
            done
        })
    };
    request.call2(&locks, &name.into(), &on_grant).ok()?;
    let waiting = poll_fn(|context| granted.borrow_mut().poll(context.waker()));
    let patience = TimeoutFuture::new(patience);
    pin_mut!(waiting);
    match select(waiting, patience).await {
        Either::Left(_) => Some(held),
        // Whenever it is granted now, it is given back at once.
        Either::Right(_) => None,
    }
}

/// Whether the lock is ours, and who wants to know.
#[derive(Default)]
struct Granted {
    yes: bool,
    waker: Option<Waker>,
}

impl Granted {
    fn tell(&mut self) {
        self.yes = true;
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    fn poll(&mut self, waker: &Waker) -> Poll<()> {
        if self.yes {
            return Poll::Ready(());
        }
        self.waker = Some(waker.clone());
        Poll::Pending
    }
}
