//! A row of `purchases`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "purchases")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub purchase_number: String,
    pub revision: i64,
    pub changed_at: chrono::DateTime<chrono::Utc>,
    pub read_at: chrono::DateTime<chrono::Utc>,
    pub customer_code: String,
    pub stock_number: Option<String>,
    pub store_code: String,
    pub staff_code: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub car: Json,
    pub grade: String,
    pub model_code: Option<String>,
    pub first_registration: Option<String>,
    pub inspection_expiry: Option<String>,
    pub purchased_on: String,
    pub delivered_on: Option<String>,
    pub owned_until: Option<String>,
    pub total: Option<i64>,
    pub payment: Option<String>,
    pub payments_end_on: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
