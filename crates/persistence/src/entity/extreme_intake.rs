//! A row of `extreme_intakes`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "extreme_intakes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub stream: String,
    pub file_name: String,
    pub origin: String,
    pub hash: String,
    pub size: i64,
    pub written_at: chrono::DateTime<chrono::Utc>,
    pub handed_in_at: chrono::DateTime<chrono::Utc>,
    pub handed_in_by: String,
    pub state: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub headings: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub first_rows: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub counts: Json,
    pub map_version: Option<i64>,
    pub repeats: Option<Uuid>,
    pub allowed_gone: Option<i64>,
    pub attempts: i32,
    pub lease_until: Option<chrono::DateTime<chrono::Utc>>,
    pub over_at: Option<chrono::DateTime<chrono::Utc>>,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
