//! 監査: who changed what, who looked at what, and whether the record of it still holds.

use gloo_net::http::Method;
use noren_api::Page;
use noren_api::access_events::{AccessEvent, AccessExport, AccessFilter, AccessRecording};
use noren_api::audit_events::{AuditEvent, AuditExport, AuditFilter, AuditVerification};
use noren_domain::AccessEventId;
use serde_json::Value;

use super::download::File;
use super::leads::etag;
use super::{Api, ApiError, Call};

impl Api {
    pub async fn list_audit_events(self, filter: AuditFilter) -> Result<Page<AuditEvent>, ApiError> {
        self.send(Call::get("/audit-events").query(&filter)).await
    }

    pub async fn export_audit_events(self, wanted: AuditExport) -> Result<File, ApiError> {
        self.download(Call::post("/audit-exports").json(&wanted)).await
    }

    pub async fn list_access_events(self, filter: AccessFilter) -> Result<Page<AccessEvent>, ApiError> {
        self.send(Call::get("/access-events").query(&filter)).await
    }

    pub async fn get_access_event(self, id: AccessEventId) -> Result<AccessEvent, ApiError> {
        self.send(Call::get(format!("/access-events/{id}"))).await
    }

    pub async fn export_access_events(self, wanted: AccessExport) -> Result<File, ApiError> {
        self.download(Call::post("/access-exports").json(&wanted)).await
    }

    pub async fn get_access_recording(self) -> Result<AccessRecording, ApiError> {
        self.send(Call::get("/access-recording")).await
    }

    /// Sends what was changed of the settings that were seen in this version.
    pub async fn edit_access_recording(self, version: i64, patch: Value) -> Result<AccessRecording, ApiError> {
        let call = Call::new(Method::PATCH, "/access-recording").header("If-Match", etag(version));
        self.send(call.body("application/merge-patch+json", &patch)).await
    }

    pub async fn list_audit_verifications(self) -> Result<Vec<AuditVerification>, ApiError> {
        self.every("/audit-verifications").await
    }

    pub async fn verify_audit(self, key: String) -> Result<AuditVerification, ApiError> {
        self.send(Call::post("/audit-verifications").header("Idempotency-Key", key)).await
    }
}
