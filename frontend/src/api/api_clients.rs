//! 外部連携のキー, as an administrator settles them.

use gloo_net::http::Method;
use noren_api::api_clients::{ApiClient, ApiClientProfile, IssuedApiClient, NewApiClient, Rotation};
use noren_domain::ApiClientId;
use serde_json::Value;

use super::leads::etag;
use super::{Api, ApiError, Call};

impl Api {
    pub async fn list_api_clients(self) -> Result<Vec<ApiClient>, ApiError> {
        self.every("/api-clients").await
    }

    pub async fn get_api_client(self, id: ApiClientId) -> Result<ApiClient, ApiError> {
        self.send(Call::get(format!("/api-clients/{id}"))).await
    }

    pub async fn create_api_client(self, profile: ApiClientProfile, key: String) -> Result<IssuedApiClient, ApiError> {
        self.send(Call::post("/api-clients").header("Idempotency-Key", key).json(&NewApiClient { profile })).await
    }

    /// Sends what was changed of a key that was seen in this version.
    pub async fn edit_api_client(self, id: ApiClientId, version: i64, patch: Value) -> Result<ApiClient, ApiError> {
        let call = Call::new(Method::PATCH, format!("/api-clients/{id}")).header("If-Match", etag(version));
        self.send(call.body("application/merge-patch+json", &patch)).await
    }

    /// Another secret; the one before opens for a day more, or not at all.
    pub async fn rotate_api_client(
        self,
        id: ApiClientId,
        version: i64,
        wanted: Rotation,
    ) -> Result<IssuedApiClient, ApiError> {
        let call = Call::post(format!("/api-clients/{id}/rotate")).header("If-Match", etag(version));
        self.send(call.json(&wanted)).await
    }

    pub async fn revoke_api_client(self, id: ApiClientId, version: i64) -> Result<(), ApiError> {
        let call = Call::new(Method::DELETE, format!("/api-clients/{id}"));
        self.send(call.header("If-Match", etag(version))).await
    }
}
