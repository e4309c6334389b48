//! 顧客, and whom of them a lead is.

use gloo_net::http::Method;
use noren_api::customers::{
    CorrectionRequest, Customer, CustomerFilter, CustomerMatches, CustomerPage, CustomerTimeline, Inspection, LinkTo,
    MaintenanceRecord, NewCorrectionRequest, Purchase, RecordPage,
};
use noren_api::leads::Lead;
use noren_api::{Page, PageQuery};
use noren_domain::code::CustomerCode;
use noren_domain::{CorrectionRequestId, LeadId};

use super::leads::etag;
use super::{Api, ApiError, Call};

impl Api {
    pub async fn list_customers(self, filter: CustomerFilter) -> Result<CustomerPage, ApiError> {
        self.send(Call::get("/customers").query(&filter)).await
    }

    pub async fn get_customer(self, code: CustomerCode) -> Result<Customer, ApiError> {
        self.send(Call::get(format!("/customers/{code}"))).await
    }

    pub async fn list_purchases(self, code: CustomerCode, page: PageQuery) -> Result<RecordPage<Purchase>, ApiError> {
        self.send(Call::get(format!("/customers/{code}/purchases")).query(&page)).await
    }

    pub async fn list_maintenance(
        self,
        code: CustomerCode,
        page: PageQuery,
    ) -> Result<RecordPage<MaintenanceRecord>, ApiError> {
        self.send(Call::get(format!("/customers/{code}/maintenance-records")).query(&page)).await
    }

    pub async fn list_inspections(
        self,
        code: CustomerCode,
        page: PageQuery,
    ) -> Result<RecordPage<Inspection>, ApiError> {
        self.send(Call::get(format!("/customers/{code}/inspections")).query(&page)).await
    }

    pub async fn get_customer_timeline(self, code: CustomerCode) -> Result<CustomerTimeline, ApiError> {
        self.send(Call::get(format!("/customers/{code}/timeline"))).await
    }

    pub async fn list_corrections(self, code: CustomerCode) -> Result<Page<CorrectionRequest>, ApiError> {
        self.send(Call::get(format!("/customers/{code}/correction-requests"))).await
    }

    pub async fn request_correction(
        self,
        code: CustomerCode,
        new: NewCorrectionRequest,
        key: String,
    ) -> Result<CorrectionRequest, ApiError> {
        let call = Call::post(format!("/customers/{code}/correction-requests"));
        self.send(call.header("Idempotency-Key", key).json(&new)).await
    }

    /// Mends one that EXTREME did not take, and sends it again.
    pub async fn resend_correction(
        self,
        code: CustomerCode,
        id: CorrectionRequestId,
        new: NewCorrectionRequest,
    ) -> Result<CorrectionRequest, ApiError> {
        self.send(Call::post(format!("/customers/{code}/correction-requests/{id}/resend")).json(&new)).await
    }

    pub async fn find_matches(self, lead: LeadId) -> Result<CustomerMatches, ApiError> {
        self.send(Call::get(format!("/leads/{lead}/customer-matches"))).await
    }

    /// Says whom a lead is that was seen in this version.
    pub async fn link_customer(self, lead: LeadId, version: i64, to: LinkTo) -> Result<Lead, ApiError> {
        let call = Call::new(Method::PUT, format!("/leads/{lead}/customer"));
        self.send(call.header("If-Match", etag(version)).json(&to)).await
    }

    pub async fn unlink_customer(self, lead: LeadId, version: i64) -> Result<Lead, ApiError> {
        let call = Call::new(Method::DELETE, format!("/leads/{lead}/customer"));
        self.send(call.header("If-Match", etag(version))).await
    }
}
