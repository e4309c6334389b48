//! フォーム: what an administrator settles, what the public sees and sends, and what was held for a person.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use noren_domain::form::{Answers, FormField, Input, SubmissionState, Suspicion, Visit};
use noren_domain::language::Language;
use noren_domain::lead_source::SourceCode;
use noren_domain::{FormId, FormSubmissionId, LeadId, StoreId};
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::page::MAX_LIMIT;

/// What a person settles about a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FormContent {
    /// Where its leads go.
    pub store_id: StoreId,
    /// A key of `lead-sources`.
    #[validate(length(min = 1, max = 40))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 40, example = "own_site"))]
    pub source_code: String,
    /// What the dealer calls it; the public does not see it.
    #[validate(length(max = 60))]
    #[cfg_attr(feature = "openapi", schema(max_length = 60, example = "自社HP"))]
    pub name: String,
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub language: Language,
    #[validate(length(max = 100))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100, example = "お問い合わせ"))]
    pub title: String,
    #[validate(length(max = 1000))]
    #[cfg_attr(feature = "openapi", schema(max_length = 1000))]
    #[serde(default)]
    pub intro: Option<String>,
    /// What is shown when it was sent.
    #[validate(length(max = 1000))]
    #[cfg_attr(feature = "openapi", schema(max_length = 1000))]
    #[serde(default)]
    pub thanks: Option<String>,
    /// What it asks for, in order.
    #[validate(length(max = 11))]
    #[cfg_attr(feature = "openapi", schema(max_items = 11, example = json!([{"kind": "name", "required": true}, {"kind": "phone", "required": true}])))]
    pub fields: Vec<FormField>,
    /// The sites that may embed it or send to it, such as `https://www.dealer.example`.
    #[validate(length(max = 20))]
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
    #[serde(default)]
    pub origins: Vec<String>,
    /// What the person agrees to by a check mark; without words there is no check mark.
    #[validate(length(max = 4000))]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    #[serde(default)]
    pub consent: Option<String>,
    /// Whether it takes submissions.
    pub active: bool,
}

/// A new form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewForm {
    #[validate(nested)]
    pub content: FormContent,
}

/// A change of a form, as a JSON Merge Patch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FormEdit {
    #[validate(nested)]
    pub content: FormContent,
}

/// A form as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Form {
    pub id: FormId,
    /// What its public addresses say.
    pub key: String,
    /// The page that shows it.
    pub url: String,
    /// The line that embeds it in a page of its sites.
    pub embed: String,
    pub content: FormContent,
    /// Counts up when the consent's words change.
    pub consent_version: i32,
    pub updated_at: DateTime<Utc>,
    pub version: i64,
}

/// How a form would look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormPreview {
    /// A whole page.
    pub html: String,
}

/// A form as the public sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormDescription {
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub language: Language,
    pub title: String,
    pub intro: Option<String>,
    pub fields: Vec<AskedField>,
    pub consent: Option<Consent>,
    /// Goes back with the submission, and shows when the form was opened.
    pub ticket: String,
}

/// One field with the inputs that it is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskedField {
    pub label: String,
    pub required: bool,
    pub inputs: Vec<AskedInput>,
}

/// One input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskedInput {
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub name: Input,
    pub label: String,
    /// The most characters that it takes.
    pub longest: usize,
}

/// What a person agrees to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Consent {
    pub text: String,
    pub version: i32,
}

/// What is sent through a form, by a page of one of its sites.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct NewSubmission {
    /// From the form's description.
    #[validate(length(max = 400))]
    #[cfg_attr(feature = "openapi", schema(max_length = 400))]
    pub ticket: Option<String>,
    /// By the names of the inputs.
    #[cfg_attr(feature = "openapi", schema(example = json!({"name": "渡邉 高志", "phone": "090-1234-5678"})))]
    pub answers: BTreeMap<String, String>,
    /// Whether the words of consent were agreed to.
    #[cfg_attr(feature = "openapi", schema(example = true))]
    pub consent: bool,
    /// Stays empty: people do not see it.
    #[validate(length(max = 400))]
    #[cfg_attr(feature = "openapi", schema(max_length = 400))]
    pub website: Option<String>,
    /// The page on which the form stood.
    #[validate(length(max = 2000))]
    #[cfg_attr(feature = "openapi", schema(max_length = 2000))]
    pub landing_page: Option<String>,
    /// The page before that one.
    #[validate(length(max = 2000))]
    #[cfg_attr(feature = "openapi", schema(max_length = 2000))]
    pub referrer: Option<String>,
    /// The parameters `utm_*`.
    pub campaign: BTreeMap<String, String>,
}

/// That a submission has arrived: the same for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Received {
    /// What to tell the person.
    pub thanks: String,
}

/// Which submissions to list, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct SubmissionFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub state: Option<SubmissionState>,
    /// The cursor of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    #[validate(range(min = 1, max = "MAX_LIMIT"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u64>,
}

/// What was sent through a form, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Submission {
    pub id: FormSubmissionId,
    pub form_id: FormId,
    /// What the form is called by now.
    pub form_name: String,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub state: SubmissionState,
    /// Why it was held; none for what opened a lead at once.
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub suspicions: Vec<Suspicion>,
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, String>))]
    pub answers: Answers,
    /// The words of consent that were agreed to.
    pub consent: Option<Consent>,
    pub visit: Visit,
    /// The site that sent it, where the browser said so.
    pub origin: Option<String>,
    /// The body as received.
    pub raw: String,
    pub received_at: DateTime<Utc>,
    pub lead_id: Option<LeadId>,
    pub version: i64,
}

/// How many submissions wait for a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubmissionCounts {
    pub held: u64,
}

impl From<noren_domain::form::FormContent> for FormContent {
    fn from(content: noren_domain::form::FormContent) -> Self {
        let noren_domain::form::FormContent {
            store_id,
            source: SourceCode(source_code),
            name,
            language,
            title,
            intro,
            thanks,
            fields,
            origins,
            consent,
            active,
        } = content;
        Self { store_id, source_code, name, language, title, intro, thanks, fields, origins, consent, active }
    }
}

impl From<FormContent> for noren_domain::form::FormContent {
    fn from(content: FormContent) -> Self {
        let FormContent {
            store_id,
            source_code,
            name,
            language,
            title,
            intro,
            thanks,
            fields,
            origins,
            consent,
            active,
        } = content;
        let source = SourceCode(source_code);
        Self { store_id, source, name, language, title, intro, thanks, fields, origins, consent, active }
    }
}
