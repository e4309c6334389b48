//! What happened to a lead, in order.

use serde::{Deserialize, Serialize};

use crate::code::{CustomerCode, StockNumber};
use crate::form::Visit;
use crate::hold::{HoldLoss, HoldState};
use crate::lead::{ErasureReason, LeadStatus};
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
    /// Somebody found out whom of EXTREME's customers they are, or that they are not.
    CustomerLinked {
        from: Option<CustomerCode>,
        to: Option<CustomerCode>,
    },
    /// Somebody wrote something down, perhaps for colleagues to see.
    Noted {
        body: String,
        mentions: Vec<StaffId>,
    },
    /// A car of the stock was linked, as one that the lead wants.
    VehicleLinked {
        stock_number: StockNumber,
        /// What it was called then.
        name: String,
    },
    /// It was taken away again.
    VehicleUnlinked {
        stock_number: StockNumber,
        /// Empty where it had gone from the stock.
        name: String,
    },
    /// A car was claimed for the lead (仮押さえ), or the claim stands otherwise.
    HoldChanged {
        stock_number: StockNumber,
        /// What it was called then.
        name: String,
        #[cfg_attr(feature = "openapi", schema(inline))]
        state: HoldState,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        loss: Option<HoldLoss>,
    },
    /// What was known of the person was erased.
    Erased {
        reason: ErasureReason,
        /// How who asked was identified.
        note: Option<String>,
    },
}

impl TimelineEvent {
    /// What is left of it when the person is erased: what was done, and no word that was said by them or about them.
    #[must_use]
    pub fn without_person(self) -> Self {
        match self {
            Self::Inquiry { inquiry_id, source_code, body: _, via } => {
                let via = via.map(|via| Via { visit: Visit::default(), ..via });
                Self::Inquiry { inquiry_id, source_code, body: None, via }
            }
            Self::StatusChanged { from, to, reason: _ } => Self::StatusChanged { from, to, reason: None },
            Self::Edited { changes } => {
                let emptied = |change| FieldChange { before: None, after: None, ..change };
                Self::Edited { changes: changes.into_iter().map(emptied).collect() }
            }
            Self::CustomerLinked { from: _, to: _ } => Self::CustomerLinked { from: None, to: None },
            Self::Noted { body: _, mentions: _ } => Self::Noted { body: String::new(), mentions: Vec::new() },
            // A car of the stock says nothing of who looked at it.
            kept @ (Self::Assigned { .. }
            | Self::VehicleLinked { .. }
            | Self::VehicleUnlinked { .. }
            | Self::HoldChanged { .. }
            | Self::Erased { .. }) => kept,
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_erased_entry_says_what_was_done_and_not_what_was_said() {
        let (person, inquiry_id) = (StaffId(Uuid::from_u128(1)), InquiryId(Uuid::from_u128(2)));
        let visit = Visit { landing_page: Some("秘密".into()), ..Visit::default() };
        let via = Some(Via { form: "自社HP".into(), visit });
        let source_code = SourceCode("own_site".into());
        let (from, to) = (LeadStatus::New, LeadStatus::Disqualified);
        let changes = vec![FieldChange { field: "note".into(), before: Some("秘密".into()), after: None }];
        let assigned = TimelineEvent::Assigned { from: None, to: Some(person) };
        let events = [
            TimelineEvent::Inquiry { inquiry_id, source_code, body: Some("秘密".into()), via },
            TimelineEvent::StatusChanged { from, to, reason: Some("秘密".into()) },
            TimelineEvent::Edited { changes },
            TimelineEvent::Noted { body: "秘密".into(), mentions: vec![person] },
            TimelineEvent::CustomerLinked { from: None, to: Some("C-SECRET".parse().unwrap()) },
            assigned.clone(),
        ];
        let left = events.map(TimelineEvent::without_person);
        let text = serde_json::to_string(&left).unwrap();
        assert!(!text.contains("秘密") && !text.contains("SECRET"), "{text}");
        assert!(text.contains("自社HP") && text.contains("\"field\":\"note\""), "{text}");
        assert_eq!(left[5], assigned);
    }
}
