//! 個人情報の消去 on the wire.

use noren_domain::lead::{ErasureReason, MAX_NOTE};
use serde::{Deserialize, Serialize};
use validator::Validate;

const LONGEST: u64 = MAX_NOTE as u64;

/// Why the person of a lead is erased. It cannot be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewErasure {
    pub reason: ErasureReason,
    /// How it was made sure that the person themselves asked, which `requested` wants to know. It stays, so it must not name them.
    #[validate(length(max = "LONGEST"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    #[serde(default)]
    pub note: Option<String>,
}
