//! A row of `holds`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "holds")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub stock_number: String,
    pub staff_id: Uuid,
    pub store_id: Uuid,
    pub lead_id: Option<Uuid>,
    pub state: String,
    pub hours: i32,
    pub requested_at: chrono::DateTime<chrono::Utc>,
    pub expires_at: Option<chrono::DateTime<chrono::Utc>>,
    pub wanted_until: Option<chrono::DateTime<chrono::Utc>>,
    pub extreme_hold_id: Option<String>,
    pub extreme_revision: Option<i64>,
    pub heard_at: Option<chrono::DateTime<chrono::Utc>>,
    pub ended_at: Option<chrono::DateTime<chrono::Utc>>,
    pub loss: Option<String>,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
