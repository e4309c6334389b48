//! A person is asked to prove again who they are, while a request waits for it.

use leptos::prelude::*;

use crate::bell::Bell;
use crate::ui::effect::effect;

/// What a sensitive request is refused with until then.
pub const NOT_FRESH: &str = "auth.not_fresh";
/// What everything is refused with until a second factor is set up.
pub const FACTOR_REQUIRED: &str = "second_factor.required";

/// The question. `Copy`, in the [`super::Api`].
#[derive(Clone, Copy)]
pub struct Proof {
    /// Whether the person is being asked. Closing it without a proof is an answer too.
    pub open: RwSignal<bool>,
    given: StoredValue<bool>,
    answered: StoredValue<Bell, LocalStorage>,
}

impl Proof {
    pub(super) fn new() -> Self {
        let (open, answered) = (RwSignal::new(false), Bell::default());
        let bell = answered.clone();
        effect(move || {
            open.track();
            bell.ring();
        });
        Self { open, given: StoredValue::new(false), answered: StoredValue::new_local(answered) }
    }

    /// Asks, unless somebody has asked already; whether the proof was given.
    pub(super) async fn asked(self) -> bool {
        if !self.open.get_untracked() {
            self.given.set_value(false);
            self.open.set(true);
        }
        let answered = self.answered.with_value(Clone::clone);
        answered.until(|| !self.open.get_untracked()).await;
        self.given.get_value()
    }

    pub(super) fn give(self) {
        self.given.set_value(true);
        self.open.set(false);
    }
}
