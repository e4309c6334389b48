//! An effect of one kind for all: each kind of its own would be compiled once more.

use leptos::prelude::Effect;

/// Does something now and whenever a signal that it reads changes, for as long as the page is there.
pub fn effect(act: impl FnMut() + 'static) {
    let act: Box<dyn FnMut()> = Box::new(act);
    Effect::new(act);
}

/// The same, but not now.
pub fn on_change(watch: impl Fn() + 'static, act: impl Fn() + 'static) {
    let mut first = true;
    effect(move || {
        watch();
        if !std::mem::take(&mut first) {
            leptos::prelude::untrack(&act);
        }
    });
}
