//! Which customers are listed, and in which order.

use noren_domain::customer::CustomerKind;
use noren_domain::{StaffId, StoreId};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// In which order customers are listed; every order ends in the customer code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CustomerSort {
    /// By reading, あ to ん.
    #[default]
    Kana,
    /// By the next 車検, the earliest first; those alone who have a car of which it is known.
    Inspection,
}

/// Which customers to list. Parameters that are not named here are refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct CustomerFilter {
    /// Parts of name, reading, phone, mail, place or customer code, separated by spaces; from one character on.
    #[validate(length(max = 100))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(max_length = 100))]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store_id: Option<StoreId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub kind: Option<CustomerKind>,
    /// Whom a colleague looks after, by the colleague's code of EXTREME.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff_id: Option<StaffId>,
    /// With a car whose 車検 ends within so many months, or has ended.
    #[validate(range(min = 1, max = 36))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 36))]
    pub inspection_within: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub sort: Option<CustomerSort>,
    /// The cursor of the page before; it belongs to this filter and order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    #[validate(range(min = 1, max = "crate::page::MAX_LIMIT"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u64>,
}
