//! A row of `audit_verifications`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_verifications")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub asked_at: chrono::DateTime<chrono::Utc>,
    pub asked_by: String,
    pub state: String,
    pub entries: i64,
    pub checked: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub chains: Json,
    pub attempts: i32,
    pub lease_until: Option<chrono::DateTime<chrono::Utc>>,
    pub finished_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl ActiveModelBehavior for ActiveModel {}
