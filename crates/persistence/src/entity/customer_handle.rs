//! A row of `customer_handles`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_handles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_code: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub handle: String,
}

impl ActiveModelBehavior for ActiveModel {}
