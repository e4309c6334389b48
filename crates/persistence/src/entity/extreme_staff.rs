//! A row of `extreme_staff`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "extreme_staff")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub staff_code: String,
    pub revision: i64,
    pub changed_at: chrono::DateTime<chrono::Utc>,
    pub read_at: chrono::DateTime<chrono::Utc>,
    #[sea_orm(column_type = "JsonBinary")]
    pub record: Json,
}

impl ActiveModelBehavior for ActiveModel {}
