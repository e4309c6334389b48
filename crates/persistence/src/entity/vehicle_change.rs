//! A row of `vehicle_changes`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "vehicle_changes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stock_number: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision: i64,
    pub changed_at: chrono::DateTime<chrono::Utc>,
    pub status: String,
    pub advertised_total: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
