//! A row of `sessions`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub staff_id: Uuid,
    pub device: String,
    pub created_at: chrono::DateTime<chrono::Utc>,
    pub last_seen_at: chrono::DateTime<chrono::Utc>,
    pub expires_at: chrono::DateTime<chrono::Utc>,
    pub ended_at: Option<chrono::DateTime<chrono::Utc>>,
    pub tablet: Option<Vec<u8>>,
    pub locked_at: Option<chrono::DateTime<chrono::Utc>>,
    pub wrong_pins: i32,
    pub authenticated_at: Option<chrono::DateTime<chrono::Utc>>,
    pub customer_view_since: Option<chrono::DateTime<chrono::Utc>>,
    pub customer_view_lead_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
