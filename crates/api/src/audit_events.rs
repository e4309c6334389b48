//! Who changed what.

use chrono::{DateTime, Utc};
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
    /// `staff:{id}`, `api_client:{id}` or `system`.
    pub actor: String,
    /// Such as `lead.edited`.
    pub action: String,
    /// Such as `lead:{id}`.
    pub subject: String,
    pub request_id: Option<String>,
    pub changes: Vec<AuditChange>,
    /// HMAC-SHA256 over the previous hash and this entry, in hexadecimal.
    pub hash: String,
}

/// One field of an entry. Both values are `null` where an erasure emptied them; the chain still verifies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditChange {
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Which entries to list, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct AuditFilter {
    /// One subject, such as `lead:{id}`.
    #[validate(length(max = 80))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The cursor of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    #[validate(range(min = 1, max = "crate::page::MAX_LIMIT"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u64>,
}
