//! A row of `extreme_tombstones`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "extreme_tombstones")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub revision: i64,
    pub deleted_at: chrono::DateTime<chrono::Utc>,
    pub merged_into: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
