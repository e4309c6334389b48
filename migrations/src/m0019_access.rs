//! Who looked at personal data, what of that is recorded, the walks over the audit chains, and the audit's filters.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

pub struct Migration;

/// What an act is about stands before the dot of its name.
const SQLITE_AREA: &str = "
    CREATE INDEX audit_events_area_idx ON audit_events (substr(action, 1, instr(action, '.') - 1), at, chain, sequence);
";

const POSTGRES_AREA: &str = "
    CREATE INDEX audit_events_area_idx ON audit_events (split_part(action, '.', 1), at, chain, sequence);
";

/// `subjects` holds the ids that were seen, 16 bytes each: a third of what they take as text.
const TABLES: &str = "
    CREATE INDEX audit_events_actor_idx ON audit_events (actor, at, chain, sequence);
    CREATE INDEX audit_events_action_idx ON audit_events (action, at, chain, sequence);
    CREATE INDEX audit_events_chain_idx ON audit_events (chain, at, sequence);
    CREATE TABLE access_events (
        id UUID NOT NULL CONSTRAINT access_events_pkey PRIMARY KEY,
        at TIMESTAMPTZ NOT NULL,
        actor TEXT NOT NULL,
        session_id UUID,
        device TEXT,
        kind TEXT NOT NULL,
        subjects BYTEA NOT NULL,
        seen BIGINT NOT NULL,
        unattended BOOLEAN NOT NULL,
        request_id TEXT
    );
    CREATE INDEX access_events_at_idx ON access_events (at, id);
    CREATE INDEX access_events_actor_idx ON access_events (actor, at, id);
    CREATE INDEX access_events_kind_idx ON access_events (kind, at, id);
    CREATE TABLE access_recording (
        one INTEGER NOT NULL CONSTRAINT access_recording_pkey PRIMARY KEY
            CONSTRAINT access_recording_one CHECK (one = 1),
        settings JSONB NOT NULL,
        version BIGINT NOT NULL
    );
    INSERT INTO access_recording (one, settings, version) VALUES (1, '{}', 1);
    CREATE TABLE audit_verifications (
        id UUID NOT NULL CONSTRAINT audit_verifications_pkey PRIMARY KEY,
        asked_at TIMESTAMPTZ NOT NULL,
        asked_by TEXT NOT NULL,
        state TEXT NOT NULL,
        entries BIGINT NOT NULL,
        checked BIGINT NOT NULL,
        chains JSONB NOT NULL,
        attempts INTEGER NOT NULL,
        lease_until TIMESTAMPTZ,
        finished_at TIMESTAMPTZ
    );
    CREATE INDEX audit_verifications_state_idx ON audit_verifications (state);
";

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0019_access"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = manager.get_database_backend() == DbBackend::Sqlite;
        crate::run(manager, if sqlite { SQLITE_AREA } else { POSTGRES_AREA }).await?;
        crate::run(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
