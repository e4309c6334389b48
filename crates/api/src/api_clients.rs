//! Keys for integrators.

use chrono::{DateTime, Utc};
use noren_domain::api_client::{self, MAX_REQUESTS_PER_MINUTE, Scope, TypedApiClient};
use noren_domain::{ApiClientId, StoreId};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// What an administrator settles about a key. It acts on the named stores and never with a person's rights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ApiClientProfile {
    /// Of its own among the keys that are not revoked.
    #[validate(length(max = 80))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80, example = "中古車ポータル"))]
    pub name: String,
    /// What it may do.
    #[validate(length(max = 50))]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub scopes: Vec<Scope>,
    #[validate(length(max = 200))]
    #[cfg_attr(feature = "openapi", schema(max_items = 200))]
    pub store_ids: Vec<StoreId>,
    /// Single addresses and networks that it may be used from; from anywhere if there is none.
    #[validate(length(max = 50))]
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 50, example = json!(["203.0.113.7", "198.51.100.0/24"])))]
    pub addresses: Vec<String>,
    /// A quota of its own; the server's common one if absent.
    #[validate(range(min = 1, max = "MAX_REQUESTS_PER_MINUTE"))]
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 6000))]
    pub requests_per_minute: Option<u32>,
    /// At most one year ahead.
    pub expires_at: DateTime<Utc>,
}

/// A new key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewApiClient {
    #[validate(nested)]
    pub profile: ApiClientProfile,
}

/// A change of a key, as a JSON Merge Patch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ApiClientEdit {
    #[validate(nested)]
    pub profile: ApiClientProfile,
}

/// How a key gets another secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// Whether the secrets before open nothing from now on; else they do for 24 hours more.
    #[serde(default)]
    pub at_once: bool,
}

/// A key as it is listed: its secret is not kept and cannot be shown again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiClient {
    pub id: ApiClientId,
    pub profile: ApiClientProfile,
    pub created_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    /// To the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// Until when the secret before still opens, after a rotation.
    pub former_until: Option<DateTime<Utc>>,
    /// Counts what is settled, and not the uses.
    pub version: i64,
}

/// The answer to making a key, the only one that ever holds it.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssuedApiClient {
    pub client: ApiClient,
    /// For `Authorization: Bearer`.
    pub key: String,
}

impl From<ApiClientProfile> for TypedApiClient {
    fn from(profile: ApiClientProfile) -> Self {
        let ApiClientProfile { name, scopes, store_ids, addresses, requests_per_minute, expires_at } = profile;
        Self { name, scopes, stores: store_ids, addresses, requests_per_minute, expires_at }
    }
}

impl From<api_client::ApiClientProfile> for ApiClientProfile {
    fn from(profile: api_client::ApiClientProfile) -> Self {
        let api_client::ApiClientProfile { name, scopes, stores, addresses, requests_per_minute, expires_at } = profile;
        let addresses = addresses.iter().map(api_client::written).collect();
        Self { name, scopes, store_ids: stores, addresses, requests_per_minute, expires_at }
    }
}
