//! What the browser keeps for this device, and the root of its document. Everything here may be missing (private
//! windows, tests on the host), and then nothing is kept.

use chrono::TimeDelta;
use leptos::prelude::{document, window};
use noren_domain::Timestamp;

use crate::ui::clock;

/// How the keys of what a person left half done begin; signing out forgets them, and so does a day.
pub const DRAFTS: &str = "noren.draft.";
/// How the keys begin of what a person looked at lately; it is kept and forgotten like their drafts.
pub const RECENT: &str = "noren.draft.viewed.";
/// The same of cars.
pub const RECENT_CARS: &str = "noren.draft.viewed-cars.";
/// How the keys begin of what waits to be sent, which is no draft: it was saved, and no day ends it.
pub const QUEUES: &str = "noren.queue.";
/// How long a draft is kept: it holds what a customer told, and the tablet lies in the shop.
const DRAFT_AGE: TimeDelta = TimeDelta::hours(24);

fn storage() -> Option<web_sys::Storage> {
    if cfg!(target_arch = "wasm32") { window().local_storage().ok().flatten() } else { None }
}

/// The text kept under a key.
pub fn kept(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a text; a full or forbidden storage is no reason to stop working.
pub fn keep(key: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, text);
    }
}

/// Forgets what is kept under a key.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// Forgets everything kept under keys that begin so.
pub fn forget_all(prefix: &str) {
    keys(prefix).iter().for_each(|key| forget(key));
}

fn keys(prefix: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    keys.filter(|key| key.starts_with(prefix)).collect()
}

/// The draft kept under a key; one that is too old is gone.
pub fn kept_draft(key: &str) -> Option<String> {
    forget_old_drafts();
    fresh(&kept(key)?, clock::by_device()).map(str::to_owned)
}

/// The texts kept under keys that begin so, with their keys, in the order of these.
pub fn kept_under(prefix: &str) -> Vec<(String, String)> {
    let mut kept: Vec<_> = keys(prefix).into_iter().filter_map(|key| kept(&key).map(|text| (key, text))).collect();
    kept.sort_unstable();
    kept
}

/// The drafts kept under keys that begin so, with their keys; those that are too old are gone.
pub fn kept_drafts(prefix: &str) -> Vec<(String, String)> {
    keys(prefix).into_iter().filter_map(|key| kept_draft(&key).map(|draft| (key, draft))).collect()
}

/// Keeps a draft with the time.
pub fn keep_draft(key: &str, draft: &str) {
    keep(key, &dated(draft, clock::by_device()));
}

/// Forgets the drafts that are too old, whoever left them here.
pub fn forget_old_drafts() {
    let now = clock::by_device();
    for key in keys(DRAFTS) {
        if kept(&key).is_some_and(|text| fresh(&text, now).is_none()) {
            forget(&key);
        }
    }
}

/// What is kept under a key with its time, unless that is longer ago.
pub fn kept_within(key: &str, age: TimeDelta) -> Option<String> {
    within(&kept(key)?, clock::by_device(), age).map(str::to_owned)
}

fn dated(draft: &str, now: Timestamp) -> String {
    format!("{} {draft}", now.timestamp_millis())
}

/// A draft without its time, unless that is too long ago, or as far ahead, as after a clock was set right, or not there.
fn fresh(dated: &str, now: Timestamp) -> Option<&str> {
    within(dated, now, DRAFT_AGE)
}

fn within(dated: &str, now: Timestamp, longest: TimeDelta) -> Option<&str> {
    let (at, draft) = dated.split_once(' ')?;
    let age = now.timestamp_millis().checked_sub(at.parse().ok()?)?;
    (age.unsigned_abs() < longest.num_milliseconds().unsigned_abs()).then_some(draft)
}

/// Sets or removes an attribute of `<html>`.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_gone_after_a_day() {
        let saved: Timestamp = "2026-11-22T01:00:00Z".parse().unwrap();
        let text = dated("{\"version\": 1}", saved);
        for hours in [0, 1, 23, -1] {
            assert_eq!(fresh(&text, saved + TimeDelta::hours(hours)), Some("{\"version\": 1}"), "{hours}");
        }
        for hours in [24, 25, 24 * 365, -24] {
            assert_eq!(fresh(&text, saved + TimeDelta::hours(hours)), None, "{hours}");
        }
    }

    #[test]
    fn a_draft_without_its_time_is_gone() {
        for text in ["", "{}", "{\"version\": 1}", "soon {}", "-9223372036854775808 {}"] {
            assert_eq!(fresh(text, Timestamp::UNIX_EPOCH), None, "{text}");
        }
    }
}
