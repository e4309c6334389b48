//! A row of `external_systems`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "external_systems")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub name_ja: String,
    pub name_en: String,
    pub template: String,
    pub covers: String,
    pub position: i32,
    pub active: bool,
}

impl ActiveModelBehavior for ActiveModel {}
