//! 見込み客.

use noren_api::leads::{
    AssignTo, Inquiry, Lead, LeadCounts, LeadFilter, LeadRow, NewErasure, NewInquiry, NewNote, NewStatusChange,
    TimelineEntry,
};
use noren_api::{Page, PageQuery};
use noren_domain::{LeadId, Timestamp};
use serde_json::Value;

use gloo_net::http::Method;

use super::{Api, ApiError, Call};
use crate::ui::clock;

/// A lead, and when it was seen so.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadSeen {
    pub lead: Lead,
    pub at: Timestamp,
}

impl Api {
    pub async fn list_leads(self, filter: LeadFilter) -> Result<Page<LeadRow>, ApiError> {
        self.send(Call::get("/leads").query(&filter)).await
    }

    pub async fn count_leads(self) -> Result<LeadCounts, ApiError> {
        self.send(Call::get("/lead-counts")).await
    }

    pub async fn get_lead(self, id: LeadId) -> Result<LeadSeen, ApiError> {
        let lead = self.send(Call::get(format!("/leads/{id}"))).await?;
        Ok(LeadSeen { lead, at: clock::now() })
    }

    /// Makes a lead of a [`NewLead`](noren_api::leads::NewLead) as JSON. It is a text, because a repeat must say the very
    /// same, even if another version of the app sends it.
    pub async fn create_lead(self, new: String, key: String) -> Result<Lead, ApiError> {
        self.send(Call::post("/leads").header("Idempotency-Key", key).text(new)).await
    }

    /// Sends the changed fields of a lead that was seen in this version.
    pub async fn edit_lead(self, id: LeadId, version: i64, patch: Value) -> Result<Lead, ApiError> {
        let call = Call::new(Method::PATCH, format!("/leads/{id}")).header("If-Match", etag(version));
        self.send(call.body("application/merge-patch+json", &patch)).await
    }

    pub async fn assign_lead(self, id: LeadId, version: i64, to: AssignTo) -> Result<Lead, ApiError> {
        self.send(Call::post(format!("/leads/{id}/assign")).header("If-Match", etag(version)).json(&to)).await
    }

    pub async fn erase_lead(self, id: LeadId, version: i64, why: NewErasure) -> Result<Lead, ApiError> {
        self.send(Call::post(format!("/leads/{id}/erase")).header("If-Match", etag(version)).json(&why)).await
    }

    pub async fn move_lead(self, id: LeadId, change: NewStatusChange, key: String) -> Result<Lead, ApiError> {
        let call = Call::post(format!("/leads/{id}/status-changes"));
        self.send(call.header("Idempotency-Key", key).json(&change)).await
    }

    pub async fn list_timeline(self, id: LeadId, page: PageQuery) -> Result<Page<TimelineEntry>, ApiError> {
        self.send(Call::get(format!("/leads/{id}/timeline")).query(&page)).await
    }

    pub async fn add_note(self, id: LeadId, new: NewNote, key: String) -> Result<TimelineEntry, ApiError> {
        self.send(Call::post(format!("/leads/{id}/notes")).header("Idempotency-Key", key).json(&new)).await
    }

    pub async fn add_inquiry(self, id: LeadId, new: NewInquiry, key: String) -> Result<Inquiry, ApiError> {
        self.send(Call::post(format!("/leads/{id}/inquiries")).header("Idempotency-Key", key).json(&new)).await
    }
}

pub fn etag(version: i64) -> String {
    format!("\"{version}\"")
}

/// A fresh `Idempotency-Key`; made when a form opens, so that a second tap is harmless.
#[expect(clippy::disallowed_methods, reason = "a key for one request, not the id of anything")]
pub fn idempotency_key() -> String {
    uuid::Uuid::new_v4().to_string()
}
