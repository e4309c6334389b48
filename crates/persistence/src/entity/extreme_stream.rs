//! A row of `extreme_streams`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "extreme_streams")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream: String,
    pub cursor: Option<String>,
    pub whole: bool,
    pub read_at: Option<chrono::DateTime<chrono::Utc>>,
    pub changed_at: Option<chrono::DateTime<chrono::Utc>>,
    pub failed_at: Option<chrono::DateTime<chrono::Utc>>,
    pub failure: Option<String>,
    pub failures: i64,
    pub taken: i64,
    pub stale: i64,
    pub lease_holder: Option<Uuid>,
    pub lease_until: Option<chrono::DateTime<chrono::Utc>>,
    pub compared_at: Option<chrono::DateTime<chrono::Utc>>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub comparison: Option<Json>,
    pub file_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl ActiveModelBehavior for ActiveModel {}
