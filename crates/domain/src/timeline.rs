//! What happened to a lead, in order.

use serde::{Deserialize, Serialize};

use crate::form::Visit;
use crate::lead::LeadStatus;
use crate::lead_source::SourceCode;
use crate::viewer::Principal;
use crate::{InquiryId, LeadId, StaffId, TimelineEntryId, Timestamp};

/// One field before and after an edit, as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldChange {
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl FieldChange {
    /// A field that was empty before.
    #[must_use]
    pub fn to(field: &str, value: impl Into<String>) -> Self {
        Self { field: field.to_owned(), before: None, after: Some(value.into()) }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TimelineEvent {
    /// Somebody asked; the words are kept as received.
    Inquiry {
        inquiry_id: InquiryId,
        source_code: SourceCode,
        body: Option<String>,
        /// The form that it came through.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        via: Option<Via>,
    },
    Assigned {
        from: Option<StaffId>,
        to: Option<StaffId>,
    },
    StatusChanged {
        from: LeadStatus,
        to: LeadStatus,
        reason: Option<String>,
    },
    Edited {
        changes: Vec<FieldChange>,
    },
    /// Somebody wrote something down, perhaps for colleagues to see.
    Noted {
        body: String,
        mentions: Vec<StaffId>,
    },
}

/// The form that an inquiry came through, and how the visitor came to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Via {
    /// What the dealer calls the form.
    pub form: String,
    pub visit: Visit,
}

/// One line of a lead's timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    pub id: TimelineEntryId,
    pub lead_id: LeadId,
    pub at: Timestamp,
    /// Nobody of ours for what the public did.
    pub by: Option<Principal>,
    pub event: TimelineEvent,
}

/// 問い合わせ: one raw contact, kept as received; several can belong to one lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inquiry {
    pub id: InquiryId,
    pub lead_id: LeadId,
    pub source: SourceCode,
    pub body: Option<String>,
    pub received_at: Timestamp,
}
