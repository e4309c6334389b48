//! What open screens are told: that something changed, never what it holds.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{FormId, FormSubmissionId, HoldId, LeadId, StaffId, StoreId, Timestamp};

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
    /// A form is there, or is not what it was.
    #[serde(rename = "form.changed")]
    FormChanged,
    /// What was sent through a form waits for a person.
    #[serde(rename = "form_submission.held")]
    FormSubmissionHeld,
    /// It waits no longer.
    #[serde(rename = "form_submission.settled")]
    FormSubmissionSettled,
    /// A claim on a car is not what it was; told to everybody, whatever their store.
    #[serde(rename = "hold.changed")]
    HoldChanged,
}

impl EventKind {
    pub const ALL: [Self; 6] = [
        Self::LeadCreated,
        Self::LeadChanged,
        Self::FormChanged,
        Self::FormSubmissionHeld,
        Self::FormSubmissionSettled,
        Self::HoldChanged,
    ];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeadCreated => "lead.created",
            Self::LeadChanged => "lead.changed",
            Self::FormChanged => "form.changed",
            Self::FormSubmissionHeld => "form_submission.held",
            Self::FormSubmissionSettled => "form_submission.settled",
            Self::HoldChanged => "hold.changed",
        }
    }

    /// What such a change is of.
    #[must_use]
    pub fn of(self, id: Uuid) -> Subject {
        match self {
            Self::LeadCreated | Self::LeadChanged => Subject::Lead(LeadId(id)),
            Self::FormChanged => Subject::Form(FormId(id)),
            Self::FormSubmissionHeld | Self::FormSubmissionSettled => Subject::FormSubmission(FormSubmissionId(id)),
            Self::HoldChanged => Subject::Hold(HoldId(id)),
        }
    }
}

/// What a change is of; on the wire one member, named by what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Subject {
    #[serde(rename = "lead_id")]
    Lead(LeadId),
    #[serde(rename = "form_id")]
    Form(FormId),
    #[serde(rename = "form_submission_id")]
    FormSubmission(FormSubmissionId),
    #[serde(rename = "hold_id")]
    Hold(HoldId),
}

impl Subject {
    #[must_use]
    pub fn id(self) -> Uuid {
        match self {
            Self::Lead(LeadId(id))
            | Self::Form(FormId(id))
            | Self::FormSubmission(FormSubmissionId(id))
            | Self::Hold(HoldId(id)) => id,
        }
    }
}

/// A change, as the screens of one store hear of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub kind: EventKind,
    pub store_id: StoreId,
    pub subject: Subject,
    /// The subject's version after the change.
    pub version: i64,
    /// The person who did it; nobody for integrators and the public.
    pub staff_id: Option<StaffId>,
    /// The people who are to look at it.
    pub mentions: Vec<StaffId>,
}

impl Change {
    /// Whether both are told as one: they concern the same thing, and the same screens.
    #[must_use]
    pub fn goes_with(&self, other: &Self) -> bool {
        (self.subject, self.store_id) == (other.subject, other.store_id)
    }

    /// Makes one of two changes in one unit of work: a lead was made all the same, and nobody's call is lost.
    pub fn add(&mut self, later: Self) {
        let Self { kind, store_id: _, subject: _, version, staff_id: _, mentions } = later;
        if self.kind != EventKind::LeadCreated {
            self.kind = kind;
        }
        self.version = version;
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
    use super::*;

    #[test]
    fn two_changes_of_one_lead_lose_neither_its_making_nor_a_call() {
        let person = |number| StaffId(Uuid::from_u128(number));
        let change = |kind: EventKind, version, mentions| {
            let (store_id, subject) = (StoreId(Uuid::nil()), kind.of(Uuid::nil()));
            Change { kind, store_id, subject, version, staff_id: None, mentions }
        };
        let mut made = change(EventKind::LeadCreated, 1, vec![person(1)]);
        made.add(change(EventKind::LeadChanged, 2, vec![person(1), person(2)]));
        assert_eq!(made, change(EventKind::LeadCreated, 2, vec![person(1), person(2)]));
    }

    #[test]
    fn a_kind_is_called_the_same_everywhere() {
        for kind in EventKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
            assert_eq!(kind.of(Uuid::from_u128(7)).id(), Uuid::from_u128(7));
        }
    }
}
