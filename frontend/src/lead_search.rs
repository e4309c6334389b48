//! Searching leads while somebody types: for the search of the app, and wherever one of them is to be chosen.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::leads::{LeadFilter, LeadRow};

use crate::api::Api;

/// How long a person may pause between two letters before the search begins, in milliseconds.
const PAUSE: u32 = 150;
const MOST: u64 = 8;

/// What is typed, and what was found last. `Copy`.
#[derive(Clone, Copy)]
pub struct LeadSearch {
    pub typed: RwSignal<String>,
    found: RwSignal<Option<Found>>,
    strokes: StoredValue<u32>,
}

/// The last answer: what was asked, and the rows, or nothing where it failed.
type Found = (String, Option<Vec<LeadRow>>);

/// Why there is nothing to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    Nobody,
    Failed,
}

impl LeadSearch {
    pub fn new() -> Self {
        Self { typed: RwSignal::default(), found: RwSignal::new(None), strokes: StoredValue::new(0) }
    }

    /// What is searched for; followed by whoever reads it.
    pub fn words(self) -> String {
        self.typed.with(|typed| typed.trim().to_owned())
    }

    /// Takes what was typed, and searches once the person pauses.
    pub fn search(self, api: Api, typed: String) {
        self.typed.set(typed);
        self.strokes.update_value(|strokes| *strokes += 1);
        let (stroke, words) = (self.strokes.get_value(), untrack(|| self.words()));
        if words.is_empty() {
            return;
        }
        spawn_local(async move {
            TimeoutFuture::new(PAUSE).await;
            if self.strokes.try_get_value() != Some(stroke) {
                return;
            }
            let filter = LeadFilter { q: Some(words.clone()), limit: Some(MOST), ..LeadFilter::default() };
            let rows = api.list_leads(filter).await.ok().map(|page| page.items);
            if self.strokes.try_get_value() == Some(stroke) {
                self.found.set(Some((words, rows)));
            }
        });
    }

    /// Does something with the rows of the last answer, which stays until the next one is there.
    pub fn with_rows<T>(self, read: impl FnOnce(&[LeadRow]) -> T) -> T {
        self.found.with(|found| {
            let rows = found.as_ref().and_then(|(_, rows)| rows.as_deref());
            read(rows.unwrap_or_default())
        })
    }

    /// Whether the answer to these very words has no rows, and why.
    pub fn lack(self) -> Option<Lack> {
        let words = self.words();
        self.found.with(|found| match found {
            Some((asked, Some(rows))) if *asked == words && rows.is_empty() => Some(Lack::Nobody),
            Some((asked, None)) if *asked == words => Some(Lack::Failed),
            _ => None,
        })
    }
}
