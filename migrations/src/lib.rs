//! The schema of Noren, one file per change.
//!
//! Migrations are plain SQL in PostgreSQL's words; [`run`] swaps the few type names that SQLite spells otherwise. They
//! are never edited after landing, and old code must run on the new schema (expand, move, contract).

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

mod m0001_people;
mod m0002_sign_in;
mod m0003_audit;
mod m0004_idempotency;
mod m0005_lead_sources;
mod m0006_leads;
mod m0007_lead_search;
mod m0008_postal_codes;
mod m0009_api_client_names;
mod m0010_events;
mod m0011_forms;
mod m0012_mentions;
mod m0013_stores;
mod m0014_invitations;
mod m0015_pins;
mod m0016_outbox;
mod m0017_fresh_sign_in;
mod m0018_api_client_scopes;
mod m0019_access;
mod m0020_company;
mod m0021_master_versions;
mod m0022_second_factors;
mod m0023_tags;
mod m0024_erasures;
mod m0025_extreme;
mod m0026_stock;
mod m0027_customers;
mod m0028_extreme_staff;
mod m0029_customer_handles;
mod m0030_holds;
mod m0031_extreme_files;
mod m0032_extreme_folder;
mod m0033_customer_view;
mod m0034_external_systems;
mod m0035_outbox_pauses;
mod m0036_manual_entries;
mod m0037_correction_versions;

/// All migrations, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_people::Migration),
            Box::new(m0002_sign_in::Migration),
            Box::new(m0003_audit::Migration),
            Box::new(m0004_idempotency::Migration),
            Box::new(m0005_lead_sources::Migration),
            Box::new(m0006_leads::Migration),
            Box::new(m0007_lead_search::Migration),
            Box::new(m0008_postal_codes::Migration),
            Box::new(m0009_api_client_names::Migration),
            Box::new(m0010_events::Migration),
            Box::new(m0011_forms::Migration),
            Box::new(m0012_mentions::Migration),
            Box::new(m0013_stores::Migration),
            Box::new(m0014_invitations::Migration),
            Box::new(m0015_pins::Migration),
            Box::new(m0016_outbox::Migration),
            Box::new(m0017_fresh_sign_in::Migration),
            Box::new(m0018_api_client_scopes::Migration),
            Box::new(m0019_access::Migration),
            Box::new(m0020_company::Migration),
            Box::new(m0021_master_versions::Migration),
            Box::new(m0022_second_factors::Migration),
            Box::new(m0023_tags::Migration),
            Box::new(m0024_erasures::Migration),
            Box::new(m0025_extreme::Migration),
            Box::new(m0026_stock::Migration),
            Box::new(m0027_customers::Migration),
            Box::new(m0028_extreme_staff::Migration),
            Box::new(m0029_customer_handles::Migration),
            Box::new(m0030_holds::Migration),
            Box::new(m0031_extreme_files::Migration),
            Box::new(m0032_extreme_folder::Migration),
            Box::new(m0033_customer_view::Migration),
            Box::new(m0034_external_systems::Migration),
            Box::new(m0035_outbox_pauses::Migration),
            Box::new(m0036_manual_entries::Migration),
            Box::new(m0037_correction_versions::Migration),
        ]
    }
}

/// What the two databases call the same type. SQLite's names are those that its driver decodes by.
const SQLITE_TYPES: &[(&str, &str)] = &[
    (" UUID", " uuid_text"),
    (" TIMESTAMPTZ", " timestamp_with_timezone_text"),
    (" JSONB", " jsonb_text"),
    (" BYTEA", " blob"),
];

/// Runs SQL that both databases understand once their type names are in place.
async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let sql = match manager.get_database_backend() {
        DbBackend::Sqlite => SQLITE_TYPES.iter().fold(sql.to_owned(), |sql, (theirs, ours)| sql.replace(theirs, ours)),
        _ => sql.to_owned(),
    };
    manager.get_connection().execute_unprepared(&sql).await.map(|_| ())
}

/// Declares a migration that runs one piece of SQL on both databases.
macro_rules! migration {
    ($name:literal, $sql:expr) => {
        pub struct Migration;

        impl sea_orm_migration::MigrationName for Migration {
            fn name(&self) -> &'static str {
                $name
            }
        }

        #[async_trait::async_trait]
        impl sea_orm_migration::MigrationTrait for Migration {
            async fn up(
                &self,
                manager: &sea_orm_migration::SchemaManager,
            ) -> Result<(), sea_orm_migration::prelude::DbErr> {
                crate::run(manager, $sql).await
            }

            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }
        }
    };
}
use migration;
