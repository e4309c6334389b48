//! 郵便番号: the places a code stands for.

use serde::{Deserialize, Serialize};

/// One place of a postal code. A code may cover several, even in two prefectures; a person chooses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostalPlace {
    /// Seven digits.
    pub postal_code: String,
    pub prefecture: String,
    pub city: String,
    /// Empty where the code stands for a whole city.
    pub town: String,
    pub prefecture_kana: String,
    pub city_kana: String,
    pub town_kana: String,
}

/// The places of one postal code; empty for a code that Japan Post does not know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostalPlaces {
    pub items: Vec<PostalPlace>,
}
