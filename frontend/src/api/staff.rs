//! スタッフ, as an administrator settles them.

use gloo_net::http::Method;
use noren_api::Page;
use noren_api::staff::{
    HandOver, HandedOver, IssuedInvitation, MailedInvitation, NewStaff, StaffAccount, StaffMember, StaffProfile,
};
use noren_domain::StaffId;
use serde_json::Value;

use super::leads::etag;
use super::{Api, ApiError, Call, idempotency_key};
use crate::words::lang_untracked;

impl Api {
    /// The colleagues that a query by the names of [`StaffQuery`](noren_api::staff::StaffQuery) finds, by reading.
    pub async fn find_staff(self, query: &[(&str, String)]) -> Result<Vec<StaffMember>, ApiError> {
        let page: Page<StaffMember> = self.send(Call::get("/staff").query(&query)).await?;
        Ok(page.items)
    }

    pub async fn get_staff(self, id: StaffId) -> Result<StaffAccount, ApiError> {
        self.send(Call::get(format!("/staff/{id}"))).await
    }

    pub async fn create_staff(self, profile: StaffProfile, key: String) -> Result<StaffAccount, ApiError> {
        self.send(Call::post("/staff").header("Idempotency-Key", key).json(&NewStaff { profile })).await
    }

    /// Sends what was changed of a person who was seen in this version.
    pub async fn edit_staff(self, id: StaffId, version: i64, patch: Value) -> Result<StaffAccount, ApiError> {
        let call = Call::new(Method::PATCH, format!("/staff/{id}")).header("If-Match", etag(version));
        self.send(call.body("application/merge-patch+json", &patch)).await
    }

    /// `suspend`, `reinstate` or `retire`.
    pub async fn move_staff(self, id: StaffId, version: i64, act: &str) -> Result<StaffAccount, ApiError> {
        self.send(Call::post(format!("/staff/{id}/{act}")).header("If-Match", etag(version))).await
    }

    /// Hands some leads over; it is asked again until none is left.
    pub async fn hand_over(self, from: StaffId, wanted: HandOver) -> Result<HandedOver, ApiError> {
        self.send(Call::post(format!("/staff/{from}/hand-over")).json(&wanted)).await
    }

    /// Every time a new code, which ends the one before: a repeat under the same key would be answered without it.
    pub async fn invite(self, id: StaffId) -> Result<IssuedInvitation, ApiError> {
        let call = Call::post(format!("/staff/{id}/invitations")).header("Idempotency-Key", idempotency_key());
        self.send(call).await
    }

    /// Sends the way in by mail, in the language that the screen speaks.
    pub async fn invite_by_mail(self, id: StaffId) -> Result<MailedInvitation, ApiError> {
        let call = Call::post(format!("/staff/{id}/invitation-mails")).header("Idempotency-Key", idempotency_key());
        self.send(call.header("Accept-Language", lang_untracked().tag())).await
    }
}
