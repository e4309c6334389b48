//! What is said of every value that EXTREME masters: where it is from and how old it is.

use chrono::{DateTime, Utc};
use noren_domain::sync::Freshness;
use serde::{Deserialize, Serialize};

/// How old what EXTREME masters is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Origin {
    pub freshness: Freshness,
    /// When EXTREME last confirmed it; `null` where the copy has never been whole.
    pub as_of: Option<DateTime<Utc>>,
}
