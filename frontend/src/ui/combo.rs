//! The rows that stand under a field and are walked through by the arrows while the cursor stays in the field.

use leptos::prelude::*;
use web_sys::{KeyboardEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Which of the rows the keys would choose. `Copy`.
#[derive(Clone, Copy)]
pub struct Combo {
    /// Of the list; the rows' ids begin with it.
    pub id: &'static str,
    pub active: RwSignal<Option<usize>>,
}

impl Combo {
    pub fn new(id: &'static str) -> Self {
        Self { id, active: RwSignal::new(None) }
    }

    pub fn row_id(self, at: usize) -> String {
        format!("{}-{at}", self.id)
    }

    /// Has the person see the rows that have just appeared, as far as there is room.
    pub fn show(self) {
        // By then they have their place.
        request_animation_frame(move || bring_into_view(self.id));
    }

    /// For `aria-activedescendant`.
    pub fn active_id(self) -> Option<String> {
        self.active.get().map(|at| self.row_id(at))
    }

    /// For `aria-selected`.
    pub fn is_active(self, at: usize) -> &'static str {
        if self.active.get() == Some(at) { "true" } else { "false" }
    }

    /// Walks by an arrow, out at either end and in again at the other; says whether the key was one.
    pub fn walk(self, event: &KeyboardEvent, count: usize) -> bool {
        let at = self.active.get_untracked();
        let to = match event.key().as_str() {
            "ArrowDown" => Some(at.map_or(0, |at| at + 1)).filter(|at| *at < count),
            "ArrowUp" => at.unwrap_or(count).checked_sub(1),
            _ => return false,
        };
        self.active.set(to);
        if let Some(at) = to {
            bring_into_view(&self.row_id(at));
        }
        true
    }
}

fn bring_into_view(id: &str) {
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    if let Some(element) = document().get_element_by_id(id) {
        element.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

/// Keys that choose among the readings of a word are not for the rows; 229 is how Safari says so of the last one.
pub fn is_composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}
