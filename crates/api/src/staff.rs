//! スタッフ, as colleagues see each other.

use noren_domain::staff::{Role, StaffStatus};
use noren_domain::{StaffId, StoreId};
use serde::{Deserialize, Serialize};

/// A colleague. The sign-in name is not part of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffMember {
    pub id: StaffId,
    /// The code that EXTREME knows the person by.
    pub code: String,
    pub name: String,
    /// Full-width katakana.
    pub kana: String,
    pub role: Role,
    pub status: StaffStatus,
    /// Where the person works; the first is the home store.
    pub store_ids: Vec<StoreId>,
}
