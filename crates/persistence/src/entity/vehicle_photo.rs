//! A row of `vehicle_photos`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "vehicle_photos")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub photo_id: String,
    pub small: Option<String>,
    pub large: Option<String>,
    pub refused_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl ActiveModelBehavior for ActiveModel {}
