//! 郵便番号: what Japan Post's data says of a code.

/// One place of a postal code; a code may cover several, even in two prefectures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostalPlace {
    /// Seven digits.
    pub postal_code: String,
    /// Five digits, 全国地方公共団体コード.
    pub municipality_code: String,
    pub prefecture: String,
    pub city: String,
    /// Empty where the code stands for a whole city.
    pub town: String,
    pub prefecture_kana: String,
    pub city_kana: String,
    pub town_kana: String,
}
