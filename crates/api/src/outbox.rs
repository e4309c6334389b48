//! 送信箱: what must leave Noren, as an administrator sees it.

use chrono::{DateTime, Utc};
use noren_domain::code::{CustomerCode, StockNumber};
use noren_domain::outbox::{Destination, OutboxKind, OutboxState};
use noren_domain::{OutboxMessageId, StaffId};
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::page::MAX_LIMIT;

/// Something that is sent, was sent or was given up. What it says is not part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboxMessage {
    pub id: OutboxMessageId,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub destination: Destination,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub kind: OutboxKind,
    /// To whom, or in whose name, where it is a member of staff.
    pub staff_id: Option<StaffId>,
    /// What they are called by now.
    pub staff_name: Option<String>,
    /// About which customer of EXTREME.
    #[serde(default)]
    pub customer_code: Option<CustomerCode>,
    /// About which car.
    #[serde(default)]
    pub stock_number: Option<StockNumber>,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub state: OutboxState,
    /// Tries since somebody last wanted it sent.
    pub attempt: i32,
    /// Why it was not taken or not sent; a stable code such as `smtp.550`, the mail server's answer.
    #[cfg_attr(feature = "openapi", schema(example = "smtp.550"))]
    pub last_error: Option<String>,
    pub created_at: DateTime<Utc>,
    /// When it is tried next; of interest while it waits.
    pub next_at: DateTime<Utc>,
    /// When it was taken, or given up by a person.
    pub settled_at: Option<DateTime<Utc>>,
    pub version: i64,
}

/// Somewhere that messages go, and whether they do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboxDestination {
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub destination: Destination,
    /// How many are not sent and not given up.
    pub waiting: u64,
    /// How many were given up.
    pub dead: u64,
    /// When the oldest of those that wait was written.
    pub oldest_at: Option<DateTime<Utc>>,
    /// Why nothing is sent there, where a person has said so.
    pub pause: Option<OutboxPause>,
}

/// A person has said that nothing is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboxPause {
    pub since: DateTime<Utc>,
    pub staff_id: StaffId,
    pub staff_name: Option<String>,
    pub reason: Option<String>,
}

/// Why nothing is to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PauseOutbox {
    #[validate(length(max = 200))]
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Which messages to list.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct OutboxFilter {
    /// Those in one state.
    #[cfg_attr(feature = "openapi", param(inline))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<OutboxState>,
    /// `true` for those that may still be sent, `false` for those that nothing happens to any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    /// Those for one destination.
    #[cfg_attr(feature = "openapi", param(inline))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination: Option<Destination>,
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
