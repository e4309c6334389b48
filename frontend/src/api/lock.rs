//! A lock that all tabs of this browser share (the Web Locks API). Where there is none, nobody waits.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::{Either, select};
use futures_util::pin_mut;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::bell::Bell;

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
    let granted = Bell::default();
    let on_grant = {
        let granted = granted.clone();
        Closure::once_into_js(move |_: JsValue| {
            granted.ring();
            done
        })
    };
    request.call2(&locks, &name.into(), &on_grant).ok()?;
    let waiting = granted.heard();
    let patience = TimeoutFuture::new(patience);
    pin_mut!(waiting);
    match select(waiting, patience).await {
        Either::Left(_) => Some(held),
        // Whenever it is granted now, it is given back at once.
        Either::Right(_) => None,
    }
}
