//! フォーム, and what was sent through them.

use gloo_net::http::Method;
use noren_api::Page;
use noren_api::forms::{Form, FormContent, FormPreview, NewForm, Submission, SubmissionCounts, SubmissionFilter};
use noren_domain::{FormId, FormSubmissionId};
use serde_json::Value;

use super::leads::etag;
use super::{Api, ApiError, Call};

impl Api {
    pub async fn list_forms(self) -> Result<Vec<Form>, ApiError> {
        self.every("/forms").await
    }

    pub async fn get_form(self, id: FormId) -> Result<Form, ApiError> {
        self.send(Call::get(format!("/forms/{id}"))).await
    }

    pub async fn create_form(self, content: FormContent, key: String) -> Result<Form, ApiError> {
        self.send(Call::post("/forms").header("Idempotency-Key", key).json(&NewForm { content })).await
    }

    /// Sends the changed members of a form that was seen in this version.
    pub async fn edit_form(self, id: FormId, version: i64, patch: Value) -> Result<Form, ApiError> {
        let call = Call::new(Method::PATCH, format!("/forms/{id}")).header("If-Match", etag(version));
        self.send(call.body("application/merge-patch+json", &patch)).await
    }

    /// The page as it would be.
    pub async fn preview_form(self, content: FormContent) -> Result<FormPreview, ApiError> {
        self.send(Call::post("/form-previews").json(&content)).await
    }

    pub async fn list_submissions(self, filter: SubmissionFilter) -> Result<Page<Submission>, ApiError> {
        self.send(Call::get("/form-submissions").query(&filter)).await
    }

    pub async fn count_submissions(self) -> Result<SubmissionCounts, ApiError> {
        self.send(Call::get("/form-submission-counts")).await
    }

    pub async fn accept_submission(self, id: FormSubmissionId, key: String) -> Result<Submission, ApiError> {
        self.settle_submission(id, "accept", key).await
    }

    pub async fn dismiss_submission(self, id: FormSubmissionId, key: String) -> Result<Submission, ApiError> {
        self.settle_submission(id, "dismiss", key).await
    }

    async fn settle_submission(self, id: FormSubmissionId, act: &str, key: String) -> Result<Submission, ApiError> {
        self.send(Call::post(format!("/form-submissions/{id}/{act}")).header("Idempotency-Key", key)).await
    }
}
