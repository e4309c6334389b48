//! A row of `throttles`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "throttles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub policy: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    pub arrival: chrono::DateTime<chrono::Utc>,
    pub failures: i64,
}

impl ActiveModelBehavior for ActiveModel {}
