//! 在庫 on the wire. EXTREME masters it; what is answered says how old it is.

mod filter;
mod wanted;

use chrono::{DateTime, NaiveDate, Utc};
use noren_domain::code::{StockNumber, StoreCode};
use noren_domain::hold::HoldState;
use noren_domain::vehicle::{
    BodyType, Build, Condition, FirstRegistration, FuelType, History, Identity, InspectionStatus, Offer, StockStatus,
};
use noren_domain::{StaffId, StoreId, Yen};
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::extreme::Origin;
pub use filter::{
    ComparedVehicles, Counted, CountedBodyType, MOST_COMPARED, NewSavedFilter, SavedFilter, SavedFilterEdit, StockPart,
    TotalBand, VehicleFilter, VehicleOverview, VehicleSort,
};
pub use wanted::{InterestedLead, InterestedLeads, WantedVehicle, WantedVehicles};

/// A vehicle as a card or a row of the stock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VehicleRow {
    pub stock_number: StockNumber,
    pub store_code: StoreCode,
    /// The store of that code; `null` where Noren knows none.
    pub store_id: Option<StoreId>,
    pub status: StockStatus,
    pub condition: Condition,
    pub maker: String,
    pub model_name: String,
    pub grade: String,
    pub body_type: BodyType,
    pub body_color: String,
    pub fuel_type: Option<FuelType>,
    pub first_registration: Option<FirstRegistration>,
    pub odometer_km: u32,
    /// 修復歴
    pub repair_history: bool,
    pub inspection_status: InspectionStatus,
    pub inspection_expiry: Option<NaiveDate>,
    /// 車両価格 with consumption tax, in yen.
    pub vehicle_price: Option<Yen>,
    /// 支払総額, in yen.
    pub advertised_total: Option<Yen>,
    pub listed_on: Option<NaiveDate>,
    /// The last change of 支払総額, if it was a cut of the last 30 days.
    pub price_cut: Option<PriceCut>,
    pub hold: Option<VehicleHold>,
    /// The first picture; `null` where there is none yet.
    pub photo: Option<VehiclePhoto>,
    /// How many pictures there are.
    pub photos: u32,
}

/// 値下げ
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PriceCut {
    /// By so many yen.
    pub by: Yen,
    /// When EXTREME changed it.
    pub at: DateTime<Utc>,
}

/// 仮押さえ that is on a vehicle, as Noren or EXTREME knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VehicleHold {
    pub staff_name: String,
    /// Of Noren, where EXTREME's code names one.
    pub staff_id: Option<StaffId>,
    pub store_code: StoreCode,
    /// `requested` where it was asked for in Noren and EXTREME has not answered: nobody may promise the car.
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub state: HoldState,
    pub expires_at: DateTime<Utc>,
    /// How many wait behind.
    pub waiting: u32,
}

/// Whether a vehicle is to be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Availability {
    pub stock_number: StockNumber,
    /// Whether nobody has it and it is for sale.
    pub is_available: bool,
    pub status: StockStatus,
    /// Who has it; not told to integrators.
    pub hold: Option<VehicleHold>,
    pub origin: Origin,
}

/// One picture of a vehicle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VehiclePhoto {
    /// EXTREME's name for it, which never names another.
    pub photo_id: String,
    pub caption: Option<String>,
    /// Where the small one is, at most 480 pixels wide and high: an address of this server that asks for no token, so that an `<img>`
    /// shows it as it is. Once it was fetched from EXTREME it is `/photos/{sha256}`, for ever the same; until then one that is
    /// signed by the server, good for a day or two, and leads on to it. Where it answers 404 there is no such picture.
    pub small: String,
    /// Where the large one is, at most 1600 pixels wide and high; an address of the same kind.
    pub large: String,
}

/// How large a picture is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PhotoSize {
    /// At most 480 pixels wide and high.
    #[default]
    Small,
    /// At most 1600 pixels wide and high.
    Large,
}

/// Which of a picture's sizes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct VehiclePhotoQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub size: Option<PhotoSize>,
}

/// A vehicle with everything that the viewer may see of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Vehicle {
    pub stock_number: StockNumber,
    pub store_code: StoreCode,
    /// The store of that code; `null` where Noren knows none.
    pub store_id: Option<StoreId>,
    pub status: StockStatus,
    pub condition: Condition,
    pub identity: Identity,
    pub build: Build,
    pub history: History,
    pub offer: Offer,
    pub photos: Vec<VehiclePhoto>,
    pub hold: Option<VehicleHold>,
    /// 仕入原価, in yen. Not there at all for whom it is not meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purchase_cost: Option<Yen>,
    /// 在庫日数 today.
    pub days_listed: Option<u32>,
    /// How it was offered, the first state first; nothing while a customer looks.
    pub changes: Vec<VehicleChange>,
    /// When EXTREME changed it last; `null` while a customer looks.
    pub changed_at: Option<DateTime<Utc>>,
    pub origin: Origin,
}

/// A state of a vehicle as it was offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VehicleChange {
    pub at: DateTime<Utc>,
    pub status: StockStatus,
    /// 支払総額, in yen.
    pub advertised_total: Option<Yen>,
}
