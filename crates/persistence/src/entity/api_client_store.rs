//! A row of `api_client_stores`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "api_client_stores")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub api_client_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub store_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}
