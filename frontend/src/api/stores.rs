//! 店舗, as an administrator settles them.

use gloo_net::http::Method;
use noren_api::stores::{NewStore, StoreDetail, StoreProfile};
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

    /// Sends the changed members of a store that was seen in this version.
    pub async fn edit_store(self, id: StoreId, version: i64, patch: Value) -> Result<StoreDetail, ApiError> {
        let call = Call::new(Method::PATCH, format!("/stores/{id}")).header("If-Match", etag(version));
        self.send(call.body("application/merge-patch+json", &patch)).await
    }
}
