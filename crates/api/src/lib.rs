//! What is said on the wire: requests, answers, problems and pages.
//!
//! Plain data for browser, server and integrators alike. Shape rules (lengths, counts) are checked here by
//! [`validator::Validate`]; what a value means is `domain`'s business.

pub mod access_events;
pub mod api_clients;
pub mod audit_events;
pub mod auth;
pub mod company;
pub mod csp_reports;
pub mod customer_view;
pub mod customers;
pub mod events;
pub mod external_systems;
pub mod extreme;
pub mod extreme_intakes;
pub mod forms;
pub mod holds;
pub mod lead_sources;
pub mod leads;
pub mod manual_entries;
pub mod outbox;
pub mod page;
pub mod postal_codes;
pub mod problem;
pub mod second_factors;
pub mod setup;
pub mod staff;
pub mod stores;
pub mod system;
pub mod tags;
pub mod vehicles;

pub use page::{Page, PageQuery};
pub use problem::{FieldProblem, Problem};
