//! 手入力: what EXTREME must be told and cannot be sent, for whoever types it in there.

use chrono::{DateTime, Utc};
use noren_domain::OutboxMessageId;
use noren_domain::code::CustomerCode;
use noren_domain::customer::Wish;
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::page::MAX_LIMIT;

/// Something for EXTREME: a 修正依頼 that it has not taken, or that somebody has typed in there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ManualEntry {
    /// The outbox message that waits.
    pub id: OutboxMessageId,
    pub customer_code: CustomerCode,
    pub customer_name: String,
    /// What is to be what in EXTREME.
    pub wishes: Vec<Wish>,
    pub note: Option<String>,
    pub requested_at: DateTime<Utc>,
    /// Who asked for it.
    pub staff_name: Option<String>,
    pub entered_at: Option<DateTime<Utc>>,
    /// Who typed it in.
    pub entered_by_name: Option<String>,
    /// That of the wish, whatever its message does.
    pub version: i64,
}

/// Which of them to list.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ManualEntryFilter {
    /// `true` for those that were typed in, of which those of the last thirty days are known.
    #[serde(default)]
    pub entered: bool,
    /// The cursor of the page before.
    #[validate(length(max = 1000))]
    #[cfg_attr(feature = "openapi", param(max_length = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    #[validate(range(min = 1, max = "MAX_LIMIT"))]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}
