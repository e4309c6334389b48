//! 外部連携コード.

use noren_domain::external_system::{self, Covers, SystemKey, TypedSystem};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Another system that the dealer works with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExternalSystem {
    pub key: SystemKey,
    pub name_ja: String,
    pub name_en: String,
    pub covers: Covers,
    /// Whether it is shown.
    pub active: bool,
}

/// A system as an administrator settles it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SettledSystem {
    /// The stable key that codes and integrators name: small letters, digits and underscores.
    #[validate(length(max = 40))]
    #[cfg_attr(feature = "openapi", schema(max_length = 40, example = "goonet"))]
    pub key: String,
    #[validate(length(max = 40))]
    #[cfg_attr(feature = "openapi", schema(max_length = 40, example = "グーネット"))]
    pub name_ja: String,
    #[validate(length(max = 40))]
    #[cfg_attr(feature = "openapi", schema(max_length = 40, example = "Goonet"))]
    pub name_en: String,
    /// An address that begins with `https://` and a fixed host, with `{code}`, for vehicles also `{stock_number}` and for customers
    /// `{customer_code}` in what follows. What is put in is percent-encoded.
    #[validate(length(max = 500))]
    #[cfg_attr(feature = "openapi", schema(max_length = 500, example = "https://example.jp/cars/{code}"))]
    pub template: String,
    pub covers: Covers,
    /// Whether it is shown.
    pub active: bool,
}

/// The master's rows, in the order in which they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExternalSystemList {
    #[validate(nested)]
    #[validate(length(max = 30))]
    #[cfg_attr(feature = "openapi", schema(max_items = 30))]
    pub systems: Vec<SettledSystem>,
}

/// The whole master, with its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExternalSystemMaster {
    pub content: ExternalSystemList,
    pub version: i64,
}

/// A change of the master, as a JSON Merge Patch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExternalSystemMasterEdit {
    #[validate(nested)]
    pub content: ExternalSystemList,
}

/// A system that knows a car or a customer, or may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExternalLink {
    pub system_key: SystemKey,
    pub name_ja: String,
    pub name_en: String,
    /// What the system calls it; `null` until somebody has told it.
    pub code: Option<String>,
    /// Where the system has it; `null` while the address wants a code that nobody has told.
    pub url: Option<String>,
}

/// What a system calls a car or a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExternalCode {
    #[validate(length(min = 1, max = 100))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100, example = "700102938"))]
    pub code: String,
}

impl ExternalSystemList {
    /// The rows as the domain checks them.
    #[must_use]
    pub fn typed(self) -> Vec<TypedSystem> {
        let row = |SettledSystem { key, name_ja, name_en, template, covers, active }| TypedSystem {
            key,
            name_ja,
            name_en,
            template,
            covers,
            active,
        };
        self.systems.into_iter().map(row).collect()
    }
}

impl From<external_system::ExternalSystem> for SettledSystem {
    fn from(system: external_system::ExternalSystem) -> Self {
        let external_system::ExternalSystem { key, name_ja, name_en, template, covers, position: _, active } = system;
        Self { key: key.into(), name_ja, name_en, template, covers, active }
    }
}
