//! A row of `extreme_conflicts`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "extreme_conflicts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub staff_code: String,
    pub dispute: String,
    pub mark: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub theirs: Json,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub ours: Option<Json>,
    pub state: String,
    pub told_at: Option<chrono::DateTime<chrono::Utc>>,
    pub found_at: chrono::DateTime<chrono::Utc>,
    pub settled_at: Option<chrono::DateTime<chrono::Utc>>,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
