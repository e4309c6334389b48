//! What is said of every value that EXTREME masters: where it is from and how old it is.

use chrono::{DateTime, Utc};
use noren_domain::ExtremeConflictId;
use noren_domain::staff_record::{ConflictState, Dispute, Employment, Settlement};
use noren_domain::sync::{Freshness, Stream, Way};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// How old what EXTREME masters is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Origin {
    pub freshness: Freshness,
    /// When EXTREME last confirmed it, or wrote the file that it is from; `null` where the copy has never been whole.
    pub as_of: Option<DateTime<Utc>>,
    /// By which way it has come.
    #[serde(default)]
    pub way: Way,
}

/// How old all that EXTREME masters is, for the mark that every page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtremeFreshness {
    /// Whether there is an EXTREME at all, connected or by its files.
    pub configured: bool,
    /// Of what was confirmed least lately; `null` without EXTREME.
    pub origin: Option<Origin>,
}

/// How Noren gets on with EXTREME.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtremeStatus {
    /// `null` where no EXTREME is configured.
    pub connection: Option<ExtremeConnection>,
    /// Each kind of record by itself; where no EXTREME is configured, those that files have brought.
    pub streams: Vec<ExtremeStream>,
    /// Records that cannot be understood and were left out, two hundred at most.
    pub refusals: Vec<ExtremeRefusal>,
    /// What a person has to settle.
    pub open_conflicts: u64,
}

/// The way to EXTREME, as the server that answers sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtremeConnection {
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub state: ConnectionState,
    /// When EXTREME last said how it is.
    pub greeted_at: Option<DateTime<Utc>>,
    #[cfg_attr(feature = "openapi", schema(example = "2026.10"))]
    pub version: Option<String>,
    /// How much its clock is ahead of this server's, as it answered.
    pub clock_skew_seconds: Option<i64>,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub breaker: Breaker,
    /// How long half of the last answers took at most.
    pub median_milliseconds: Option<u64>,
    /// How long all but one in a hundred took at most.
    pub slowest_milliseconds: Option<u64>,
    /// What stands in the way just now.
    pub failure: Option<ExtremeFailure>,
    /// Whether a server reads the streams at this moment.
    pub is_reading: bool,
}

/// Whether EXTREME answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// Nothing was asked yet.
    Unknown,
    Connected,
    /// What was asked last came to nothing.
    Failing,
}

/// The circuit breaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Breaker {
    Closed,
    /// One call at a time is let through.
    HalfOpen,
    /// EXTREME has failed so often that it is left alone for a while.
    Open,
}

/// What stands in the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtremeFailure {
    /// A stable code.
    #[cfg_attr(feature = "openapi", schema(example = "extreme.timeout"))]
    pub code: String,
    /// When it happened last.
    pub at: DateTime<Utc>,
    /// How often in a row.
    pub times: i64,
    /// When all was well last.
    pub well_at: Option<DateTime<Utc>>,
}

/// In which direction a kind of record goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// EXTREME masters it.
    In,
    /// Both master it, field by field.
    Both,
}

/// How one kind of record fares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtremeStream {
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub stream: Stream,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub direction: Direction,
    /// Copies here.
    pub records: u64,
    /// Whether it was read to its end once.
    pub is_whole: bool,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub freshness: Freshness,
    /// When it was last read to its end.
    pub read_at: Option<DateTime<Utc>>,
    /// The seconds since.
    pub lag_seconds: Option<i64>,
    /// When it last brought something new.
    pub changed_at: Option<DateTime<Utc>>,
    /// States that it has brought.
    pub taken: i64,
    /// States that were older than what was kept, and were dropped.
    pub stale: i64,
    pub failure: Option<ExtremeFailure>,
    pub comparison: Option<ExtremeComparison>,
}

/// What the last comparison of both sides found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtremeComparison {
    pub at: DateTime<Utc>,
    /// Records at EXTREME.
    pub there: u64,
    /// Copies here, before anything was repaired.
    pub here: u64,
    /// Records that were missing here, and were fetched.
    pub missing: u64,
    /// Copies of another state, which were renewed.
    pub different: u64,
    /// Copies of what EXTREME does not have.
    pub left_over: u64,
    /// Whether those are so many that they were kept, until a person has looked.
    pub too_much_left_over: bool,
}

/// A record that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtremeRefusal {
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub stream: Stream,
    pub key: String,
    /// The member that is not what the contract says.
    pub field: String,
    pub refused_at: DateTime<Utc>,
}

/// A round that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtremeSync {
    pub asked_at: DateTime<Utc>,
}

/// What EXTREME and Noren do not agree on about somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtremeConflict {
    pub id: ExtremeConflictId,
    #[cfg_attr(feature = "openapi", schema(example = "S001"))]
    pub staff_code: String,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub dispute: Dispute,
    pub theirs: ExtremeSide,
    /// `null` where nobody here has the code.
    pub ours: Option<ExtremeSide>,
    /// What EXTREME answered, where it does not take what Noren masters.
    #[cfg_attr(feature = "openapi", schema(example = "extreme.422"))]
    pub refusal: Option<String>,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub state: ConflictState,
    /// How it may be settled.
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub ways: Vec<Settlement>,
    pub found_at: DateTime<Utc>,
    pub settled_at: Option<DateTime<Utc>>,
    /// When EXTREME was told of the wish, where Noren's word is kept.
    pub told_at: Option<DateTime<Utc>>,
    pub version: i64,
}

/// What one side says of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtremeSide {
    pub name: String,
    pub kana: String,
    /// Of the home store.
    pub store_code: Option<String>,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub employment: Employment,
}

/// How a person settles a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SettleConflict {
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub settlement: Settlement,
}
