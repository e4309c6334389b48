//! Whether a lead is a customer already.

use noren_domain::code::CustomerCode;
use noren_domain::customer::{MatchReason, MatchStrength};
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::CustomerRow;
use crate::extreme::Origin;

/// A customer whom a lead may be, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerMatch {
    pub customer: CustomerRow,
    pub strength: MatchStrength,
    /// What both have in common.
    pub reasons: Vec<MatchReason>,
}

/// The customers whom a lead may be. None is joined before a person says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerMatches {
    /// Whom a person has found them to be; `null` where nobody has, or where EXTREME has that customer no longer.
    pub linked: Option<CustomerRow>,
    /// The likeliest first, at most 10, without the one who is linked.
    pub items: Vec<CustomerMatch>,
    /// How many more there are whom the viewer may not see.
    pub elsewhere: u64,
    /// How old what is said of them is.
    pub origin: Origin,
}

/// Whom a lead is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkTo {
    pub customer_code: CustomerCode,
}
