//! 会社 and its first run.

use gloo_net::http::Method;
use noren_api::auth::SignedIn;
use noren_api::company::Company;
use noren_api::setup::{NewHouse, Setup, SetupProgress};
use noren_domain::company::SetupStep;
use serde_json::Value;
use web_sys::File;

use super::leads::etag;
use super::{Api, ApiError, Call, attempt};

impl Api {
    pub async fn get_company(self) -> Result<Company, ApiError> {
        self.send(Call::get("/company")).await
    }

    /// Sends the changed members of the company that was seen in this version.
    pub async fn edit_company(self, version: i64, patch: Value) -> Result<Company, ApiError> {
        let call = Call::new(Method::PATCH, "/company").header("If-Match", etag(version));
        self.send(call.body("application/merge-patch+json", &patch)).await
    }

    pub async fn set_logo(self, version: i64, picture: File) -> Result<Company, ApiError> {
        let call = Call::new(Method::PUT, "/company/logo").header("If-Match", etag(version));
        self.send(call.file(&picture)).await
    }

    pub async fn remove_logo(self, version: i64) -> Result<Company, ApiError> {
        self.send(Call::new(Method::DELETE, "/company/logo").header("If-Match", etag(version))).await
    }

    /// Whether the house waits for its first administrator.
    pub async fn is_empty_house(self) -> Result<bool, ApiError> {
        let setup: Setup = attempt(&Call::get("/setup"), None).await?.read()?;
        Ok(setup.open)
    }

    /// Becomes the first administrator, and signs in.
    pub async fn set_up(self, new: NewHouse) -> Result<(), ApiError> {
        let signed_in: SignedIn = attempt(&Call::post("/setup").json(&new), None).await?.read()?;
        self.keep(signed_in);
        Ok(())
    }

    /// Notes what the first run asks for next; nothing ends it.
    pub async fn set_setup_step(self, step: Option<SetupStep>) -> Result<(), ApiError> {
        let call = Call::new(Method::PUT, "/setup/step").json(&SetupProgress { step });
        self.send::<SetupProgress>(call).await.map(drop)
    }
}
