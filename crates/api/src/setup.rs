//! The first run.

use noren_domain::company::SetupStep;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Whether the house waits for its first administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Setup {
    pub open: bool,
}

/// The first administrator, by whoever read the code where the server was started.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewHouse {
    /// Hyphens, spaces, capitals and full-width letters do not matter.
    #[validate(length(min = 1, max = 100))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100, example = "H7KM-2QWX-9RTD-4NPC"))]
    pub code: String,
    #[validate(length(max = 60))]
    #[cfg_attr(feature = "openapi", schema(max_length = 60, example = "狩野 千恵子"))]
    pub name: String,
    /// In any script of kana.
    #[validate(length(max = 60))]
    #[cfg_attr(feature = "openapi", schema(max_length = 60, example = "カノウ チエコ"))]
    pub kana: String,
    /// The sign-in name.
    #[validate(length(max = 254))]
    #[cfg_attr(feature = "openapi", schema(max_length = 254, example = "kano@dealer.example"))]
    pub mail: String,
    /// 15 characters or more that are hard to guess.
    #[validate(length(min = 1, max = 256))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 256, format = Password))]
    pub password: String,
}

/// How far the first run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetupProgress {
    /// What is asked for next; nothing ends the first run.
    pub step: Option<SetupStep>,
}
