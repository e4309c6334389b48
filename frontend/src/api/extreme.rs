//! EXTREME: how Noren gets on with it, and what a person settles.

use noren_api::Page;
use noren_api::extreme::{ExtremeConflict, ExtremeFreshness, ExtremeStatus, ExtremeSync, SettleConflict};
use noren_domain::ExtremeConflictId;

use super::leads::etag;
use super::{Api, ApiError, Call};

impl Api {
    /// For the mark that stands on every page.
    pub async fn get_extreme_freshness(self) -> Result<ExtremeFreshness, ApiError> {
        self.send(Call::get("/integrations/extreme/freshness")).await
    }

    pub async fn get_extreme_status(self) -> Result<ExtremeStatus, ApiError> {
        self.send(Call::get("/integrations/extreme/status")).await
    }

    pub async fn sync_extreme(self, key: String) -> Result<ExtremeSync, ApiError> {
        self.send(Call::post("/integrations/extreme/sync").header("Idempotency-Key", key)).await
    }

    pub async fn list_extreme_conflicts(self) -> Result<Page<ExtremeConflict>, ApiError> {
        self.send(Call::get("/integrations/extreme/conflicts")).await
    }

    /// Settles one as it was seen.
    pub async fn settle_extreme_conflict(
        self,
        id: ExtremeConflictId,
        version: i64,
        settle: SettleConflict,
    ) -> Result<ExtremeConflict, ApiError> {
        let call = Call::post(format!("/integrations/extreme/conflicts/{id}/settle"));
        self.send(call.header("If-Match", etag(version)).json(&settle)).await
    }
}
