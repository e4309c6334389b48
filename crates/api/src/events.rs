//! What `GET /events` streams.

use chrono::{DateTime, Utc};
use noren_domain::event::{EventKind, Subject};
use noren_domain::{StaffId, StoreId};
use serde::{Deserialize, Serialize};

/// One change, as the `data` of a server-sent event; its `id` is the event's own and goes into `Last-Event-ID`. It says
/// what to look at again and not what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub kind: EventKind,
    pub at: DateTime<Utc>,
    pub store_id: StoreId,
    #[serde(flatten)]
    pub subject: Subject,
    /// The subject's version after the change.
    pub version: i64,
    /// The person who did it; `null` for integrators and the public.
    pub staff_id: Option<StaffId>,
    /// Whether it is a note that calls the listener.
    pub mentions_me: bool,
}
