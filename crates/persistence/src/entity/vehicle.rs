//! A row of `vehicles`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "vehicles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stock_number: String,
    pub revision: i64,
    pub changed_at: chrono::DateTime<chrono::Utc>,
    pub read_at: chrono::DateTime<chrono::Utc>,
    pub store_code: String,
    pub status: String,
    pub for_sale: bool,
    pub condition: String,
    pub maker: String,
    pub model_name: String,
    pub chassis_number: Option<String>,
    pub body_type: String,
    pub fuel_type: Option<String>,
    pub first_registration: Option<String>,
    pub odometer_km: i32,
    pub repair_history: bool,
    pub inspection_expiry: Option<String>,
    pub vehicle_price: Option<i64>,
    pub advertised_total: Option<i64>,
    pub listed_on: Option<String>,
    pub purchase_cost: Option<i64>,
    pub search_key: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub identity: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub build: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub history: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub offer: Json,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub hold: Option<Json>,
}

impl ActiveModelBehavior for ActiveModel {}
