//! 顧客: what finds them quickly, whom of them a lead is, 修正依頼, and who looked at them.
//!
//! A list walks `customers_find_idx` in its order and looks for words in it alone, without a look at each row. PostgreSQL has no such
//! index: entries of its indexes are limited in size, and it reads the table with several workers instead.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0027_customers"
    }
}

const BOTH: &str = "
    DROP INDEX purchases_inspection_idx;
    CREATE INDEX purchases_due_idx ON purchases (inspection_expiry, customer_code, purchase_number)
        WHERE owned_until IS NULL AND inspection_expiry IS NOT NULL;
    CREATE INDEX extreme_tombstones_merged_idx ON extreme_tombstones (merged_into) WHERE merged_into IS NOT NULL;

    ALTER TABLE leads ADD COLUMN customer_code TEXT CONSTRAINT leads_customer_erased_check
        CHECK (erased_at IS NULL OR customer_code IS NULL);
    CREATE INDEX leads_customer_idx ON leads (customer_code) WHERE customer_code IS NOT NULL;

    CREATE TABLE correction_requests (
        id UUID NOT NULL CONSTRAINT correction_requests_pkey PRIMARY KEY,
        customer_code TEXT NOT NULL CONSTRAINT correction_requests_customer_code_fkey
            REFERENCES customers (customer_code) ON DELETE CASCADE,
        staff_id UUID NOT NULL CONSTRAINT correction_requests_staff_id_fkey REFERENCES staff (id),
        wishes JSONB NOT NULL,
        note TEXT,
        requested_at TIMESTAMPTZ NOT NULL,
        outbox_message_id UUID NOT NULL,
        correction_number TEXT,
        outcome TEXT CONSTRAINT correction_requests_outcome_check CHECK (outcome IN ('accepted', 'refused')),
        decided_at TIMESTAMPTZ,
        reason TEXT,
        asked_at TIMESTAMPTZ
    );
    CREATE INDEX correction_requests_customer_idx ON correction_requests (customer_code, id);
    CREATE INDEX correction_requests_open_idx ON correction_requests (asked_at)
        WHERE correction_number IS NOT NULL AND outcome IS NULL;

    ALTER TABLE access_events ADD COLUMN customer_codes TEXT NOT NULL DEFAULT '';
";

const SQLITE: &str = "
    CREATE INDEX customers_find_idx ON customers (sort_key, customer_code, store_code, kind, staff_code, search_key);
    DROP INDEX customers_sort_idx;
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, BOTH).await?;
        if manager.get_database_backend() == DbBackend::Sqlite {
            crate::run(manager, SQLITE).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
