//! Problem details (RFC 9457), the one shape of every 4xx and 5xx.

use serde::{Deserialize, Serialize};

/// What went wrong. `code` is stable and meant for programs; `title` and `detail` are for developers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The address of a page that explains the problem.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The request id, which support can find in the logs.
    pub instance: String,
    /// The stable key of the problem, such as `lead.closed`.
    pub code: String,
    /// Every broken field, where fields are the problem.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// The names of the spent quotas, on 429.
    #[serde(default, rename = "violated-policies", skip_serializing_if = "Vec::is_empty")]
    pub violated_policies: Vec<String>,
    /// On 412: the resource as it is now, so that a screen can show both versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub current: Option<serde_json::Value>,
}

/// One broken field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// The snake_case path that the form knows, such as `phones.1`; empty for the body as a whole.
    pub field: String,
    /// The stable key of the rule, such as `phone.length`.
    pub code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
}
