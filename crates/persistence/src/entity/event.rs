//! A row of `events`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub at: chrono::DateTime<chrono::Utc>,
    pub kind: String,
    pub store_id: Uuid,
    pub subject_id: Uuid,
    pub version: i64,
    pub staff_id: Option<Uuid>,
    #[sea_orm(column_type = "JsonBinary")]
    pub mentions: Json,
}

impl ActiveModelBehavior for ActiveModel {}
