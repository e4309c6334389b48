//! A row of `staff`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "staff")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub kana: String,
    pub mail: String,
    pub role: String,
    pub status: String,
    pub password_hash: Option<String>,
    pub created_at: chrono::DateTime<chrono::Utc>,
    pub version: i64,
    pub pin_hash: Option<String>,
    pub language: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
