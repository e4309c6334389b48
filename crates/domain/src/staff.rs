//! スタッフ and their roles.

use serde::{Deserialize, Serialize};

use crate::{StaffId, StoreId, Timestamp};

/// What somebody may do, before it is asked on which rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 営業
    Salesperson,
    /// 店長
    Manager,
    /// 管理者
    Administrator,
    /// An integrator's key, never a person.
    ApiClient,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Salesperson, Self::Manager, Self::Administrator, Self::ApiClient];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Salesperson => "salesperson",
            Self::Manager => "manager",
            Self::Administrator => "administrator",
            Self::ApiClient => "api_client",
        }
    }
}

/// Whether a staff member may sign in. A suspended or retired member is nobody on the next request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StaffStatus {
    Active,
    Suspended,
    Retired,
}

impl StaffStatus {
    pub const ALL: [Self; 3] = [Self::Active, Self::Suspended, Self::Retired];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Retired => "retired",
        }
    }
}

/// A person who works for the dealer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    pub id: StaffId,
    /// The code that EXTREME knows the person by.
    pub code: String,
    pub name: String,
    /// Full-width katakana.
    pub kana: String,
    /// The sign-in name, in lower case.
    pub mail: String,
    pub role: Role,
    pub status: StaffStatus,
    /// Where the person works; the first is the home store.
    pub stores: Vec<StoreId>,
    pub created_at: Timestamp,
    pub version: i64,
}

impl Staff {
    /// Whether leads of this store may be handed to the person.
    #[must_use]
    pub fn takes_leads_of(&self, store: StoreId) -> bool {
        self.status == StaffStatus::Active && self.stores.contains(&store)
    }
}

/// A 店舗.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    pub id: StoreId,
    /// The code that EXTREME knows the store by.
    pub code: String,
    pub name: String,
    pub created_at: Timestamp,
    pub version: i64,
}
