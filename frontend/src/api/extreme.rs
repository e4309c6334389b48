//! EXTREME: how Noren gets on with it, and what a person settles.

use gloo_net::http::Method;
use noren_api::extreme::{ExtremeConflict, ExtremeFreshness, ExtremeStatus, ExtremeSync, SettleConflict};
use noren_api::extreme_intakes::{
    ExtremeColumnMap, ExtremeColumns, ExtremeIntake, ExtremeIntakeReason, ExtremeIntakeUpload,
};
use noren_api::manual_entries::{ManualEntry, ManualEntryFilter};
use noren_api::{Page, PageQuery};
use noren_domain::sync::Stream;
use noren_domain::{ExtremeConflictId, ExtremeIntakeId, OutboxMessageId};

use super::download::File;
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

    pub async fn list_extreme_intakes(self, query: PageQuery) -> Result<Page<ExtremeIntake>, ApiError> {
        self.send(Call::get("/integrations/extreme/intakes").query(&query)).await
    }

    pub async fn get_extreme_intake(self, id: ExtremeIntakeId) -> Result<ExtremeIntake, ApiError> {
        self.send(Call::get(format!("/integrations/extreme/intakes/{id}"))).await
    }

    pub async fn list_extreme_intake_reasons(
        self,
        id: ExtremeIntakeId,
        query: PageQuery,
    ) -> Result<Page<ExtremeIntakeReason>, ApiError> {
        self.send(Call::get(format!("/integrations/extreme/intakes/{id}/reasons")).query(&query)).await
    }

    /// Hands a file in as it is.
    pub async fn hand_in_extreme_file(
        self,
        upload: ExtremeIntakeUpload,
        file: web_sys::File,
        key: String,
    ) -> Result<ExtremeIntake, ApiError> {
        let call = Call::post("/integrations/extreme/intakes").query(&upload).header("Idempotency-Key", key);
        self.send(call.table(&file)).await
    }

    pub async fn export_extreme_intake_file(self, id: ExtremeIntakeId) -> Result<File, ApiError> {
        self.download(Call::post(format!("/integrations/extreme/intakes/{id}/file-exports"))).await
    }

    pub async fn export_extreme_intake_reasons(self, id: ExtremeIntakeId) -> Result<File, ApiError> {
        self.download(Call::post(format!("/integrations/extreme/intakes/{id}/reason-exports"))).await
    }

    /// Says whether a file may take so many cars out of the stock: `allow` or `dismiss`.
    pub async fn decide_extreme_intake(
        self,
        id: ExtremeIntakeId,
        version: i64,
        what: &'static str,
    ) -> Result<ExtremeIntake, ApiError> {
        let call = Call::post(format!("/integrations/extreme/intakes/{id}/{what}"));
        self.send(call.header("If-Match", etag(version))).await
    }

    pub async fn list_manual_entries(self, filter: ManualEntryFilter) -> Result<Page<ManualEntry>, ApiError> {
        self.send(Call::get("/integrations/extreme/manual-entries").query(&filter)).await
    }

    /// `enter` or `reopen`, of the entry as it was seen.
    pub async fn decide_manual_entry(
        self,
        id: OutboxMessageId,
        version: i64,
        what: &'static str,
    ) -> Result<ManualEntry, ApiError> {
        let call = Call::post(format!("/integrations/extreme/manual-entries/{id}/{what}"));
        self.send(call.header("If-Match", etag(version))).await
    }

    pub async fn export_manual_entries(self) -> Result<File, ApiError> {
        self.download(Call::post("/integrations/extreme/manual-entry-exports".to_owned())).await
    }

    pub async fn get_extreme_columns(self, stream: Stream) -> Result<ExtremeColumnMap, ApiError> {
        self.send(Call::get(format!("/integrations/extreme/column-maps/{}", stream.as_str()))).await
    }

    pub async fn set_extreme_columns(
        self,
        stream: Stream,
        version: i64,
        columns: ExtremeColumns,
    ) -> Result<ExtremeColumnMap, ApiError> {
        let call = Call::new(Method::PUT, format!("/integrations/extreme/column-maps/{}", stream.as_str()));
        self.send(call.header("If-Match", etag(version)).json(&columns)).await
    }
}
