//! A row of `maintenance_records`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "maintenance_records")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub record_number: String,
    pub revision: i64,
    pub changed_at: chrono::DateTime<chrono::Utc>,
    pub read_at: chrono::DateTime<chrono::Utc>,
    pub customer_code: String,
    pub store_code: String,
    pub staff_code: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub car: Json,
    pub kind: String,
    pub received_on: String,
    pub completed_on: Option<String>,
    pub odometer_km: Option<i32>,
    pub summary: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub lines: Json,
    pub total: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
