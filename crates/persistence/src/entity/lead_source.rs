//! A row of `lead_sources`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_sources")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub name_ja: String,
    pub name_en: String,
    pub first_response_minutes: i32,
    pub position: i32,
    pub active: bool,
}

impl ActiveModelBehavior for ActiveModel {}
