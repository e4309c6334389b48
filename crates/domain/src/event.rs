//! What open screens are told: that something changed, never what it holds.

use serde::{Deserialize, Serialize};

use crate::{LeadId, StaffId, StoreId, Timestamp};

/// What happened, as far as a screen needs to know to look again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EventKind {
    /// A lead is there that was not.
    #[serde(rename = "lead.created")]
    LeadCreated,
    /// The lead or its timeline is not what it was.
    #[serde(rename = "lead.changed")]
    LeadChanged,
}

impl EventKind {
    pub const ALL: [Self; 2] = [Self::LeadCreated, Self::LeadChanged];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeadCreated => "lead.created",
            Self::LeadChanged => "lead.changed",
        }
    }
}

/// A change of a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub kind: EventKind,
    pub store_id: StoreId,
    pub lead_id: LeadId,
    /// The lead's version after the change.
    pub version: i64,
    /// The person who did it; nobody for integrators and the public.
    pub staff_id: Option<StaffId>,
    /// The people who are to look at it.
    pub mentions: Vec<StaffId>,
}

impl Change {
    /// Makes one of two changes of a lead in one unit of work: it was made all the same, and nobody's call is lost.
    pub fn add(&mut self, later: Self) {
        let Self { kind, store_id, lead_id: _, version, staff_id: _, mentions } = later;
        if self.kind != EventKind::LeadCreated {
            self.kind = kind;
        }
        (self.store_id, self.version) = (store_id, version);
        let new: Vec<StaffId> = mentions.into_iter().filter(|person| !self.mentions.contains(person)).collect();
        self.mentions.extend(new);
    }
}

/// A change with its place in the order of all changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Counts up by one, in the order in which changes became visible.
    pub id: i64,
    pub at: Timestamp,
    pub change: Change,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn two_changes_of_one_lead_lose_neither_its_making_nor_a_call() {
        let person = |number| StaffId(Uuid::from_u128(number));
        let change = |kind, version, mentions| {
            let (store_id, lead_id) = (StoreId(Uuid::nil()), LeadId(Uuid::nil()));
            Change { kind, store_id, lead_id, version, staff_id: None, mentions }
        };
        let mut made = change(EventKind::LeadCreated, 1, vec![person(1)]);
        made.add(change(EventKind::LeadChanged, 2, vec![person(1), person(2)]));
        assert_eq!(made, change(EventKind::LeadCreated, 2, vec![person(1), person(2)]));
    }
}
