//! タグ.

use noren_domain::TagId;
use noren_domain::tag::{self, Tone, TypedTag};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// A word by which the dealer marks leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tag {
    pub id: TagId,
    pub name: String,
    pub tone: Tone,
    /// Whether leads may still be given it.
    pub active: bool,
}

/// A tag as an administrator settles it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SettledTag {
    /// `null` for a new one, which gets its id from the server.
    #[serde(default)]
    pub id: Option<TagId>,
    /// As the dealer calls it; no two are called the same.
    #[validate(length(max = 20))]
    #[cfg_attr(feature = "openapi", schema(max_length = 20, example = "下取あり"))]
    pub name: String,
    pub tone: Tone,
    /// Whether leads may still be given it.
    pub active: bool,
}

/// The master's rows, in the order in which they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TagList {
    #[validate(nested)]
    #[validate(length(max = 100))]
    #[cfg_attr(feature = "openapi", schema(max_items = 100))]
    pub tags: Vec<SettledTag>,
}

/// The whole master, with its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TagMaster {
    pub content: TagList,
    pub version: i64,
}

/// A change of the master, as a JSON Merge Patch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TagMasterEdit {
    #[validate(nested)]
    pub content: TagList,
}

impl TagList {
    /// The rows as the domain checks them.
    #[must_use]
    pub fn typed(self) -> Vec<TypedTag> {
        let row = |SettledTag { id, name, tone, active }| TypedTag { id, name, tone, active };
        self.tags.into_iter().map(row).collect()
    }
}

impl From<tag::Tag> for SettledTag {
    fn from(tag: tag::Tag) -> Self {
        let tag::Tag { id, name, tone, position: _, active } = tag;
        Self { id: Some(id), name, tone, active }
    }
}

impl From<tag::Tag> for Tag {
    fn from(tag: tag::Tag) -> Self {
        let tag::Tag { id, name, tone, position: _, active } = tag;
        Self { id, name, tone, active }
    }
}
