//! What the browser keeps for this device, and the root of its document. Everything here may be missing (private
//! windows, tests on the host), and then nothing is kept.

use leptos::prelude::{document, window};

/// How the keys of what a person left half done begin; signing out forgets them.
pub const DRAFTS: &str = "noren.draft.";

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
    let Some(storage) = storage() else { return };
    let keys: Vec<String> =
        (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for key in keys.iter().filter(|key| key.starts_with(prefix)) {
        let _ = storage.remove_item(key);
    }
}

/// Sets or removes an attribute of `<html>`.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}
