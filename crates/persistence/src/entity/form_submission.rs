//! A row of `form_submissions`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "form_submissions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub form_id: Uuid,
    pub store_id: Uuid,
    pub key: String,
    pub state: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub suspicions: Json,
    pub content_type: String,
    pub raw: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub answers: Json,
    pub consent_version: Option<i32>,
    pub landing_page: Option<String>,
    pub referrer: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub campaign: Json,
    pub origin: Option<String>,
    pub network: String,
    pub received_at: chrono::DateTime<chrono::Utc>,
    pub settled_at: Option<chrono::DateTime<chrono::Utc>>,
    pub lead_id: Option<Uuid>,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
