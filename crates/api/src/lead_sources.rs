//! 反響元.

use noren_domain::lead_source::{self, SourceCode};
use serde::{Deserialize, Serialize};
use validator::Validate;

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

/// A source as an administrator settles it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SettledSource {
    /// The stable key that leads and integrators name: small letters, digits and underscores.
    #[validate(length(max = 40))]
    #[cfg_attr(feature = "openapi", schema(max_length = 40, example = "carsensor"))]
    pub code: String,
    #[validate(length(max = 40))]
    #[cfg_attr(feature = "openapi", schema(max_length = 40, example = "カーセンサー"))]
    pub name_ja: String,
    #[validate(length(max = 40))]
    #[cfg_attr(feature = "openapi", schema(max_length = 40, example = "Carsensor"))]
    pub name_en: String,
    /// Within how many minutes a first answer is due: from 1 to 10080, a week.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 10080))]
    pub first_response_minutes: i32,
    /// Whether new leads may still name it.
    pub active: bool,
}

/// The master's rows, in the order in which they are shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LeadSourceList {
    #[validate(nested)]
    #[validate(length(max = 100))]
    #[cfg_attr(feature = "openapi", schema(max_items = 100))]
    pub sources: Vec<SettledSource>,
}

/// The whole master, with its version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeadSourceMaster {
    pub content: LeadSourceList,
    pub version: i64,
}

/// A change of the master, as a JSON Merge Patch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LeadSourceMasterEdit {
    #[validate(nested)]
    pub content: LeadSourceList,
}

impl LeadSourceList {
    /// The rows as the domain checks them, in their places.
    #[must_use]
    pub fn typed(&self) -> Vec<lead_source::LeadSource> {
        let row = |(position, source): (i32, SettledSource)| {
            let SettledSource { code, name_ja, name_en, first_response_minutes, active } = source;
            lead_source::LeadSource {
                code: SourceCode(code),
                name_ja,
                name_en,
                first_response_minutes,
                position,
                active,
            }
        };
        (1..).zip(self.sources.iter().cloned()).map(row).collect()
    }
}

impl From<lead_source::LeadSource> for SettledSource {
    fn from(source: lead_source::LeadSource) -> Self {
        let lead_source::LeadSource { code, name_ja, name_en, first_response_minutes, position: _, active } = source;
        Self { code: code.0, name_ja, name_en, first_response_minutes, active }
    }
}
