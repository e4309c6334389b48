//! Reports of browsers about breaches of the content policy (Reporting API).

use serde::{Deserialize, Serialize};

/// One report. Browsers send more than this; the rest may hold personal data and is not read.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CspReport {
    /// Absent in reports that are about something else.
    pub body: Option<CspViolation>,
}

/// What was refused, and by which rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CspViolation {
    /// Such as `script-src-elem`.
    pub effective_directive: Option<String>,
    #[serde(rename = "blockedURL")]
    pub blocked_url: Option<String>,
}
