//! 個人情報アクセス記録: who looked at which personal data, and what of that is recorded.

use chrono::{DateTime, NaiveDate, Utc};
use noren_domain::AccessEventId;
use noren_domain::access::{AccessKind, AccessRecording as Settings};
use noren_domain::code::CustomerCode;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::audit_events::ExportFormat;

/// How many of the things that were seen a list names.
pub const NAMED: usize = 3;

/// One look at personal data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessEvent {
    pub id: AccessEventId,
    pub at: DateTime<Utc>,
    /// `staff:{id}` or `api_client:{id}`.
    pub actor: String,
    /// What the actor is called by now.
    pub actor_name: Option<String>,
    /// What the browser called itself; nothing for an integrator's key.
    pub device: Option<String>,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub kind: AccessKind,
    /// How many were seen; of an export, its entries.
    pub seen: u64,
    /// What was seen. A list names the first three, a single record all of them.
    pub subjects: Vec<AccessSubject>,
    /// The customers that were seen, as many as of `subjects`.
    #[serde(default)]
    pub customers: Vec<AccessCustomer>,
    /// Whether a screen asked by itself that nobody was touching.
    pub unattended: bool,
    pub request_id: Option<String>,
}

/// A lead that was seen, or a submission of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessSubject {
    pub id: Uuid,
    /// What it is called by now; nothing where it is gone or was erased.
    pub name: Option<String>,
    /// Whether its person was erased.
    pub erased: bool,
}

/// A customer of EXTREME who was seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessCustomer {
    pub customer_code: CustomerCode,
    /// What they are called by now; nothing where EXTREME has them no longer.
    pub name: Option<String>,
}

/// Which looks to list, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct AccessFilter {
    /// By one actor, such as `staff:{id}`.
    #[validate(length(max = 80))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub kind: Option<AccessKind>,
    /// The id of a lead or a submission that was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_id: Option<Uuid>,
    /// The code of a customer who was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_code: Option<CustomerCode>,
    /// The first day, in Japan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The last day, in Japan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// The cursor of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    #[validate(range(min = 1, max = "crate::page::MAX_LIMIT"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u64>,
}

/// Which looks to export; the same filter as the list's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct AccessExport {
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub format: ExportFormat,
    #[validate(length(max = 80))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    pub actor: Option<String>,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub kind: Option<AccessKind>,
    pub subject_id: Option<Uuid>,
    pub customer_code: Option<CustomerCode>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl AccessExport {
    /// The export of what a list shows.
    #[must_use]
    pub fn of(filter: AccessFilter, format: ExportFormat) -> Self {
        let AccessFilter { actor, kind, subject_id, customer_code, from, to, after: _, limit: _ } = filter;
        Self { format, actor, kind, subject_id, customer_code, from, to }
    }

    /// The list of what is exported.
    #[must_use]
    pub fn filter(&self) -> AccessFilter {
        let Self { format: _, actor, kind, subject_id, customer_code, from, to } = self.clone();
        AccessFilter { actor, kind, subject_id, customer_code, from, to, after: None, limit: None }
    }
}

/// What is recorded of looks at personal data, by kind. Exports always are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordingSettings {
    pub lead_detail: bool,
    pub lead_list: bool,
    pub lead_search: bool,
    pub timeline: bool,
    pub form_submission: bool,
    pub customer_detail: bool,
    pub customer_list: bool,
    pub customer_search: bool,
    /// Looks at the audit and at these records.
    pub records: bool,
    /// Whether what integrators read is recorded, each by its kind.
    pub api_clients: bool,
    /// After how many months a record is forgotten.
    #[validate(range(min = 1, max = "noren_domain::access::MAX_KEEP_MONTHS"))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 120))]
    pub keep_months: u32,
}

/// A change of what is recorded, as a JSON Merge Patch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordingEdit {
    #[validate(nested)]
    pub settings: RecordingSettings,
}

/// What is recorded, with the version that an edit is based on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessRecording {
    pub settings: RecordingSettings,
    pub version: i64,
}

impl From<Settings> for RecordingSettings {
    fn from(settings: Settings) -> Self {
        let Settings { lead_detail, lead_list, lead_search, timeline, form_submission, .. } = settings;
        let Settings { customer_detail, customer_list, customer_search, .. } = settings;
        let Settings { records, api_clients, keep_months, .. } = settings;
        Self {
            lead_detail,
            lead_list,
            lead_search,
            timeline,
            form_submission,
            customer_detail,
            customer_list,
            customer_search,
            records,
            api_clients,
            keep_months,
        }
    }
}

impl From<RecordingSettings> for Settings {
    fn from(settings: RecordingSettings) -> Self {
        let RecordingSettings { lead_detail, lead_list, lead_search, timeline, form_submission, .. } = settings;
        let RecordingSettings { customer_detail, customer_list, customer_search, .. } = settings;
        let RecordingSettings { records, api_clients, keep_months, .. } = settings;
        Self {
            lead_detail,
            lead_list,
            lead_search,
            timeline,
            form_submission,
            customer_detail,
            customer_list,
            customer_search,
            records,
            api_clients,
            keep_months,
        }
    }
}
