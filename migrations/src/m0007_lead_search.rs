//! The index of single characters and bigrams over `leads.search_key`: FTS5 on SQLite, GIN on PostgreSQL.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0007_lead_search"
    }
}

/// FTS5 wants integer row ids, so a table gives each lead one.
const SQLITE: &str = "
    CREATE TABLE lead_search_ids (
        id INTEGER PRIMARY KEY,
        lead_id UUID NOT NULL UNIQUE REFERENCES leads (id) ON DELETE CASCADE
    );
    CREATE VIRTUAL TABLE lead_search USING fts5(tokens, content='', contentless_delete=1, detail=none);
    CREATE TRIGGER lead_search_ids_gone AFTER DELETE ON lead_search_ids BEGIN
        DELETE FROM lead_search WHERE rowid = OLD.id;
    END;
";

const POSTGRES: &str = "
    ALTER TABLE leads ADD COLUMN search_tokens TEXT[] NOT NULL DEFAULT '{}';
    CREATE INDEX leads_search_tokens_idx ON leads USING GIN (search_tokens);
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sql = if manager.get_database_backend() == DbBackend::Sqlite { SQLITE } else { POSTGRES };
        crate::run(manager, sql).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
