//! What is remembered: rows in, domain values out, on SQLite or PostgreSQL.
//!
//! Reads take a [`Db`] or a [`Tx`], writes only a [`Tx`]: what must be atomic cannot be called outside one. Entities never
//! leave this crate, and what is not found is `None`.

pub mod access;
pub mod api_clients;
pub mod audit;
pub mod audit_verifications;
pub mod bulk;
pub mod challenges;
pub mod company;
pub mod copies;
pub mod correction_requests;
pub mod customers;
mod db;
mod entity;
mod error;
pub mod events;
pub mod external_systems;
pub mod extreme;
pub mod extreme_column_maps;
pub mod extreme_conflicts;
pub mod extreme_folder;
pub mod extreme_intakes;
pub mod extreme_staff;
pub mod form_submissions;
pub mod forms;
pub mod holds;
pub mod idempotency;
pub mod inquiries;
pub mod invitations;
mod json;
mod lead_order;
pub mod lead_search;
pub mod lead_sources;
pub mod leads;
mod lease;
mod master_versions;
pub mod mentions;
pub mod notes;
pub mod outbox;
pub mod outbox_pauses;
mod page;
pub mod postal_codes;
pub mod saved_filters;
pub mod second_factors;
pub mod sessions;
pub mod snapshot;
pub mod staff;
pub mod stores;
pub mod tags;
pub mod throttles;
pub mod timeline;
mod vehicle_filter;
mod vehicle_order;
pub mod vehicle_photos;
pub mod vehicles;
pub mod wanted_vehicles;

pub use db::{About, Actor, Conn, Db, PoolState, Retriable, Settings, Tx};
pub use error::{Constraint, Error};
pub use page::{Page, PageRequest, Position};
