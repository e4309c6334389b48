//! A row of `leads`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "leads")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub store_id: Uuid,
    pub assignee_id: Option<Uuid>,
    pub status: String,
    pub source_code: String,
    pub name: Option<String>,
    pub kana: Option<String>,
    pub kana_typed: Option<String>,
    pub company: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub phones: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub mails: Json,
    pub postal_code: Option<String>,
    pub prefecture: Option<String>,
    pub city: Option<String>,
    pub town: Option<String>,
    pub street: Option<String>,
    pub building: Option<String>,
    pub wanted_maker: Option<String>,
    pub wanted_model: Option<String>,
    pub wanted_body_type: Option<String>,
    pub wanted_budget: Option<i64>,
    pub wanted_timing: Option<String>,
    pub temperature: Option<String>,
    pub note: Option<String>,
    pub customer_code: Option<String>,
    pub sort_key: String,
    pub search_key: String,
    pub received_at: chrono::DateTime<chrono::Utc>,
    pub first_responded_at: Option<chrono::DateTime<chrono::Utc>>,
    pub updated_at: chrono::DateTime<chrono::Utc>,
    pub erased_at: Option<chrono::DateTime<chrono::Utc>>,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
