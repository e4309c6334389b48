//! The one row of `access_recording`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "access_recording")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub one: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub settings: Json,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
