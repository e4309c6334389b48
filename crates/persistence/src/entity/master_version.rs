//! A row of `master_versions`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "master_versions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub master: String,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
