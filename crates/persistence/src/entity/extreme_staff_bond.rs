//! A row of `extreme_staff_bonds`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "extreme_staff_bonds")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub staff_code: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub before: Json,
    pub refusal: Option<String>,
    pub refused_for: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
