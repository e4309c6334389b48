//! A row of `access_events`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "access_events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: chrono::DateTime<chrono::Utc>,
    pub actor: String,
    pub session_id: Option<Uuid>,
    pub device: Option<String>,
    pub kind: String,
    pub subjects: Vec<u8>,
    /// By lines.
    pub customer_codes: String,
    pub seen: i64,
    pub unattended: bool,
    pub request_id: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
