//! Whether somebody is at the screen. What it asks by itself meanwhile says so, and does not keep the session alive.

use std::cell::Cell;

use leptos::ev;
use leptos::prelude::*;

use crate::ui::clock;

/// Who has touched nothing for so long is not asking.
const AWAY_MS: i64 = 60_000;

thread_local! {
    static TOUCHED: Cell<i64> = const { Cell::new(0) };
}

/// Notes every touch and every key from now on.
pub fn watch() {
    touched();
    let _ = window_event_listener(ev::pointerdown, |_| touched());
    let _ = window_event_listener(ev::keydown, |_| touched());
}

pub fn is_away() -> bool {
    clock::by_device().timestamp_millis() - TOUCHED.get() > AWAY_MS
}

fn touched() {
    TOUCHED.set(clock::by_device().timestamp_millis());
}
