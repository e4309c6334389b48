//! The faults there are.

use serde::{Deserialize, Serialize};

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// The answer comes late.
    Latency {
        millis: u64,
    },
    /// No answer comes; after so long the connection is closed.
    Timeout {
        seconds: u64,
    },
    /// A 5xx instead of an answer.
    Error {
        status: u16,
    },
    TooManyRequests {
        retry_after: u64,
    },
    Unavailable {
        retry_after: u64,
    },
    /// Half of the body, then the connection is closed.
    CutBody,
    /// A page comes again instead of the one after it, once each.
    DuplicatedPages,
    /// Records come in any order, with some of earlier pages among them.
    OutOfOrderPages,
    /// After a record its state before comes, with its lower revision.
    StaleRevisions,
    /// The clock that it shows is wrong by so much.
    ClockSkew {
        seconds: i64,
    },
    /// Every connection is closed without an answer, for so long.
    Outage {
        seconds: u64,
    },
    /// What was asked for is done, and the connection is closed without an answer.
    LostResponse,
    /// Numbers come as texts.
    WrongTypes,
    /// The answer has that many bytes.
    HugeBody {
        bytes: usize,
    },
    /// A page for people with status 200, as a proxy in between gives.
    Html,
    /// The JSON ends too early, and the answer says that it is whole.
    CutJson,
    /// 302 to somewhere else.
    Redirect {
        location: String,
    },
}
