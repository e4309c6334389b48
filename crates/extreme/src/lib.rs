//! EXTREME, the dealer's core system: what Noren asks of it ([`Gateway`], in domain types), and the client that asks by HTTP.
//!
//! All that is EXTREME's own stays in here: its names, its codes, its faults. What it answers is treated as hostile: capped, checked
//! and never followed elsewhere, and no text of it stands in an error or a log line.

mod access;
mod answer;
mod breaker;
mod budget;
mod call;
mod client;
mod error;
pub mod files;
mod flights;
mod gateway;
mod pulse;
mod rest;
mod settings;
mod wire;

pub use breaker::BreakerState;
pub use client::Extreme;
pub use error::{Cause, Error};
pub use gateway::{
    Availability, Claimed, Extended, Gateway, Health, HoldClaim, Limits, Page, Photo, Refused, Revisions, StaffAnswer,
};
pub use pulse::Pulse;
pub use settings::{Clock, Credentials, Patience, Settings};
