//! A row of `timeline_entries`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "timeline_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub lead_id: Uuid,
    pub at: chrono::DateTime<chrono::Utc>,
    pub staff_id: Option<Uuid>,
    pub api_client_id: Option<Uuid>,
    #[sea_orm(column_type = "JsonBinary")]
    pub event: Json,
}

impl ActiveModelBehavior for ActiveModel {}
