//! The behaviour of the real server on a real database, driven over HTTP as its users do.
//!
//! Runs on SQLite, or on PostgreSQL where `NOREN_TEST_POSTGRES_URL` names one; each test has a database of its own.

#![expect(clippy::unwrap_used, reason = "a broken harness stops the test, which is what it should do")]

mod harness;

mod access;
mod account;
mod api_clients;
mod audit;
mod auth;
mod backup;
mod company;
mod concurrency;
mod customer_view;
mod customers;
mod erasure;
mod events;
mod examples;
mod external_systems;
mod extreme;
mod forms;
mod fresh;
mod holds;
mod idempotency;
mod leads;
mod lock;
mod masters;
mod notes;
mod outbox;
mod permissions;
mod privacy;
mod problems;
mod process;
mod races;
mod recovery;
mod scopes;
mod search;
mod second_factor;
mod seed;
mod server;
mod setup;
mod staff;
mod stock;
mod stores;
mod tags;
mod tls;
