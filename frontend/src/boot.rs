//! What `boot.js` knows and does beside the app: newer versions and the installation on this device.

use leptos::prelude::*;

/// A newer version waits.
pub const NEWER: &str = "data-newer";
/// The browser offers to install the app.
pub const INSTALLABLE: &str = "data-installable";

/// Keeps the app for times without a network.
pub const KEEP: &str = "noren-keep";
/// Begins anew in the newer version.
pub const RENEW: &str = "noren-renew";
/// Takes the browser's offer.
pub const INSTALL: &str = "noren-install";

/// Whether something is so, now and later.
pub fn told(what: &'static str) -> Signal<bool> {
    let read = move || document().document_element().is_some_and(|root| root.has_attribute(what));
    let told = RwSignal::new(read());
    let listener = window_event_listener_untyped("noren-told", move |_| told.set(read()));
    on_cleanup(move || listener.remove());
    told.into()
}

/// Asks for something to be done.
pub fn ask(what: &str) {
    if let Ok(event) = web_sys::Event::new(what) {
        let _ = window().dispatch_event(&event);
    }
}

/// Whether the app runs as one that is installed.
pub fn is_installed() -> bool {
    window().match_media("(display-mode: standalone)").ok().flatten().is_some_and(|media| media.matches())
}
