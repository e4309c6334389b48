//! A row of `customers`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_code: String,
    pub revision: i64,
    pub changed_at: chrono::DateTime<chrono::Utc>,
    pub read_at: chrono::DateTime<chrono::Utc>,
    pub kind: String,
    pub name: String,
    pub kana: Option<String>,
    pub contact_name: Option<String>,
    pub birthday: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub phones: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub mails: Json,
    pub postal_code: Option<String>,
    pub prefecture: Option<String>,
    pub city: Option<String>,
    pub town: Option<String>,
    pub street: Option<String>,
    pub building: Option<String>,
    pub store_code: String,
    pub staff_code: Option<String>,
    pub since: String,
    pub sort_key: String,
    pub search_key: String,
}

impl ActiveModelBehavior for ActiveModel {}
