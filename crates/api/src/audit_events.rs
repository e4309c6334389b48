//! Who changed what, and whether the record of it still holds.

use chrono::{DateTime, NaiveDate, Utc};
use noren_domain::AuditVerificationId;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// One entry of an audit chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEvent {
    /// `store:{id}`, or `company` for what concerns all stores.
    pub chain: String,
    /// The place in the chain, from 1.
    pub sequence: i64,
    pub at: DateTime<Utc>,
    /// `staff:{id}`, `api_client:{id}`, `form:{id}` or `system`.
    pub actor: String,
    /// What the actor is called by now.
    pub actor_name: Option<String>,
    /// Such as `lead.edited`.
    pub action: String,
    /// Such as `lead:{id}`.
    pub subject: String,
    /// What the subject is called by now, if the caller may see it.
    pub subject_name: Option<String>,
    pub request_id: Option<String>,
    pub changes: Vec<AuditChange>,
    /// HMAC-SHA256 over the previous hash and this entry, in hexadecimal.
    pub hash: String,
}

/// One field of an entry. What an erasure emptied says so; the chain still verifies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditChange {
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub erased: bool,
}

/// Which entries to list, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct AuditFilter {
    /// Of one chain: `store:{id}` or `company`.
    #[cfg_attr(feature = "openapi", param(pattern = "^(company|store:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"))]
    #[validate(length(max = 80))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<String>,
    /// By one actor, such as `staff:{id}`.
    #[validate(length(max = 80))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// About one subject, such as `lead:{id}`.
    #[validate(length(max = 80))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// One action, such as `lead.edited`.
    #[validate(length(max = 80))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// All actions of one area, such as `lead`: what stands before the dot.
    #[validate(length(max = 40))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// The first day, in Japan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The last day, in Japan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// The cursor of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    #[validate(range(min = 1, max = "crate::page::MAX_LIMIT"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u64>,
}

/// What a file of records is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// UTF-8 with a byte order mark, one line per changed field, with Japanese headings.
    #[default]
    Csv,
    /// One JSON object per line, as the list has them.
    Jsonl,
}

/// Which entries to export; the same filter as the list's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct AuditExport {
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub format: ExportFormat,
    #[validate(length(max = 80))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    pub chain: Option<String>,
    #[validate(length(max = 80))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    pub actor: Option<String>,
    #[validate(length(max = 80))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    pub subject: Option<String>,
    #[validate(length(max = 80))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    pub action: Option<String>,
    #[validate(length(max = 40))]
    #[cfg_attr(feature = "openapi", schema(max_length = 40))]
    pub area: Option<String>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl AuditExport {
    /// The export of what a list shows.
    #[must_use]
    pub fn of(filter: AuditFilter, format: ExportFormat) -> Self {
        let AuditFilter { chain, actor, subject, action, area, from, to, after: _, limit: _ } = filter;
        Self { format, chain, actor, subject, action, area, from, to }
    }

    /// The list of what is exported.
    #[must_use]
    pub fn filter(&self) -> AuditFilter {
        let Self { format: _, chain, actor, subject, action, area, from, to } = self.clone();
        AuditFilter { chain, actor, subject, action, area, from, to, after: None, limit: None }
    }
}

/// A walk over all audit chains. Ask again while it is `waiting` or `running`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditVerification {
    pub id: AuditVerificationId,
    pub asked_at: DateTime<Utc>,
    /// `staff:{id}`.
    pub asked_by: String,
    pub asked_by_name: Option<String>,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub state: VerificationState,
    /// How many entries there were when it began.
    pub entries: u64,
    /// How many of them fit so far.
    pub checked: u64,
    pub finished_at: Option<DateTime<Utc>>,
    /// Empty until it is done.
    pub chains: Vec<VerifiedChain>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VerificationState {
    Waiting,
    Running,
    Done,
    Failed,
}

/// One chain, as it was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VerifiedChain {
    /// `store:{id}` or `company`.
    pub chain: String,
    pub chain_name: Option<String>,
    /// How many entries fit.
    pub entries: u64,
    /// The first entry that does not fit.
    pub bad: Option<BadAuditEntry>,
    /// The end of the chain when the walk began.
    pub head_sequence: i64,
    pub head_hash: String,
    /// HMAC-SHA256 over chain, place and hash. Kept apart from Noren, it shows later whether the chain lost its tail.
    pub head_signature: String,
}

/// An entry that does not fit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BadAuditEntry {
    pub sequence: i64,
    /// `missing`, `altered`, `values_altered`, `no_head`, `before_head` or `past_head`.
    pub reason: String,
}
