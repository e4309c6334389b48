//! What of the stock is listed, in which order, and what a filter finds.

use noren_domain::vehicle::BodyType;
use noren_domain::{SavedFilterId, Yen};
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::extreme::Origin;

/// In which order vehicles are listed; every order ends in the stock number, and what is unknown comes last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VehicleSort {
    /// Listed last first.
    #[default]
    Newest,
    /// Longest in stock first.
    Oldest,
    /// By 支払総額, the lowest first.
    Cheapest,
    /// By 支払総額, the highest first.
    Dearest,
    /// The shortest mileage first.
    Mileage,
    /// The latest 初度登録 first.
    Year,
}

/// Which part of the stock is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StockPart {
    /// What is, or will be, there for somebody to buy.
    #[default]
    ForSale,
    /// What somebody has bought.
    Sold,
    All,
}

/// Which vehicles to list. Parameters that are not named here are refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct VehicleFilter {
    /// Parts of stock number, chassis number, plate, maker, model, grade or colour, separated by spaces.
    #[validate(length(max = 100))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(max_length = 100))]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub part: Option<StockPart>,
    /// 支払総額 from so many yen on.
    #[validate(range(min = 0))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 0))]
    pub total_from: Option<i64>,
    /// 支払総額 up to so many yen.
    #[validate(range(min = 0))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 0))]
    pub total_to: Option<i64>,
    /// Body types, separated by commas.
    #[validate(length(max = 200))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        param(
            max_length = 200,
            example = "suv,minivan",
            pattern = "^((kei|compact|hatchback|sedan|wagon|minivan|suv|coupe|open|kei_van|van|truck|camper|other)(,(?!$)|$))*$"
        )
    )]
    pub body_types: Option<String>,
    /// Fuel types, separated by commas.
    #[validate(length(max = 200))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        param(
            pattern = "^((gasoline|diesel|lpg|hybrid|plug_in_hybrid|electric|fuel_cell)(,(?!$)|$))*$",
            max_length = 200,
            example = "hybrid,electric"
        )
    )]
    pub fuel_types: Option<String>,
    #[validate(length(max = 100))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(max_length = 100))]
    pub maker: Option<String>,
    #[validate(length(max = 100))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(max_length = 100))]
    pub model_name: Option<String>,
    /// No more than so many km.
    #[validate(range(max = 9_999_999))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 0, maximum = 9_999_999))]
    pub odometer_to: Option<u32>,
    /// First registered in this year or later.
    #[validate(range(min = 1950, max = 2100))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1950, maximum = 2100))]
    pub year_from: Option<i32>,
    /// With 車検 for so many months yet, at least.
    #[validate(range(max = 36))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 0, maximum = 36))]
    pub inspection_months: Option<u32>,
    /// `false` for those without 修復歴.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repair_history: Option<bool>,
    /// Ids of stores, separated by commas.
    #[validate(length(max = 2000))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        param(
            max_length = 2000,
            pattern = "^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(,(?!$)|$))*$"
        )
    )]
    pub store_ids: Option<String>,
    /// What another system calls it, exactly.
    #[validate(length(max = 100))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(max_length = 100))]
    pub external_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub sort: Option<VehicleSort>,
    /// The cursor of the page before; it belongs to this filter and order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    #[validate(range(min = 1, max = "crate::page::MAX_LIMIT"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u64>,
}

/// How many vehicles lie side by side at most.
pub const MOST_COMPARED: usize = 4;

/// Which vehicles to lay side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ComparedVehicles {
    /// Stock numbers, separated by commas; four at most.
    #[validate(length(min = 1, max = 200))]
    #[cfg_attr(
        feature = "openapi",
        param(
            min_length = 1,
            max_length = 200,
            example = "S-01042,S-00977",
            pattern = "^([A-Za-z0-9_-]{1,40}(,(?!$)|$)){1,4}$"
        )
    )]
    pub stock_numbers: String,
}

/// What a filter finds, without the vehicles themselves: for the head of the list and the choices that it offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VehicleOverview {
    /// How many vehicles the filter finds.
    pub found: u64,
    /// How many there are in that part of the stock.
    pub all: u64,
    /// How the 支払総額 of the part are spread, whatever budget the filter names.
    pub totals: Vec<TotalBand>,
    /// Makers of that part, those of most vehicles first.
    pub makers: Vec<Counted>,
    /// Models of the filter's maker, those of most vehicles first; none without a maker.
    pub models: Vec<Counted>,
    pub body_types: Vec<CountedBodyType>,
    pub origin: Origin,
}

/// A band of 支払総額 and how many vehicles lie in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TotalBand {
    /// From so many yen on.
    pub from: Yen,
    /// Below so many yen; `null` for the last band.
    pub below: Option<Yen>,
    pub vehicles: u64,
}

/// A word and how many vehicles have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counted {
    pub name: String,
    pub vehicles: u64,
}

/// A body type and how many vehicles have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CountedBodyType {
    pub body_type: BodyType,
    pub vehicles: u64,
}

/// A filter of the stock that a person keeps under a name. Nobody else sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedFilter {
    pub id: SavedFilterId,
    pub name: String,
    /// As the address of the list says it: the parameters of `GET /vehicles` without `after` and `limit`.
    pub query: String,
    pub version: i64,
}

/// A filter to keep; a person keeps 50 at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewSavedFilter {
    #[validate(length(min = 1, max = 40))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 40, example = "300万円までのミニバン"))]
    pub name: String,
    /// The parameters of `GET /vehicles` without `after` and `limit`.
    #[validate(length(max = 3000))]
    #[cfg_attr(feature = "openapi", schema(max_length = 3000, example = "total_to=3000000&body_types=minivan"))]
    pub query: String,
}

/// A change of a kept filter: a JSON Merge Patch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SavedFilterEdit {
    #[validate(length(min = 1, max = 40))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 40))]
    pub name: String,
    #[validate(length(max = 3000))]
    #[cfg_attr(feature = "openapi", schema(max_length = 3000))]
    pub query: String,
}
