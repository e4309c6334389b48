//! 反響元.

use noren_domain::lead_source::SourceCode;
use serde::{Deserialize, Serialize};

/// Where leads come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeadSource {
    pub code: SourceCode,
    pub name_ja: String,
    pub name_en: String,
    /// Within how many minutes a first answer is due.
    pub first_response_minutes: i32,
    /// Whether new leads may still name it.
    pub active: bool,
}
