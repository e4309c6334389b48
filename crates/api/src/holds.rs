//! 仮押さえ: who has a car, who asked for it, and who waits.

use chrono::{DateTime, Utc};
use noren_domain::code::StockNumber;
use noren_domain::hold::{HoldLoss, HoldState, Keeper};
use noren_domain::{HoldId, LeadId, StaffId, StoreId};
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::page::MAX_LIMIT;

/// A claim on one car.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hold {
    pub id: HoldId,
    pub stock_number: StockNumber,
    /// What the car is called; `null` where it is not there any more.
    pub vehicle_title: Option<String>,
    /// Who placed it.
    pub staff_id: StaffId,
    pub staff_name: Option<String>,
    /// Whether that is the caller.
    pub is_own: bool,
    /// For which store.
    pub store_id: StoreId,
    /// For whom, if the caller sees that lead.
    pub lead_id: Option<LeadId>,
    pub lead_name: Option<String>,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub state: HoldState,
    /// Who keeps the car while it is `held`: `noren` where there is no EXTREME.
    pub kept_by: Option<Keeper>,
    /// How many are before it while it is `queued`.
    pub position: Option<u32>,
    /// For how long, from when its turn comes.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 72))]
    pub hours: u8,
    pub requested_at: DateTime<Utc>,
    /// Until when the car is kept; only wished while it is `requested`.
    pub expires_at: Option<DateTime<Utc>>,
    /// Until when it is to last, as long as EXTREME has not said so.
    pub wanted_until: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    /// Why it was `lost`.
    pub loss: Option<HoldLoss>,
    /// What the caller may do with it.
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub allowed: HoldAllowed,
    pub version: i64,
}

/// What the caller may do with a hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HoldAllowed {
    pub extend: bool,
    pub release: bool,
}

/// The claims on one car, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HoldLine {
    pub items: Vec<Hold>,
    /// How often anything has changed about the car's claims: a line that is as it was may have been another one meanwhile.
    #[cfg_attr(feature = "openapi", schema(minimum = 0))]
    pub changes: i64,
}

/// A claim that is wished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewHold {
    /// For how long.
    #[validate(range(min = 1, max = 72))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 72, example = 24))]
    pub hours: u8,
    /// For whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_id: Option<LeadId>,
}

/// How long a hold is to last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HoldExtension {
    /// From now.
    #[validate(range(min = 1, max = 72))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 72, example = 24))]
    pub hours: u8,
}

/// Which holds to list.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct HoldFilter {
    /// Everybody's for this lead, instead of the caller's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_id: Option<LeadId>,
    /// `true` for those that stand in a car's list, `false` for those that are over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    /// The cursor of the page before.
    #[validate(length(max = 1000))]
    #[cfg_attr(feature = "openapi", param(max_length = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    #[validate(range(min = 1, max = "MAX_LIMIT"))]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}
