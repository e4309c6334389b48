//! Who worked here last, for an app that begins without a network: enough to go on writing leads, and nothing that a
//! customer has told. It is forgotten when somebody signs out here, and when no session could be alive any more.

use chrono::TimeDelta;
use noren_api::auth::Me;
use noren_api::customer_view::Turned;
use noren_api::lead_sources::LeadSource;
use noren_api::tags::Tag;
use serde::{Deserialize, Serialize};

use crate::device;
use crate::json;

const KEPT_AS: &str = "noren.known";
/// No session lives longer.
const AGE: TimeDelta = TimeDelta::hours(12);

#[derive(Serialize, Deserialize)]
pub struct Known {
    pub me: Me,
    pub sources: Vec<LeadSource>,
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// Notes who works here, as the server has just said.
pub fn remember(known: &Known) {
    if let Ok(text) = serde_json::to_string(known) {
        device::keep_draft(KEPT_AS, &text);
    }
}

/// Notes how the screen is turned, so that an app that begins without a network shows no more than it did.
pub fn turn(view: Option<Turned>) {
    if let Some(mut known) = lately() {
        known.me.customer_view = view;
        remember(&known);
    }
}

/// Who worked here, if that is not too long ago.
pub fn lately() -> Option<Known> {
    json::read(&device::kept_within(KEPT_AS, AGE)?).ok()
}

pub fn forget() {
    device::forget(KEPT_AS);
}
