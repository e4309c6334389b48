//! A row of `vehicle_index`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "vehicle_index")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stock_number: String,
    pub revision: i64,
    pub part: String,
    pub store_code: String,
    pub maker: String,
    pub model_name: String,
    pub body_type: String,
    pub fuel_type: Option<String>,
    pub first_registration: Option<String>,
    pub odometer_km: i32,
    pub repair_history: bool,
    pub inspection_expiry: Option<String>,
    pub advertised_total: Option<i64>,
    pub listed_on: Option<String>,
    pub search_key: String,
}

impl ActiveModelBehavior for ActiveModel {}
