//! Drafts that survive a reload, sleep, a lost connection and a lost session. They stay on this device until they are
//! saved or thrown away, until somebody signs out here, or for a day after the last change; only their author sees them.

use noren_api::leads::LeadProfile;
use noren_domain::{LeadId, StaffId};
use serde::{Deserialize, Serialize};

use super::draft::Draft;
use crate::device;

/// What an edit began from, and how far it has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptDraft {
    pub version: i64,
    pub base: LeadProfile,
    pub draft: Draft,
    /// The further fields of a new lead, by their names.
    #[serde(default)]
    pub beside: Vec<(String, String)>,
}

/// Whose draft of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftKey(String);

impl DraftKey {
    pub fn new(staff: StaffId, lead: Option<LeadId>) -> Self {
        let lead = lead.map_or_else(|| "new".to_owned(), |id| id.to_string());
        Self(format!("{}{staff}.{lead}", device::DRAFTS))
    }

    /// What was kept; something unreadable is as good as nothing.
    pub fn read(&self) -> Option<KeptDraft> {
        serde_json::from_str(&device::kept_draft(&self.0)?).ok()
    }

    pub fn keep(&self, kept: &KeptDraft) {
        if let Ok(text) = serde_json::to_string(kept) {
            device::keep_draft(&self.0, &text);
        }
    }

    pub fn forget(&self) {
        device::forget(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn two_people_at_one_tablet_have_two_drafts_of_one_lead() {
        let (one, other) = (StaffId(Uuid::from_u128(1)), StaffId(Uuid::from_u128(2)));
        for lead in [None, Some(LeadId(Uuid::from_u128(3)))] {
            let key = DraftKey::new(one, lead);
            assert_eq!(key, DraftKey::new(one, lead));
            assert_ne!(key, DraftKey::new(other, lead));
            assert!(key.0.starts_with(device::DRAFTS), "signing out finds it");
        }
    }
}
