//! A row of `extreme_column_maps`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "extreme_column_maps")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub choices: Json,
    pub whole_stock: bool,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
