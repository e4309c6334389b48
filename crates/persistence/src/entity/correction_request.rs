//! A row of `correction_requests`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "correction_requests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub customer_code: String,
    pub staff_id: Uuid,
    #[sea_orm(column_type = "JsonBinary")]
    pub wishes: Json,
    pub note: Option<String>,
    pub requested_at: chrono::DateTime<chrono::Utc>,
    pub outbox_message_id: Uuid,
    pub correction_number: Option<String>,
    pub outcome: Option<String>,
    pub decided_at: Option<chrono::DateTime<chrono::Utc>>,
    pub reason: Option<String>,
    pub asked_at: Option<chrono::DateTime<chrono::Utc>>,
    pub entered_by: Option<Uuid>,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
