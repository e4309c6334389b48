//! The conductor: routes, use cases, sign-in, jobs and configuration of the binary `noren`.
//!
//! A handler extracts, decides by `domain`, saves by `persistence` and answers; it holds no SQL and no arithmetic on money.

mod access;
pub mod admin;
mod api_clients;
pub mod app;
mod audit;
mod auth;
mod body;
pub mod clock;
pub mod command;
mod company;
pub mod config;
mod csp_reports;
mod cursor;
mod deadline;
mod demo;
mod docs;
mod exports;
mod extract;
mod files;
mod forms;
mod frame;
mod health;
mod idempotency;
mod jobs;
mod lasting;
mod lead_sources;
mod leads;
mod limits;
mod live;
pub mod logging;
mod masters;
mod me;
mod method;
pub mod openapi;
mod outbox;
mod patch_schema;
pub mod permissions;
mod pictures;
mod postal_codes;
mod postal_data;
pub mod problem;
mod seats;
pub mod secrets;
mod seed;
mod spa;
mod staff;
mod stores;
mod system;
mod tags;
pub mod tls;
mod trust;

pub use auth::open_house;
pub use auth::password::hash as hash_password;
pub use problem::Error;
