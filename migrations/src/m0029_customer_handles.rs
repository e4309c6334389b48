//! By what customers are found again, as a table that costs little to fill: four rows for each of 200,000 customers.
//!
//! Rows go and come with their customer in one function, so that no key to `customers` has to be looked up for each of them; SQLite
//! keeps them in the order of their key alone.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0029_customer_handles"
    }
}

const POSTGRES: &str = "ALTER TABLE customer_handles DROP CONSTRAINT customer_handles_customer_code_fkey;";

const SQLITE: &str = "
    ALTER TABLE customer_handles RENAME TO customer_handles_before;
    DROP INDEX customer_handles_customer_idx;
    CREATE TABLE customer_handles (
        customer_code TEXT NOT NULL,
        kind TEXT NOT NULL,
        handle TEXT NOT NULL,
        CONSTRAINT customer_handles_pkey PRIMARY KEY (kind, handle, customer_code)
    ) WITHOUT ROWID;
    INSERT INTO customer_handles (customer_code, kind, handle)
        SELECT customer_code, kind, handle FROM customer_handles_before ORDER BY kind, handle, customer_code;
    CREATE INDEX customer_handles_customer_idx ON customer_handles (customer_code);
    DROP TABLE customer_handles_before;
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_sqlite = manager.get_database_backend() == DbBackend::Sqlite;
        crate::run(manager, if is_sqlite { SQLITE } else { POSTGRES }).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
