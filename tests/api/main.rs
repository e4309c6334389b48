//! The behaviour of the real server on a real database, driven over HTTP as its users do.
//!
//! Runs on SQLite, or on PostgreSQL where `NOREN_TEST_POSTGRES_URL` names one; each test has a database of its own.

#![expect(clippy::unwrap_used, reason = "a broken harness stops the test, which is what it should do")]

mod harness;

mod account;
mod api_clients;
mod audit;
mod auth;
mod concurrency;
mod events;
mod examples;
mod forms;
mod fresh;
mod idempotency;
mod leads;
mod lock;
mod masters;
mod notes;
mod permissions;
mod privacy;
mod problems;
mod process;
mod scopes;
mod search;
mod server;
mod staff;
mod stores;
