//! 店舗.

use noren_domain::StoreId;
use serde::{Deserialize, Serialize};

/// A showroom of the dealer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Store {
    pub id: StoreId,
    /// The code that EXTREME knows the store by.
    pub code: String,
    pub name: String,
}
