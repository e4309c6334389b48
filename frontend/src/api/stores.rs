//! 店舗, as an administrator settles them.

use gloo_net::http::Method;
use noren_api::stores::{NewStore, StoreDetail, StoreProfile, StoreUse};
use noren_domain::StoreId;
use serde_json::Value;

use super::leads::etag;
use super::{Api, ApiError, Call};

impl Api {
    pub async fn get_store(self, id: StoreId) -> Result<StoreDetail, ApiError> {
        self.send(Call::get(format!("/stores/{id}"))).await
    }

    pub async fn create_store(self, profile: StoreProfile, key: String) -> Result<StoreDetail, ApiError> {
        self.send(Call::post("/stores").header("Idempotency-Key", key).json(&NewStore { profile })).await
    }

    /// What is left to do there before it closes.
    pub async fn store_use(self, id: StoreId) -> Result<StoreUse, ApiError> {
        self.send(Call::get(format!("/stores/{id}/use"))).await
    }

    pub async fn close_store(self, id: StoreId, version: i64) -> Result<StoreDetail, ApiError> {
        self.send(Call::post(format!("/stores/{id}/close")).header("If-Match", etag(version))).await
    }

    pub async fn reopen_store(self, id: StoreId, version: i64) -> Result<StoreDetail, ApiError> {
        self.send(Call::post(format!("/stores/{id}/reopen")).header("If-Match", etag(version))).await
    }

    /// Sends the changed members of a store that was seen in this version.
    pub async fn edit_store(self, id: StoreId, version: i64, patch: Value) -> Result<StoreDetail, ApiError> {
        let call = Call::new(Method::PATCH, format!("/stores/{id}")).header("If-Match", etag(version));
        self.send(call.body("application/merge-patch+json", &patch)).await
    }
}
