//! The row of `company`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "company")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub name: String,
    pub kana: Option<String>,
    pub trade_name: Option<String>,
    pub postal_code: Option<String>,
    pub prefecture: Option<String>,
    pub city: Option<String>,
    pub town: Option<String>,
    pub street: Option<String>,
    pub building: Option<String>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub phone: Option<Json>,
    pub invoice_number: Option<String>,
    pub language: String,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub logo: Option<Json>,
    pub setup_step: Option<String>,
    pub setup_code: Option<Vec<u8>>,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
