//! Keys for integrators.

use chrono::{DateTime, Utc};
use noren_domain::{ApiClientId, StoreId};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// A new key. It acts on the leads of the named stores and never with a person's rights.
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewApiClient {
    #[validate(length(min = 1, max = 80))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 80))]
    pub name: String,
    #[validate(length(min = 1, max = 200))]
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 200))]
    pub store_ids: Vec<StoreId>,
    /// At most one year ahead.
    pub expires_at: DateTime<Utc>,
}

/// A key as it is listed: its secret is not kept and cannot be shown again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiClient {
    pub id: ApiClientId,
    pub name: String,
    pub store_ids: Vec<StoreId>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub last_used_at: Option<DateTime<Utc>>,
}

/// The answer to making a key, the only one that ever holds it.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssuedApiClient {
    pub client: ApiClient,
    /// For `Authorization: Bearer`.
    pub key: String,
}
