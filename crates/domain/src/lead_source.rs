//! 反響元: the editable master of where leads come from.

use serde::{Deserialize, Serialize};

/// The stable key of a lead source, such as `carsensor`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct SourceCode(pub String);

/// One row of the master.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadSource {
    pub code: SourceCode,
    pub name_ja: String,
    pub name_en: String,
    /// Within how many minutes a first answer is due; the clock on the screens runs against it.
    pub first_response_minutes: i32,
    pub position: i32,
    /// Whether new leads may still name it.
    pub active: bool,
}
