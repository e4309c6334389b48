//! Which leads want which vehicles.

use chrono::{DateTime, Utc};
use noren_domain::code::StockNumber;
use noren_domain::lead::{LeadStatus, Temperature};
use noren_domain::{LeadId, StaffId, StoreId};
use serde::{Deserialize, Serialize};

use super::VehicleRow;
use crate::extreme::Origin;

/// Who looks at a vehicle, as the viewer may see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InterestedLead {
    pub lead_id: LeadId,
    pub name: Option<String>,
    pub company: Option<String>,
    pub status: LeadStatus,
    pub temperature: Option<Temperature>,
    pub store_id: StoreId,
    pub assignee_id: Option<StaffId>,
    /// When the vehicle was linked to them.
    pub since: DateTime<Utc>,
}

/// All who look at a vehicle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InterestedLeads {
    /// The last to be linked first, at most 100.
    pub items: Vec<InterestedLead>,
    /// How many more there are whom the viewer may not see.
    pub elsewhere: u64,
}

/// A vehicle that a lead wants, as it stands now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WantedVehicle {
    pub stock_number: StockNumber,
    /// `null` where EXTREME has it no longer.
    pub vehicle: Option<VehicleRow>,
    pub since: DateTime<Utc>,
    /// Who linked it; `null` for integrators.
    pub staff_id: Option<StaffId>,
}

/// The vehicles that a lead wants, the last to be linked first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WantedVehicles {
    pub items: Vec<WantedVehicle>,
    pub origin: Origin,
}
