//! A row of `sales`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sales")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub sale_number: String,
    pub revision: i64,
    pub changed_at: chrono::DateTime<chrono::Utc>,
    pub read_at: chrono::DateTime<chrono::Utc>,
    pub stock_number: String,
    pub customer_code: Option<String>,
    pub staff_code: String,
    pub store_code: String,
    pub contract_number: Option<String>,
    pub channel: String,
    pub payment: Option<String>,
    pub sold_on: String,
    pub delivered_on: Option<String>,
    pub cancelled_on: Option<String>,
    pub vehicle_price: i64,
    pub options: i64,
    pub fees: i64,
    pub discount: i64,
    pub trade_in: i64,
    pub total: i64,
    pub cost: Option<i64>,
    pub gross_profit: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
