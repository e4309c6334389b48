//! A row of `wanted_vehicles`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "wanted_vehicles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub lead_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub stock_number: String,
    pub since: chrono::DateTime<chrono::Utc>,
    pub staff_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
