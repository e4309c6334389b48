//! A row of `stores`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "stores")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub created_at: chrono::DateTime<chrono::Utc>,
    pub version: i64,
    pub postal_code: Option<String>,
    pub prefecture: Option<String>,
    pub city: Option<String>,
    pub town: Option<String>,
    pub street: Option<String>,
    pub building: Option<String>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub phone: Option<Json>,
    #[sea_orm(column_type = "JsonBinary")]
    pub hours: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub holidays: Json,
    pub closed_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl ActiveModelBehavior for ActiveModel {}
