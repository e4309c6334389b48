//! 店舗.

use chrono::{DateTime, Utc};
use noren_domain::store::{Holiday, OpeningHours, TypedStore};
use noren_domain::{StoreId, contact, store};
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::leads::Address;

/// A showroom of the dealer, as lists name it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Store {
    pub id: StoreId,
    /// The code that EXTREME knows the store by.
    pub code: String,
    pub name: String,
    /// Whether it is closed for good; nothing new begins there.
    #[serde(default)]
    pub closed: bool,
}

/// Which stores to list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct StoreQuery {
    /// Any part of name or code, in any spelling.
    #[validate(length(max = 100))]
    #[cfg_attr(feature = "openapi", param(max_length = 100))]
    pub q: Option<String>,
}

/// What is left to do at a store before it closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoreUse {
    /// People who work there and have not retired.
    pub staff: u64,
    /// Leads that are still worked on.
    pub leads: u64,
    /// Forms that take inquiries.
    pub forms: u64,
}

/// What an administrator settles about a store.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct StoreProfile {
    /// The code that EXTREME knows the store by: letters, digits and hyphens.
    #[validate(length(max = 40))]
    #[cfg_attr(feature = "openapi", schema(max_length = 40, example = "003"))]
    pub code: String,
    #[validate(length(max = 60))]
    #[cfg_attr(feature = "openapi", schema(max_length = 60, example = "太田店"))]
    pub name: String,
    #[validate(nested)]
    pub address: Address,
    #[validate(length(max = 40))]
    #[cfg_attr(feature = "openapi", schema(max_length = 40))]
    pub phone: Option<String>,
    /// One entry for each day of the week on which the store is open; a day without one is 定休日. Times are Japan's, `24:00` is
    /// the end of the day.
    #[validate(length(max = 7))]
    #[cfg_attr(feature = "openapi", schema(max_items = 7,
        example = json!([{"weekday": "monday", "opens": "09:30", "closes": "18:30"}])))]
    pub hours: Vec<OpeningHours>,
    /// Days on which the store is closed beside its 定休日.
    #[validate(length(max = 200))]
    #[cfg_attr(feature = "openapi", schema(max_items = 200,
        example = json!([{"from": "2026-12-29", "to": "2027-01-03", "name": "年末年始"}])))]
    pub holidays: Vec<Holiday>,
}

/// A new store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewStore {
    #[validate(nested)]
    pub profile: StoreProfile,
}

/// A change of a store, as a JSON Merge Patch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StoreEdit {
    #[validate(nested)]
    pub profile: StoreProfile,
}

/// A store with everything that is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoreDetail {
    pub id: StoreId,
    pub profile: StoreProfile,
    /// Since when it is closed for good.
    #[serde(default)]
    pub closed_at: Option<DateTime<Utc>>,
    pub version: i64,
}

impl From<StoreProfile> for TypedStore {
    fn from(profile: StoreProfile) -> Self {
        let StoreProfile { code, name, address, phone, hours, holidays } = profile;
        Self { code, name, address: address.into(), phone, hours, holidays }
    }
}

/// As it was typed.
impl From<store::StoreProfile> for StoreProfile {
    fn from(profile: store::StoreProfile) -> Self {
        let store::StoreProfile { code, name, address, phone, hours, holidays } = profile;
        let contact::Address { postal_code, prefecture, city, town, street, building } = address;
        let address = Address { postal_code, prefecture, city, town, street, building };
        Self { code, name, address, phone: phone.map(|phone| phone.typed), hours, holidays }
    }
}
