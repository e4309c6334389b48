//! 外部連携コード: other systems, what they call cars and customers, and where they have them.

use gloo_net::http::Method;
use noren_api::Page;
use noren_api::external_systems::{ExternalCode, ExternalLink, ExternalSystemMaster};
use noren_domain::external_system::{Subject, SystemKey};
use serde_json::Value;

use super::leads::etag;
use super::{Api, ApiError, Call};

fn place(subject: &Subject) -> String {
    match subject {
        Subject::Vehicle(number) => format!("/vehicles/{number}"),
        Subject::Customer(code) => format!("/customers/{code}"),
    }
}

impl Api {
    pub async fn list_external_links(self, subject: Subject) -> Result<Vec<ExternalLink>, ApiError> {
        self.every(&format!("{}/external-links", place(&subject))).await
    }

    /// Says what a system calls it; without a code, that it calls it nothing.
    pub async fn set_external_code(
        self,
        subject: Subject,
        key: SystemKey,
        code: String,
    ) -> Result<Vec<ExternalLink>, ApiError> {
        let path = format!("{}/external-codes/{}", place(&subject), key.as_str());
        let call = if code.is_empty() {
            Call::new(Method::DELETE, path)
        } else {
            Call::new(Method::PUT, path).json(&ExternalCode { code })
        };
        let page: Page<ExternalLink> = self.send(call).await?;
        Ok(page.items)
    }

    pub async fn get_external_system_master(self) -> Result<ExternalSystemMaster, ApiError> {
        self.send(Call::get("/external-system-master")).await
    }

    /// Sends the list that was seen in this version as it is to be.
    pub async fn edit_external_system_master(
        self,
        version: i64,
        patch: Value,
    ) -> Result<ExternalSystemMaster, ApiError> {
        let call = Call::new(Method::PATCH, "/external-system-master").header("If-Match", etag(version));
        self.send(call.body("application/merge-patch+json", &patch)).await
    }
}
