//! A row of `forms`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "forms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub key: String,
    pub store_id: Uuid,
    pub source_code: String,
    pub name: String,
    pub language: String,
    pub title: String,
    pub intro: Option<String>,
    pub thanks: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub fields: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub origins: Json,
    pub consent: Option<String>,
    pub consent_version: i32,
    pub active: bool,
    pub created_at: chrono::DateTime<chrono::Utc>,
    pub updated_at: chrono::DateTime<chrono::Utc>,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
