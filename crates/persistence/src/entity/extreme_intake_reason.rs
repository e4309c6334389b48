//! A row of `extreme_intake_reasons`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "extreme_intake_reasons")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub intake_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i64,
    pub row_number: i64,
    pub heading: String,
    pub written: String,
    pub code: String,
}

impl ActiveModelBehavior for ActiveModel {}
