//! A row of `audit_events`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub chain: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
    pub at: chrono::DateTime<chrono::Utc>,
    pub actor: String,
    pub session_id: Option<Uuid>,
    pub action: String,
    pub subject: String,
    pub request_id: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub digests: Json,
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}
