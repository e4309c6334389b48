//! A row of `outbox_pauses`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox_pauses")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub destination: String,
    pub paused_at: chrono::DateTime<chrono::Utc>,
    pub staff_id: Uuid,
    pub reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
