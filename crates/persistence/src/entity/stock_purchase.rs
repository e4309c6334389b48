//! A row of `stock_purchases`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_purchases")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stock_purchase_number: String,
    pub revision: i64,
    pub changed_at: chrono::DateTime<chrono::Utc>,
    pub read_at: chrono::DateTime<chrono::Utc>,
    pub stock_number: String,
    pub channel: String,
    pub supplier: Option<String>,
    pub customer_code: Option<String>,
    pub staff_code: Option<String>,
    pub store_code: String,
    pub purchased_on: String,
    pub price: Option<i64>,
    pub transport: Option<i64>,
    pub reconditioning: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
