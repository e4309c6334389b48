//! 見込み客 on the wire.

mod erasure;
mod profile;

use chrono::{DateTime, Utc};
pub use erasure::NewErasure;
use noren_domain::code::CustomerCode;
use noren_domain::lead::{LeadStatus, Temperature};
use noren_domain::lead_source::SourceCode;
use noren_domain::timeline::TimelineEvent;
use noren_domain::{InquiryId, LeadId, StaffId, StoreId, TagId, TimelineEntryId};
pub use profile::{Address, LONG, LeadProfile, SHORT, WantedCar};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// A new lead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewLead {
    pub store_id: StoreId,
    /// A colleague of the store, or nobody yet.
    #[serde(default)]
    pub assignee_id: Option<StaffId>,
    #[validate(nested)]
    pub profile: LeadProfile,
    /// The person's own words, kept as received.
    #[validate(length(max = "LONG"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    #[serde(default)]
    pub inquiry: Option<String>,
}

/// An edit of a lead: a JSON Merge Patch over this document, so only what changes needs to be sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LeadEdit {
    #[validate(nested)]
    pub profile: LeadProfile,
}

/// A phone number as typed and as digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhoneNumber {
    pub typed: String,
    pub digits: String,
    /// With hyphens where the kind of number fixes them.
    pub display: String,
}

/// A lead with everything that the viewer may see of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lead {
    pub id: LeadId,
    pub store_id: StoreId,
    pub assignee_id: Option<StaffId>,
    pub status: LeadStatus,
    pub profile: LeadProfile,
    /// The numbers of `profile.phones`, ready to show and to dial.
    pub phone_numbers: Vec<PhoneNumber>,
    /// Whom of EXTREME's customers a person found them to be.
    #[serde(default)]
    pub customer_code: Option<CustomerCode>,
    /// The start of the first-response clock.
    pub received_at: DateTime<Utc>,
    /// The stop of that clock; `null` while it runs.
    pub first_responded_at: Option<DateTime<Utc>>,
    /// When the first answer is due.
    pub response_due_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// When what it says of its person was erased; the profile has nothing but its source since.
    pub erased_at: Option<DateTime<Utc>>,
    pub version: i64,
    /// What the viewer may do with it.
    pub allowed: LeadActions,
}

/// What the viewer may do with a lead, so that no screen offers what the server would refuse.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeadActions {
    pub edit: bool,
    pub assign: bool,
    /// The statuses it may be moved to.
    pub move_to: Vec<LeadStatus>,
    /// Whether its person may be erased.
    pub erase: bool,
}

/// A lead as a row of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeadRow {
    pub id: LeadId,
    pub store_id: StoreId,
    pub assignee_id: Option<StaffId>,
    pub status: LeadStatus,
    pub source_code: SourceCode,
    pub name: Option<String>,
    pub kana: Option<String>,
    pub company: Option<String>,
    pub wanted_car: WantedCar,
    pub temperature: Option<Temperature>,
    /// Of `tags`, in the order of the master.
    pub tag_ids: Vec<TagId>,
    pub received_at: DateTime<Utc>,
    pub first_responded_at: Option<DateTime<Utc>>,
    pub response_due_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// When what it says of its person was erased.
    pub erased_at: Option<DateTime<Utc>>,
    pub version: i64,
}

/// In which order leads are listed; every order ends in the id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LeadSort {
    /// The newest inquiry first.
    #[default]
    Newest,
    /// The longest wait first.
    Oldest,
    /// The last changed first.
    Updated,
    /// By reading, あ to ん.
    Kana,
}

/// Whose leads are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AssigneeFilter {
    Me,
    Nobody,
}

/// Which leads to list. Parameters that are not named here are refused.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct LeadFilter {
    /// Parts of name, reading, company, phone, mail or car, separated by spaces; from one character on.
    #[validate(length(max = 100))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(max_length = 100))]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub status: Option<LeadStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store_id: Option<StoreId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee_id: Option<StaffId>,
    /// Instead of `assignee_id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub assignee: Option<AssigneeFilter>,
    #[validate(length(max = 40))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(max_length = 40))]
    pub source_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub temperature: Option<Temperature>,
    /// Only leads that have this tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag_id: Option<TagId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub sort: Option<LeadSort>,
    /// The cursor of the page before; it belongs to this filter and order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    #[validate(range(min = 1, max = "crate::page::MAX_LIMIT"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u64>,
}

/// How many leads the viewer sees, by the tabs of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeadCounts {
    pub new: u64,
    pub mine: u64,
    pub nurturing: u64,
    pub all: u64,
}

/// Whom a lead is handed to; `null` takes it from everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AssignTo {
    /// `null` for nobody. It must be said: a forgotten member shall not take the lead away from somebody.
    #[serde(deserialize_with = "said")]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub assignee_id: Option<StaffId>,
}

/// An optional value whose member must be there; serde takes a missing one for `null` otherwise.
fn said<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

/// A move to another status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewStatusChange {
    pub to: LeadStatus,
    #[validate(length(max = 400))]
    #[cfg_attr(feature = "openapi", schema(max_length = 400))]
    #[serde(default)]
    pub reason: Option<String>,
}

/// A note on a lead's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    #[validate(length(min = 1, max = "LONG"))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 4000))]
    pub body: String,
    /// Colleagues who are to look at it; each sees the lead.
    #[validate(length(max = 20))]
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
    #[serde(default)]
    pub mentions: Vec<StaffId>,
}

/// A note that mentions the caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mention {
    pub entry_id: TimelineEntryId,
    pub lead_id: LeadId,
    /// What the lead is called.
    pub name: Option<String>,
    pub company: Option<String>,
    /// Who wrote it; `null` for integrators.
    pub staff_id: Option<StaffId>,
    /// The beginning of what the note says; all of it is on the lead's timeline.
    pub excerpt: String,
    pub at: DateTime<Utc>,
    /// When the caller looked; `null` until then.
    pub seen_at: Option<DateTime<Utc>>,
}

/// How many notes wait for the caller to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MentionCounts {
    pub unseen: u64,
}

/// A further inquiry of a known lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewInquiry {
    /// A key of `lead-sources`.
    #[validate(length(min = 1, max = 40))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 40, example = "phone"))]
    pub source_code: String,
    /// The person's own words, kept as received.
    #[validate(length(max = "LONG"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    #[serde(default)]
    pub body: Option<String>,
}

/// An inquiry, kept as received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Inquiry {
    pub id: InquiryId,
    pub lead_id: LeadId,
    pub source_code: SourceCode,
    pub body: Option<String>,
    pub received_at: DateTime<Utc>,
}

/// One line of a lead's timeline, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineEntry {
    pub id: TimelineEntryId,
    pub at: DateTime<Utc>,
    /// The person who did it; `null` for integrators and the public.
    pub staff_id: Option<StaffId>,
    pub event: TimelineEvent,
}
